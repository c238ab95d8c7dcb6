/*
 * One pass over the text in normal form C; only the apostrophe looks around.
 */
#include "search/normalise.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/unicode.h"

enum sign { KEEP, DROP, HYPHEN, SPACE, APOSTROPHE };

/* What is not named here is kept. */
static const unsigned char ascii[128] = {['/'] = SPACE,
	['\\'] = SPACE,
	['('] = SPACE,
	[')'] = SPACE,
	['['] = SPACE,
	[']'] = SPACE,
	['{'] = SPACE,
	['}'] = SPACE,
	['<'] = SPACE,
	['>'] = SPACE,
	['|'] = SPACE,
	['"'] = SPACE,
	['\''] = APOSTROPHE};

static enum sign classify(uint32_t point)
{
	if (point < 0x80)
		return ascii[point];
	switch (point) {
	case 0xad:   /* soft hyphen */
	case 0x200b: /* zero width space */
	case 0x2060: /* word joiner */
		return DROP;
	case 0x2010: /* hyphen */
	case 0x2011: /* non-breaking hyphen */
		return HYPHEN;
	case 0xab:   /* « */
	case 0xbb:   /* » */
	case 0x2013: /* en dash */
	case 0x2014: /* em dash */
	case 0x201c: /* “ */
	case 0x201d: /* ” */
	case 0x201e: /* „ */
	case 0x2022: /* bullet */
	case 0x2026: /* … */
		return SPACE;
	case 0x2019: /* ’ */
		return APOSTROPHE;
	default:
		return KEEP;
	}
}

static bool starts_with_word(struct slice text)
{
	uint32_t point;

	if (text.size == 0)
		return false;
	unicode_next(&point, text);
	return unicode_is_word(point);
}

/* Whether an s that ends a word stands at the start of the text. */
static bool starts_with_last_s(struct slice text)
{
	return text.size > 0 && (text.data[0] == 's' || text.data[0] == 'S') &&
	       !starts_with_word(slice_from(text, 1));
}

/* The size of the run of ASCII at the start of the text that is kept: nearly all of it. */
static size_t kept_size(struct slice text)
{
	size_t size = 0;

	while (size < text.size && (unsigned char)text.data[size] < ARRAY_LEN(ascii) &&
		ascii[(unsigned char)text.data[size]] == KEEP)
		size++;
	return size;
}

static void normalise_composed(struct text *out, struct slice rest)
{
	bool in_word = false;

	while (rest.size > 0) {
		uint32_t point;
		struct slice kept = {rest.data, kept_size(rest)};
		struct slice letter;

		if (kept.size > 0) {
			text_add(out, kept);
			in_word = unicode_is_word((unsigned char)kept.data[kept.size - 1]);
			rest = slice_from(rest, kept.size);
			continue;
		}
		letter = (struct slice){rest.data, unicode_next(&point, rest)};
		rest = slice_from(rest, letter.size);
		switch (classify(point)) {
		case DROP:
			continue;
		case HYPHEN:
			text_byte(out, '-');
			break;
		case SPACE:
			text_byte(out, ' ');
			break;
		case APOSTROPHE:
			if (in_word && starts_with_last_s(rest)) {
				rest = slice_from(rest, 1);
				break;
			}
			text_add(out, letter);
			break;
		case KEEP:
			text_add(out, letter);
		}
		in_word = unicode_is_word(point);
	}
}

void normalise_text(struct text *out, struct slice text)
{
	struct text composed = {0};

	unicode_compose(&composed, text);
	normalise_composed(out, text_slice(&composed));
	text_free(&composed);
}
