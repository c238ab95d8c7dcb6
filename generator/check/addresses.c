/*
 * Old addresses (oude-adressen) become redirects, so they must be free, and each lead one way.
 */
#include "check/check.h"

#include "base/diag.h"
#include "base/fs.h"
#include "base/value.h"
#include "model/links.h"
#include "model/site.h"

/* "subsidies/oud/" or "subsidies/oud": small letters, figures, hyphens and slashes. */
static bool addresses_is_plain(struct slice address)
{
	if (address.size > 0 && address.data[address.size - 1] == '/')
		address.size--;
	for (size_t i = 0; i < address.size; i++) {
		char c = address.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/'))
			return false;
	}
	return fs_is_safe(address);
}

/* What holds an address: a page, or draaiboek itself. */
struct holder {
	const char *name;
};

/* "foodvalley:subsidies/oud/", and without a region ":subsidies/oud/". */
static struct slice addresses_key(
	struct arena *arena, const struct region *region, struct slice address)
{
	struct text key = {0};

	if (address.size > 0 && address.data[address.size - 1] == '/')
		address.size--;
	if (region != NULL)
		text_add(&key, region->slug);
	text_byte(&key, ':');
	text_add(&key, links_address(arena, address));
	return text_keep(arena, &key);
}

static void addresses_hold(struct map *taken, struct arena *arena, const struct region *region,
	struct slice address, const char *name)
{
	struct holder *holder = arena_new(arena, 1, sizeof(*holder));

	holder->name = name;
	(void)map_set(taken, addresses_key(arena, region, address), holder);
}

/* Who holds an address where the page stands: a region shows the nation's pages too. */
static const char *addresses_holder(
	const struct map *taken, struct arena *arena, const struct page *page, struct slice address)
{
	const struct holder *holder = map_get(taken, addresses_key(arena, page->region, address));

	if (links_reserved(address) != NULL)
		return "draaiboek";
	if (holder == NULL && page->region != NULL)
		holder = map_get(taken, addresses_key(arena, NULL, address));
	return holder != NULL ? holder->name : NULL;
}

static void addresses_check(struct map *taken, struct arena *arena, const struct page *page,
	const struct value *item, struct diags *diags)
{
	struct place place = schema_place(page->file.data, item);
	const char *holder;

	if (item->kind != VALUE_TEXT)
		return;
	if (!addresses_is_plain(item->text)) {
		diag_add(diags, DIAG_ADDRESS_FORM, place, item->text.data, (char *)NULL);
		return;
	}
	holder = addresses_holder(taken, arena, page, item->text);
	if (holder != NULL)
		diag_add(diags, DIAG_ADDRESS_TAKEN, place, item->text.data, holder, (char *)NULL);
	else
		addresses_hold(taken, arena, page->region, item->text, page->file.data);
}

/* The old addresses of the nation's pages, or of the regions' own. */
static void addresses_check_pages(const struct site *site, struct map *taken, struct arena *arena,
	bool regional, struct diags *diags)
{
	for (size_t i = 0; i < site->page_count; i++) {
		const struct page *page = &site->pages[i];
		const struct value *list = value_at(page->front, "oude-adressen");

		if (list == NULL || list->kind != VALUE_LIST || (page->region != NULL) != regional)
			continue;
		for (const struct value *item = list->first; item != NULL; item = item->next)
			addresses_check(taken, arena, page, item, diags);
	}
}

/*
 * The nation comes first, so that a conflict is the region's to solve. That a region has a page
 * where the nation had one is no fault: there the region's page stands, and no redirect.
 */
void check_addresses(const struct site *site, struct diags *diags)
{
	struct arena arena = {0};
	struct map taken = {0};

	for (size_t i = 0; i < site->collection_count; i++) {
		struct text folder = {0};

		text_printf(&folder, "playbooks/%s/", site->collections[i].name.data);
		addresses_hold(&taken, &arena, NULL, site->collections[i].name,
			text_keep(&arena, &folder).data);
	}
	for (size_t i = 0; i < site->page_count; i++)
		addresses_hold(&taken, &arena, site->pages[i].region, site->pages[i].address,
			site->pages[i].file.data);
	addresses_check_pages(site, &taken, &arena, false, diags);
	addresses_check_pages(site, &taken, &arena, true, diags);
	map_free(&taken);
	arena_free(&arena);
}
