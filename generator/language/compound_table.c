/*
 * Front coding: of each form only the bytes that the one before it has not.
 */
#include "language/compound_table.h"

#include <assert.h>
#include <string.h>

#define TABLE_MAGIC "dbkwoord"
#define TABLE_VERSION 1
#define TABLE_HEADER 20
#define TABLE_SMALLEST 3 /* bytes of a form */
#define TABLE_LOW_BITS 0x3f

static void table_put(struct text *out, size_t number)
{
	for (unsigned shift = 0; shift < 32; shift += 8)
		text_byte(out, (char)(unsigned char)(number >> shift & 0xff));
}

static size_t table_get(const char *data)
{
	size_t number = 0;

	for (unsigned i = 0; i < 4; i++)
		number |= (size_t)(unsigned char)data[i] << 8 * i;
	return number;
}

static size_t table_shared(struct slice a, struct slice b)
{
	size_t shared = 0;

	while (shared < a.size && shared < b.size && a.data[shared] == b.data[shared])
		shared++;
	return shared;
}

void compound_table_write(struct text *out, const struct compound_form *forms, size_t count)
{
	struct text body = {0};
	struct slice before = {0};

	for (size_t i = 0; i < count; i++) {
		struct slice word = forms[i].word;
		size_t shared = table_shared(before, word);

		assert(word.size > 0 && word.size <= COMPOUND_LONGEST);
		assert(slice_compare(before, word) < 0);
		text_byte(&body, (char)(unsigned char)(shared | (forms[i].kinds & 3U) << 6));
		text_byte(&body, (char)(unsigned char)((word.size - shared) |
						       (forms[i].kinds >> 2 & 3U) << 6));
		text_add(&body, slice_from(word, shared));
		before = word;
	}
	text_puts(out, TABLE_MAGIC);
	table_put(out, TABLE_VERSION);
	table_put(out, count);
	table_put(out, body.size);
	text_add(out, text_slice(&body));
	text_free(&body);
}

bool compound_table_open(struct compound_table *out, struct slice bytes)
{
	if (bytes.size < TABLE_HEADER || !slice_starts(bytes, TABLE_MAGIC) ||
		table_get(bytes.data + 8) != TABLE_VERSION ||
		table_get(bytes.data + 16) != bytes.size - TABLE_HEADER ||
		table_get(bytes.data + 12) > (bytes.size - TABLE_HEADER) / TABLE_SMALLEST)
		return false;
	*out = (struct compound_table){
		.rest = slice_from(bytes, TABLE_HEADER), .left = table_get(bytes.data + 12)};
	return true;
}

int compound_table_next(struct compound_form *out, struct compound_table *table)
{
	struct slice rest = table->rest;
	size_t shared, own, kinds;

	if (table->left == 0)
		return rest.size == 0 ? 0 : -1;
	if (rest.size < TABLE_SMALLEST)
		return -1;
	shared = (unsigned char)rest.data[0] & TABLE_LOW_BITS;
	own = (unsigned char)rest.data[1] & TABLE_LOW_BITS;
	kinds = (size_t)(unsigned char)rest.data[0] >> 6 |
		(size_t)(unsigned char)rest.data[1] >> 6 << 2;
	rest = slice_from(rest, 2);
	/* What differs from the form before it stands behind that in the order of bytes. */
	if (own == 0 || own > rest.size || shared > table->size ||
		shared + own > COMPOUND_LONGEST ||
		(shared < table->size &&
			(unsigned char)rest.data[0] <= (unsigned char)table->word[shared]))
		return -1;
	memcpy(table->word + shared, rest.data, own);
	table->size = shared + own;
	table->rest = slice_from(rest, own);
	table->left--;
	*out = (struct compound_form){{table->word, table->size}, (unsigned)kinds, shared};
	return 1;
}
