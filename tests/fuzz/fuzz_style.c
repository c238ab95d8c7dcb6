/*
 * Any bytes as a style sheet: what comes of it comes of that again, so that nothing in it was read
 * one way and written another.
 */
#include <assert.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/text.h"
#include "output/style.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice css = {(const char *)data, size};
	struct diags *diags = diag_new();
	struct map pictures = {0};
	struct text once = {0}, twice = {0};

	if (style_add(&once, css, "a.css", &pictures, diags) == 0) {
		/* An empty comment between two signs may come in the place of a longer one. */
		assert(once.size <= size);
		assert(style_add(&twice, text_slice(&once), "a.css", &pictures, diags) == 0);
		assert(slice_equal(text_slice(&once), text_slice(&twice)));
	}
	assert(diag_count(diags, DIAG_FATAL) == 0);
	diag_free(diags);
	text_free(&once);
	text_free(&twice);
	return 0;
}
