/*
 * Lists the addresses, and cuts the list where the format wants it cut.
 */
#include "jobs/sitemap.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "jobs/templates.h"
#include "model/date.h"
#include "model/site.h"
#include "output/feed.h"
#include "output/made.h"
#include "output/sink.h"
#include "output/view.h"

/* The addresses of the sitemap, as they grow. */
struct addresses {
	struct feed_address *list;
	size_t count;
	size_t capacity;
	const struct view *view;
	const struct templates *templates;
	struct arena *arena;
};

static void sitemap_add(struct addresses *addresses, const struct view_scope *scope,
	struct slice address, int changed)
{
	struct text url = {0};

	text_add(&url, addresses->view->site->url);
	text_byte(&url, '/');
	text_add(&url, view_address(addresses->arena, scope, address));
	addresses->list = mem_grow(
		addresses->list, addresses->count, &addresses->capacity, sizeof(*addresses->list));
	addresses->list[addresses->count++] =
		(struct feed_address){text_keep(addresses->arena, &url), changed};
}

/* Pages that no file stands for, as far as search engines are to know them. */
static void sitemap_add_made(struct addresses *addresses, const struct view_scope *scope)
{
	struct made made = {.view = addresses->view, .scope = scope};
	size_t count;
	const struct made_kind *kinds = made_kinds(&count);

	for (size_t k = 0; k < count; k++) {
		bool listed =
			kinds[k].listed != NULL && kinds[k].listed(addresses->view, scope) &&
			templates_get(addresses->templates, slice_of(kinds[k].template)) != NULL;
		size_t most;

		made.kind = &kinds[k];
		most = listed ? made_most(&made) : 0;
		for (made.item = 0; made.item < most; made.item++) {
			struct slice address = made_address(addresses->arena, &made);

			if (address.data != NULL)
				sitemap_add(addresses, scope, address, DATE_NONE);
		}
	}
}

/* Addresses that are canonical: of a region only what is its own, and not what it hides. */
static void sitemap_list(struct addresses *addresses)
{
	const struct view *view = addresses->view;

	for (size_t s = 0; s < view->scope_count; s++) {
		const struct view_scope *scope = &view->scopes[s];

		sitemap_add_made(addresses, scope);
		for (size_t v = 0; v < scope->count; v++) {
			const struct variant *variant = scope->variants[v];
			int offset = 0;
			int64_t changed = view_changed(&offset, variant);

			if (variant->hidden != NULL ||
				(scope->region != NULL && variant->adaptation == NULL &&
					variant->page->role == ROLE_NATIONAL))
				continue;
			sitemap_add(addresses, scope, variant->page->address,
				changed != 0 ? date_of_time(changed, offset) : DATE_NONE);
		}
	}
}

int sitemap_write(const struct sitemap *sitemap, const struct sink *sink, struct diags *diags)
{
	struct addresses addresses = {
		.view = sitemap->view, .templates = sitemap->templates, .arena = sitemap->arena};
	struct text *buffer = sitemap->buffer;
	struct text name = {0};
	size_t count, files;
	int result = 0;

	sitemap_list(&addresses);
	count = addresses.count;
	files = count > FEED_SITEMAP_LIMIT ? (count + FEED_SITEMAP_LIMIT - 1) / FEED_SITEMAP_LIMIT
					   : 1;
	for (size_t i = 0; result == 0 && i < files; i++) {
		size_t first = i * FEED_SITEMAP_LIMIT;
		size_t rest = count - first;

		text_clear(&name);
		text_clear(buffer);
		feed_sitemap(buffer, addresses.list + first,
			rest > FEED_SITEMAP_LIMIT ? FEED_SITEMAP_LIMIT : rest);
		if (files > 1)
			text_printf(&name, "sitemap-%zu.xml", i + 1);
		else
			text_puts(&name, "sitemap.xml");
		result = sink_write(sink, text_slice(&name), text_slice(buffer), diags);
	}
	if (result == 0 && files > 1) {
		text_clear(buffer);
		feed_sitemap_index(buffer, sitemap->view->site, files);
		result = sink_write(sink, slice_of("sitemap.xml"), text_slice(buffer), diags);
	}
	text_free(&name);
	free(addresses.list);
	return result;
}
