/*
 * Old addresses (oude-adressen) become redirects, so they must be free, and each lead one way.
 */
#include "check/check.h"

#include "base/diag.h"
#include "base/fs.h"
#include "base/value.h"
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

static struct slice addresses_key(
	struct arena *arena, const struct region *region, struct slice address)
{
	struct text key = {0};

	if (region != NULL)
		text_add(&key, region->slug);
	text_byte(&key, ':');
	text_add(&key, address);
	if (key.data[key.size - 1] == '/')
		key.size--;
	return text_keep(arena, &key);
}

static void addresses_check(struct map *taken, struct arena *arena, const struct page *page,
	const struct value *item, struct diags *diags)
{
	struct place place = schema_place(page->file.data, item);
	struct slice key;
	const struct page *holder;

	if (item->kind != VALUE_TEXT)
		return;
	if (!addresses_is_plain(item->text)) {
		diag_add(diags, DIAG_ADDRESS_FORM, place, item->text.data, (char *)NULL);
		return;
	}
	key = addresses_key(arena, page->region, item->text);
	holder = map_get(taken, key);
	if (holder != NULL)
		diag_add(diags, DIAG_ADDRESS_TAKEN, place, item->text.data, holder->file.data,
			(char *)NULL);
	else
		(void)map_set(taken, key, (void *)(uintptr_t)page);
}

void check_addresses(const struct site *site, struct diags *diags)
{
	struct arena arena = {0};
	struct map taken = {0};

	for (size_t i = 0; i < site->page_count; i++) {
		const struct page *page = &site->pages[i];

		(void)map_set(&taken, addresses_key(&arena, page->region, page->address),
			(void *)(uintptr_t)page);
	}
	for (size_t i = 0; i < site->page_count; i++) {
		const struct value *list = value_at(site->pages[i].front, "oude-adressen");

		if (list == NULL || list->kind != VALUE_LIST)
			continue;
		for (const struct value *item = list->first; item != NULL; item = item->next)
			addresses_check(&taken, &arena, &site->pages[i], item, diags);
	}
	map_free(&taken);
	arena_free(&arena);
}
