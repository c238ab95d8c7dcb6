/*
 * Any bytes as JSON: they are refused with a message, or become a tree.
 */
#include <assert.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct diags *diags = diag_new();
	struct value *value = NULL;
	int result = json_parse(
		&value, &arena, (struct slice){(const char *)data, size}, "data.json", diags);

	assert((result == 0) == (value != NULL));
	assert((result == 0) == (diag_status(diags) == 0));
	diag_free(diags);
	arena_free(&arena);
	return 0;
}
