/*
 * What a reader keeps on his device: a page of each scope to see and to wipe it, and the page that
 * stands in for one that he did not keep, while he has no connection. The theme's script fills
 * both.
 */
#include "output/view.h"

#include "base/value.h"
#include "model/site.h"

#define DEVICE_PATH "op-dit-apparaat/"

bool view_can_keep(const struct view *view)
{
	return value_at(value_at(view->common, "assets"), "site-offline") != NULL;
}

static struct value *hidden_from_search(struct arena *arena, struct value *page)
{
	value_put_bool(arena, (struct value *)value_at(page, "pagina"), "noindex", true);
	return page;
}

struct value *view_device(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	struct view_place place = {.view = view,
		.scope = scope,
		.address = slice_of(DEVICE_PATH),
		.title = value_text_at(view->strings, "op-dit-apparaat")};

	return hidden_from_search(arena, view_made_page(arena, &place, "op-dit-apparaat"));
}

struct value *view_disconnected(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	struct view_place place = {.view = view,
		.scope = scope,
		.address = slice_of(DEVICE_PATH "geen-verbinding/"),
		.title = value_text_at(view->strings, "geen-verbinding"),
		.standing = true};

	return hidden_from_search(arena, view_page(arena, &place, "geen-verbinding"));
}
