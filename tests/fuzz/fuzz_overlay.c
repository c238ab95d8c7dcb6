/*
 * Any two texts as a national page and a region's adaptation of it, divided by a NUL. When nothing
 * is wrong, nothing is lost: every text of the region is on its page, and so is every national one
 * that is fixed. No two headings of the page have the same id.
 */
#include <assert.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "input/markdown.h"
#include "model/overlay.h"
#include "model/page.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	markdown_init();
	return 0;
}

static int resolve(struct slice *page, struct slice *href, const void *context, struct arena *arena,
	const char *path, struct slice target)
{
	(void)page;
	(void)href;
	(void)context;
	(void)arena;
	(void)path;
	(void)target;
	return -1;
}

static bool is_shown(const struct variant *variant, const struct section *section)
{
	for (size_t i = 0; i < variant->count; i++) {
		const struct part *part = &variant->parts[i];

		if (part->hidden == section || part->heading == section)
			return true;
		for (size_t b = 0; b < part->count; b++)
			if (part->blocks[b].section == section)
				return true;
	}
	return false;
}

static void check_variant(
	const struct variant *variant, const struct page *national, const struct page *adaptation)
{
	const struct document *own = &adaptation->document;

	for (size_t i = 0; i < variant->count; i++)
		for (size_t j = i + 1; j < variant->count; j++)
			assert(variant->parts[i].id.size == 0 ||
				!slice_equal(variant->parts[i].id, variant->parts[j].id));
	for (size_t i = 0; i < own->count && variant->hidden == NULL; i++)
		assert(own->sections[i].count == 0 || is_shown(variant, &own->sections[i]));
	if (variant->hidden != NULL || variant->replaced)
		return;
	for (size_t i = 0; i < national->document.count; i++) {
		const struct section *section = &national->document.sections[i];

		assert((section->marks & SECTION_FIXED) == 0 || section->count == 0 ||
			is_shown(variant, section));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct markdown_site site = {.resolve = resolve};
	static const struct page_type type = {.name = {"pagina", 6}, .path = "pagina.yml"};
	struct slice input = {(const char *)data, size};
	size_t end = slice_find(input, '\0');
	struct arena arena = {0};
	struct page national = {.file = slice_of("playbooks/a/x.md"),
		.role = ROLE_NATIONAL,
		.type = &type,
		.arena = &arena};
	struct page adaptation = {.file = slice_of("content/regios/r/a/x.md"),
		.role = ROLE_ADAPTATION,
		.type = &type,
		.arena = &arena};
	struct diags *diags = diag_new();
	struct text titled = {0};
	struct variant variant;

	text_puts(&titled, "---\ntitel: T\n---\n");
	text_add(&titled, (struct slice){input.data, end});
	page_parse(&national, text_slice(&titled), &type, 1, &site, diags);
	page_parse(&adaptation, slice_from(input, end < size ? end + 1 : size), &type, 1, &site,
		diags);
	if (!national.refused && !adaptation.refused &&
		overlay_apply(&variant, &arena, &national, &adaptation, diags) == 0 &&
		diag_count(diags, DIAG_ERROR) == 0)
		check_variant(&variant, &national, &adaptation);
	text_free(&titled);
	diag_free(diags);
	arena_free(&arena);
	return 0;
}
