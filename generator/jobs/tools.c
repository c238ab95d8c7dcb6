/*
 * A tool may be made by one kind in the nation and by another in a region, at one address.
 */
#include "jobs/tools.h"

#include <string.h>

#include "base/mem.h"
#include "base/value.h"
#include "jobs/templates.h"
#include "output/made.h"
#include "output/view.h"
#include "search/catalogue.h"

/* Where the kind of tool stands in the scope; the data is NULL when the scope does not have it. */
static struct slice address_of(struct arena *arena, const struct view *view,
	const struct templates *templates, const struct made_kind *kind, size_t scope)
{
	struct made made = {.kind = kind, .view = view, .scope = &view->scopes[scope]};

	if (templates_get(templates, slice_of(kind->template)) == NULL)
		return (struct slice){NULL, 0};
	return made_address(arena, &made);
}

static bool is_everywhere(struct arena *arena, const struct view *view,
	const struct templates *templates, const char *tool)
{
	size_t count, scope = 0;
	const struct made_kind *kinds = made_kinds(&count);

	for (bool found = true; found && scope < view->scope_count; scope += found) {
		found = false;
		for (size_t i = 0; i < count && !found; i++)
			found = kinds[i].tool != NULL && strcmp(kinds[i].tool, tool) == 0 &&
				address_of(arena, view, templates, &kinds[i], scope).data != NULL;
	}
	return scope == view->scope_count;
}

/* A string of the theme whose name starts with the tool's; or NULL. */
static const struct value *string_of(const struct view *view, const char *tool, const char *end)
{
	struct text name = {0};
	const struct value *string;

	text_puts(&name, tool);
	text_puts(&name, end);
	string = value_at(view->strings, name.data);
	text_free(&name);
	return string;
}

size_t tools_find(struct catalogue_tool **out, struct arena *arena, const struct view *view,
	const struct templates *templates)
{
	size_t found = 0, count;
	const struct made_kind *kinds = made_kinds(&count);

	*out = arena_new(arena, count, sizeof(**out));
	for (size_t i = 0; i < count; i++) {
		const char *tool = kinds[i].tool;
		struct slice address = {NULL, 0};

		if (tool != NULL && is_everywhere(arena, view, templates, tool))
			address = address_of(arena, view, templates, &kinds[i], 0);
		if (address.data != NULL && string_of(view, tool, "") != NULL)
			(*out)[found++] = (struct catalogue_tool){
				.name = value_text(string_of(view, tool, "")),
				.meaning = value_text(string_of(view, tool, "-uitleg")),
				.address = address,
				.others = string_of(view, tool, "-ook")};
	}
	return found;
}
