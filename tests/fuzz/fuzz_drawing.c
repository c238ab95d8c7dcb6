/*
 * Any bytes as a drawing: let through without a word, or refused with one message in the file.
 */
#include <assert.h>
#include <stdint.h>

#include "base/diag.h"
#include "input/drawing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice bytes = {(const char *)data, size};
	struct diags *diags = diag_new();
	bool good = drawing_check("x.svg", bytes, diags);
	const struct diag *diag;
	size_t count;

	diag = diag_sorted(diags, &count);
	assert(good == (count == 0));
	if (!good) {
		assert(count == 1 && diag->level == DIAG_ERROR);
		assert(diag->place.line >= 1 && diag->place.line <= size + 1);
		assert(diag->place.column >= 1 && diag->place.column <= size + 1);
	}
	diag_free(diags);
	return 0;
}
