/*
 * Any bytes as Markdown: the HTML that comes of it has only tags and addresses that are known to do
 * no harm, whatever the author wrote.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "input/markdown.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Never in a tag, wherever it is: scripts, handlers, frames, styles. */
static const char *const harmful[] = {"<script", "<style", "<iframe", "<object", "<embed", "<svg",
	"<base", "<meta", "<form", " onclick", " onerror", " onload",
	" style=", "=\"javascript:", "=\"data:", "=\"vbscript:"};

static int resolve(struct slice *page, struct slice *href, const void *context, struct arena *arena,
	const char *path, struct slice target)
{
	struct text text = {0};

	(void)context;
	(void)path;
	if (slice_ends(target, ".md")) {
		*page = slice_keep(arena, slice_of("playbooks/a/b.md"));
		*href = slice_keep(arena, slice_of("../a/b/"));
		return 0;
	}
	if (!slice_ends(target, ".png"))
		return -1;
	text_puts(&text, "assets/");
	text_url_part(&text, target);
	*page = (struct slice){0};
	*href = text_keep(arena, &text);
	return 0;
}

static bool find_term(size_t *start, size_t *length, size_t *term, const void *context,
	struct slice text, size_t from)
{
	size_t at = from + slice_search(slice_from(text, from), slice_of("loket"));

	(void)context;
	if (at >= text.size)
		return false;
	*start = at;
	*length = 5;
	*term = 0;
	return true;
}

/* Text has no `<` of its own, so that whatever starts with one is a tag. */
static void check(struct slice html)
{
	for (size_t i = 0; i < sizeof(harmful) / sizeof(harmful[0]); i++) {
		size_t at = slice_search(html, slice_of(harmful[i]));

		if (at == html.size)
			continue;
		size_t open = at;
		while (open > 0 && html.data[open] != '<' && html.data[open] != '>')
			open--;
		assert(html.data[open] != '<');
	}
}

/* What the text says, for a comparison: no parse that succeeds for a page may fail for this. */
static void check_wording(
	struct slice body, struct arena *arena, enum wording_form form, size_t count)
{
	struct document document = {0};

	if (markdown_wording(&document, arena, body, form) != 0) {
		assert(count == 0);
		return;
	}
	assert(count == 0 || document.count == count);
	for (size_t i = 1; i < document.count; i++)
		assert(document.sections[i].text.data ==
			document.sections[i - 1].text.data + document.sections[i - 1].text.size);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	markdown_init();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct markdown_site site = {.resolve = resolve, .find_term = find_term};
	struct arena arena = {0};
	struct diags *diags = diag_new();
	struct document document = {0};

	if (markdown_parse(&document, &arena, (struct slice){(const char *)data, size}, "a.md", 1,
		    "", &site, diags) == 0) {
		assert(document.count > 0 && document.sections[0].level == 1);
		for (size_t i = 0; i < document.count; i++) {
			const struct section *section = &document.sections[i];

			assert(i == 0 || section->id.size > 0);
			for (size_t p = 0; p < section->heading_count; p++)
				if (section->heading[p].kind == PIECE_HTML)
					check(section->heading[p].text);
			for (size_t p = 0; p < section->count; p++)
				if (section->pieces[p].kind == PIECE_HTML)
					check(section->pieces[p].text);
		}
	} else {
		assert(diag_status(diags) != 0);
		document.count = 0;
	}
	check_wording(
		(struct slice){(const char *)data, size}, &arena, WORDING_EXACT, document.count);
	check_wording(
		(struct slice){(const char *)data, size}, &arena, WORDING_PLAIN, document.count);
	diag_free(diags);
	arena_free(&arena);
	return 0;
}
