/*
 * Any bytes as running text: what is found lies in it, one behind the other, and cuts no letter.
 */
#include <assert.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/value.h"
#include "input/yaml.h"
#include "model/glossary.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char terms[] =
	"- {term: werk, betekenis: a, afkortingen: [W, WSP, AI]}\n"
	"- {term: werk en inkomen, betekenis: b, synoniemen: [e-learning]}\n"
	"- {term: \"c\u00e9\", betekenis: c, synoniemen: [\"\u0130s\", \"\u00df\"]}\n"
	"- {term: \"\u0301x\", betekenis: d, synoniemen: [zzp'er, \"caf\u00e9 a\"]}\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};
	struct arena arena = {0};
	struct diags *diags = diag_new();
	struct glossary glossary = {0};
	struct value *root;
	size_t from = 0, start, length, entry;
	int result = yaml_parse(&root, &arena, slice_of(terms), "x.yml", 1, 0, diags);

	assert(result == 0);
	(void)result;
	glossary_read(&glossary, &arena, root, "x.yml", diags);
	while (glossary_find(&start, &length, &entry, &glossary, text, from)) {
		assert(start >= from && length > 0 && length <= size - start);
		assert(entry < glossary.count);
		if (unicode_valid(text))
			assert(unicode_valid((struct slice){text.data + start, length}));
		from = start + length;
	}
	glossary_free(&glossary);
	diag_free(diags);
	arena_free(&arena);
	return 0;
}
