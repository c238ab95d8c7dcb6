/*
 * Text for numbers, once; the rules of JSON.stringify() for strings.
 */
#include "search/lunr_json.h"

#include "base/mem.h"

static char *put_string(char *at, const char *string)
{
	while (*string != '\0')
		*at++ = *string++;
	return at;
}

struct lunr_label *lunr_labels(const char *before, size_t count, const char *after)
{
	struct lunr_label *labels = mem_new(count, sizeof(*labels));

	for (size_t i = 0; i < count; i++) {
		char *at = put_string(labels[i].text, before);

		at = put_string(lunr_put_number(at, (uint32_t)i), after);
		labels[i].size = (unsigned char)(at - labels[i].text);
	}
	return labels;
}

struct lunr_label *lunr_fractions(void)
{
	struct lunr_label *fractions = mem_new(1000, sizeof(*fractions));

	for (unsigned i = 1; i < 1000; i++) {
		char *text = fractions[i].text;

		text[0] = '.';
		text[1] = (char)('0' + i / 100);
		text[2] = (char)('0' + i / 10 % 10);
		text[3] = (char)('0' + i % 10);
		fractions[i].size = i % 10 > 0 ? 4 : i % 100 > 0 ? 3 : 2;
	}
	return fractions;
}

void lunr_end(struct text *out, char *at)
{
	*at = '\0';
	out->size = (size_t)(at - out->data);
}

void lunr_add_string(struct text *out, struct slice string)
{
	static const char named[] = {[8] = 'b', [9] = 't', [10] = 'n', [12] = 'f', [13] = 'r'};

	text_byte(out, '"');
	for (size_t i = 0; i < string.size; i++) {
		unsigned char byte = (unsigned char)string.data[i];

		if (byte == '"' || byte == '\\') {
			text_byte(out, '\\');
			text_byte(out, (char)byte);
		} else if (byte >= 0x20) {
			text_byte(out, (char)byte);
		} else if (byte < sizeof(named) && named[byte] != '\0') {
			text_byte(out, '\\');
			text_byte(out, named[byte]);
		} else {
			text_printf(out, "\\u%04x", (unsigned)byte);
		}
	}
	text_byte(out, '"');
}
