/*
 * Any bytes through the escape of each context: none of them gets out of it, and JSON comes back.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/diag.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/unicode.h"
#include "base/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void assert_without(const struct text *text, const char *bytes)
{
	for (size_t i = 0; i < text->size; i++)
		assert(text->data[i] != '\0' && strchr(bytes, text->data[i]) == NULL);
}

static void check_json(struct slice input)
{
	struct arena arena = {0};
	struct text json = {0};
	struct diags *diags = diag_new();
	struct value *value = NULL;

	text_json(&json, input);
	assert(json_parse(&value, &arena, text_slice(&json), "", diags) == 0);
	assert(value->kind == VALUE_TEXT);
	assert(!unicode_valid(input) || slice_equal(value->text, input));
	diag_free(diags);
	text_free(&json);
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice input = {(const char *)data, size};
	struct text text = {0};

	text_url(&text, input);
	assert_without(&text, " \"'<>\\^`{|}\t\n\r");
	text_clear(&text);
	text_url_part(&text, input);
	assert_without(&text, " \"'<>&/?#=+:;\\\t\n\r");
	text_clear(&text);
	unicode_slug(&text, input);
	for (size_t i = 0; i < text.size; i++)
		assert(strchr("abcdefghijklmnopqrstuvwxyz0123456789-", text.data[i]) != NULL);
	assert(text.size == 0 || (text.data[0] != '-' && text.data[text.size - 1] != '-'));
	text_clear(&text);
	unicode_compose(&text, input);
	assert(unicode_valid(text_slice(&text)));
	text_clear(&text);
	unicode_fold(&text, input);
	assert(unicode_valid(text_slice(&text)));

	/* json_parse() refuses NUL, in whatever way it is written. */
	if (slice_find(input, '\0') == size) {
		check_json(input);
		text_clear(&text);
		text_html(&text, input);
		assert_without(&text, "<>");
		text_clear(&text);
		text_attr(&text, input);
		assert_without(&text, "<>\"'");
	}
	text_free(&text);
	return 0;
}
