/*
 * Any bytes as a page: its front matter is split off and parsed, or refused with a message.
 */
#include <assert.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "input/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t depth(const struct value *value)
{
	size_t deepest = 0;

	for (const struct value *item = value->first; item != NULL; item = item->next) {
		size_t below = depth(item);

		deepest = below > deepest ? below : deepest;
	}
	return deepest + 1;
}

static void parse(struct slice bytes, unsigned first_line)
{
	struct arena arena = {0};
	struct diags *diags = diag_new();
	struct value *value = NULL;

	if (yaml_parse(&value, &arena, bytes, "x.yml", first_line, 0, diags) == 0) {
		assert(value != NULL && depth(value) <= YAML_DEPTH_LIMIT + 1);
		assert(diag_status(diags) == 0);
	} else {
		assert(diag_status(diags) != 0);
	}
	diag_free(diags);
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice bytes = {(const char *)data, size};
	struct slice front, body;
	unsigned body_line;
	struct diags *diags = diag_new();

	if (yaml_split(&front, &body, &body_line, bytes, "x.md", diags) == 0) {
		assert(front.size <= YAML_FRONT_LIMIT && front.size + body.size <= size);
		assert(body_line >= 1);
		parse(front, 2);
	} else {
		assert(diag_status(diags) != 0);
	}
	parse(bytes, 1);
	diag_free(diags);
	return 0;
}
