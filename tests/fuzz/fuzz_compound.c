/*
 * Any bytes as a table of compounds, and lines behind it as words to split. A node lies in its word
 * and cuts no letter.
 */
#include <assert.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/unicode.h"
#include "language/compound.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void split(const struct compounds *compounds, struct slice word)
{
	struct slice nodes[COMPOUND_NODES];
	size_t count = compound_split(nodes, compounds, word);

	assert(count <= COMPOUND_NODES);
	assert(count == 0 || compound_is_word(word));
	for (size_t i = 0; i < count; i++) {
		assert(nodes[i].size > 0 && nodes[i].size < word.size);
		assert(nodes[i].data >= word.data &&
			nodes[i].data + nodes[i].size <= word.data + word.size);
		assert(unicode_valid(nodes[i]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size}, table, line;
	struct diags *diags = diag_new();
	struct compounds *compounds;

	/* One byte and another say how long the table is; the words stand behind it. */
	table = slice_from(rest, size < 2 ? size : 2);
	if (size >= 2 && table.size > (size_t)data[0] + 256 * (size_t)data[1])
		table.size = (size_t)data[0] + 256 * (size_t)data[1];
	rest = (struct slice){table.data + table.size, size - table.size - (size < 2 ? size : 2)};
	if (compound_read(&compounds, table, "table", diags) == 0) {
		while (slice_next_line(&line, &rest)) {
			split(compounds, line);
			compound_add_word(compounds, line);
			if (compound_is_word(line))
				compound_add_exception(compounds, line, NULL, 0);
		}
		split(compounds, slice_of("loonkostensubsidie"));
		compound_free(compounds);
	}
	diag_free(diags);
	return 0;
}
