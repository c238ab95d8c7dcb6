/* Two versions of a text as one: what stays and came is the new one, and nothing opens unclosed. */
#include <assert.h>
#include <git2/global.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"
#include "output/comparison.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Else libgit2 would start and end with every comparison. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	git_libgit2_init();
	return 0;
}

/* How often `part` stands in the text. */
static size_t count_of(const struct text *text, const char *part)
{
	struct slice rest = text_slice(text);
	size_t count = 0, at;

	while ((at = slice_search(rest, slice_of(part))) < rest.size) {
		count++;
		rest = slice_from(rest, at + 1);
	}
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice all = {(const char *)data, size};
	struct slice old = {all.data, slice_find(all, '\0')};
	struct slice new = slice_from(all, old.size + 1);
	struct comparison_options options = {.most_words = 300};
	struct comparison_result result;
	struct text out = {0};

	assert(comparison_draw(&out, &result, old, new, &options) == 0);
	assert(result.same == (out.size == 0));
	assert(count_of(&out, "<del>") == count_of(&out, "</del>"));
	assert(count_of(&out, "<ins>") == count_of(&out, "</ins>"));
	assert(count_of(&out, "<p ") == count_of(&out, "</p>"));
	text_clear(&out);
	assert(comparison_draw(&out, &result, new, new, &options) == 0);
	assert(result.same && out.size == 0);
	text_free(&out);
	return 0;
}
