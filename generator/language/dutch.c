/*
 * The pipeline of lunr's Dutch, function by function: lunr.tokenizer and the trimmer, the stop word
 * filter and the stemmer of lunr-languages. Each must agree with JavaScript to the last character,
 * or a search finds other words than were indexed; tests/lunr/ holds them side by side.
 *
 * JavaScript counts in UTF-16 code units, and so do the comments here.
 */
#include "language/dutch.h"

#include <assert.h>
#include <libstemmer.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/unicode.h"

/* Stands for a code unit that Latin-1 does not have. No token holds one. */
#define STAND_IN ' '

struct dutch {
	struct sb_stemmer *stemmer; /* of ISO 8859-1 */
	struct text latin;	    /* the word that is being stemmed, in Latin-1 */
	struct text stem;	    /* its stem, in UTF-8 */
	uint32_t *strange;	    /* what the stand-ins of the word stand for, in order */
	size_t strange_count;
	size_t strange_capacity;
};

/* In the order of bytes. lunr-languages, lunr.nl.js, stopWordFilter. */
static const char *const stop_words[] = {"aan", "al", "alles", "als", "altijd", "andere", "ben",
	"bij", "daar", "dan", "dat", "de", "der", "deze", "die", "dit", "doch", "doen", "door",
	"dus", "een", "eens", "en", "er", "ge", "geen", "geweest", "haar", "had", "heb", "hebben",
	"heeft", "hem", "het", "hier", "hij", "hoe", "hun", "iemand", "iets", "ik", "in", "is",
	"ja", "je", "kan", "kon", "kunnen", "maar", "me", "meer", "men", "met", "mij", "mijn",
	"moet", "na", "naar", "niet", "niets", "nog", "nu", "of", "om", "omdat", "onder", "ons",
	"ook", "op", "over", "reeds", "te", "tegen", "toch", "toen", "tot", "u", "uit", "uw", "van",
	"veel", "voor", "want", "waren", "was", "wat", "werd", "wezen", "wie", "wil", "worden",
	"wordt", "zal", "ze", "zelf", "zich", "zij", "zijn", "zo", "zonder", "zou"};

/* The letters beyond ASCII. lunr-languages, lunr.nl.js, wordCharacters. */
static const struct {
	uint32_t first;
	uint32_t last;
} word_ranges[] = {{0xaa, 0xaa}, {0xba, 0xba}, {0xc0, 0xd6}, {0xd8, 0xf6}, {0xf8, 0x2b8},
	{0x2e0, 0x2e4}, {0x1d00, 0x1d25}, {0x1d2c, 0x1d5c}, {0x1d62, 0x1d65}, {0x1d6b, 0x1d77},
	{0x1d79, 0x1dbe}, {0x1e00, 0x1eff}, {0x2071, 0x2071}, {0x207f, 0x207f}, {0x2090, 0x209c},
	{0x212a, 0x212b}, {0x2132, 0x2132}, {0x214e, 0x214e}, {0x2160, 0x2188}, {0x2c60, 0x2c7f},
	{0xa722, 0xa787}, {0xa78b, 0xa7ad}, {0xa7b0, 0xa7b7}, {0xa7f7, 0xa7ff}, {0xab30, 0xab5a},
	{0xab5c, 0xab64}, {0xfb00, 0xfb06}, {0xff21, 0xff3a}, {0xff41, 0xff5a}};

/* --- lower case ------------------------------------------------------------------------------ */

static size_t last_letter(uint32_t *out, struct slice text)
{
	size_t start = text.size - 1;
	size_t size;

	while (start > 0 && text.size - start < 4 &&
		((unsigned char)text.data[start] & 0xc0) == 0x80)
		start--;
	size = unicode_next(out, slice_from(text, start));
	if (start + size == text.size)
		return size;
	*out = 0xfffd;
	return 1;
}

/* Whether a letter with case stands before `text`'s end, with only ignorable characters between. */
static bool ends_in_cased(struct slice text)
{
	uint32_t point;

	while (text.size > 0) {
		text.size -= last_letter(&point, text);
		if (!unicode_is_case_ignorable(point))
			return unicode_is_cased(point);
	}
	return false;
}

static bool starts_with_cased(struct slice text)
{
	uint32_t point;

	while (text.size > 0) {
		text = slice_from(text, unicode_next(&point, text));
		if (!unicode_is_case_ignorable(point))
			return unicode_is_cased(point);
	}
	return false;
}

/*
 * Appends the lower case of the letter at `at`, and gives the letter's size. Two letters are more
 * than a mapping to one (Unicode, SpecialCasing.txt): I with a dot, and the sigma that ends a word.
 */
static size_t lower_letter(struct text *out, struct slice text, size_t at)
{
	uint32_t point;
	size_t size = unicode_next(&point, slice_from(text, at));

	if (point == 0x130)
		text_puts(out, "i\xcc\x87");
	else if (point != 0x3a3)
		unicode_add(out, unicode_lower(point));
	else if (ends_in_cased((struct slice){text.data, at}) &&
		 !starts_with_cased(slice_from(text, at + size)))
		unicode_add(out, 0x3c2);
	else
		unicode_add(out, 0x3c3);
	return size;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Eight bytes of ASCII in lower case: sums pass 0x80 for the bytes that are large enough. */
static uint64_t lower_eight(uint64_t bytes)
{
	uint64_t from_a = bytes + EACH(0x80 - 'A');
	uint64_t beyond_z = bytes + EACH(0x80 - 'Z' - 1);

	return bytes | (from_a & ~beyond_z & EACH(0x80)) >> 2;
}

/* Appends what is ASCII from `at` on in lower case, and gives its end. */
static size_t lower_ascii(struct text *out, struct slice text, size_t at)
{
	size_t size = slice_ascii_size(slice_from(text, at));
	size_t i = 0;
	uint64_t eight;
	char *to;

	text_reserve(out, size);
	to = out->data + out->size;
	for (; size - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, text.data + at + i, sizeof(eight));
		eight = lower_eight(eight);
		memcpy(to + i, &eight, sizeof(eight));
	}
	for (; i < size; i++)
		to[i] = (char)lower_eight((unsigned char)text.data[at + i]);
	out->size += size;
	out->data[out->size] = '\0';
	return at + size;
}

void dutch_lower(struct text *out, struct slice text)
{
	size_t at = 0;

	while (at < text.size) {
		at = lower_ascii(out, text, at);
		if (at < text.size)
			at += lower_letter(out, text, at);
	}
}

/* --- tokens ---------------------------------------------------------------------------------- */

/* What a byte may start: a separator of ASCII, or white space beyond it. Those are five. */
enum { SEPARATOR = 1, WIDE = 2 };

static const unsigned char separators[256] = {['\t'] = SEPARATOR,
	['\n'] = SEPARATOR,
	['\v'] = SEPARATOR,
	['\f'] = SEPARATOR,
	['\r'] = SEPARATOR,
	[' '] = SEPARATOR,
	['-'] = SEPARATOR,
	[0xc2] = WIDE,
	[0xe1] = WIDE,
	[0xe2] = WIDE,
	[0xe3] = WIDE,
	[0xef] = WIDE};

static bool is_wide_space(uint32_t point)
{
	switch (point) {
	case 0xa0:
	case 0x1680:
	case 0x2028:
	case 0x2029:
	case 0x202f:
	case 0x205f:
	case 0x3000:
	case 0xfeff:
		return true;
	default:
		return point >= 0x2000 && point <= 0x200a;
	}
}

/*
 * The size of the separator at the start of the text, 0 when there is none: JavaScript's \s and the
 * hyphen (lunr.tokenizer.separator).
 */
static size_t separator_size(const char *at, const char *end)
{
	unsigned kind = separators[(unsigned char)*at];
	uint32_t point;
	size_t size;

	if (kind != WIDE)
		return kind; /* one byte, or none */
	size = unicode_next(&point, (struct slice){at, (size_t)(end - at)});
	return is_wide_space(point) ? size : 0;
}

bool dutch_next_token(struct slice *out, struct slice *rest)
{
	const char *at = rest->data;
	const char *end = rest->size > 0 ? at + rest->size : at;
	const char *start;
	size_t size;

	while (at < end && (size = separator_size(at, end)) > 0)
		at += size;
	start = at;
	while (at < end && (separators[(unsigned char)*at] == 0 || separator_size(at, end) == 0))
		at++;
	*rest = (struct slice){at, (size_t)(end - at)};
	if (at == start)
		return false;
	*out = (struct slice){start, (size_t)(at - start)};
	return true;
}

static inline bool is_ascii_word(unsigned char byte)
{
	return (unsigned)(byte - '0') < 10 || (unsigned)((byte | 0x20) - 'a') < 26;
}

static bool is_word(uint32_t point)
{
	size_t low = 0;
	size_t high = ARRAY_LEN(word_ranges);

	if (point < 0x80)
		return is_ascii_word((unsigned char)point);
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (point > word_ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < ARRAY_LEN(word_ranges) && point >= word_ranges[low].first;
}

struct slice dutch_trim(struct slice token)
{
	uint32_t point;

	while (token.size > 0 && !is_ascii_word((unsigned char)token.data[0])) {
		size_t size = unicode_next(&point, token);

		if (is_word(point))
			break;
		token = slice_from(token, size);
	}
	while (token.size > 0 && !is_ascii_word((unsigned char)token.data[token.size - 1])) {
		size_t size = last_letter(&point, token);

		if (is_word(point))
			break;
		token.size -= size;
	}
	return token;
}

static int compare_stop_word(const void *key, const void *item)
{
	const struct slice *word = key;
	const char *const *stop_word = item;

	return slice_compare(*word, slice_of(*stop_word));
}

bool dutch_is_stop_word(struct slice word)
{
	return word.size == 0 || bsearch(&word, stop_words, ARRAY_LEN(stop_words),
					 sizeof(stop_words[0]), compare_stop_word) != NULL;
}

/* --- the stem -------------------------------------------------------------------------------- */

static struct slice stem_bytes(struct dutch *dutch, struct slice word)
{
	const sb_symbol *stem;

	assert(word.size <= INT_MAX);
	stem = sb_stemmer_stem(dutch->stemmer, (const sb_symbol *)word.data, (int)word.size);
	if (stem == NULL) /* libstemmer found no memory: end the program where all ends for that */
		stem = mem_new(SIZE_MAX, sizeof(*stem) + 1);
	return (struct slice){(const char *)stem, (size_t)sb_stemmer_length(dutch->stemmer)};
}

/*
 * Puts the word into Latin-1, a stand-in for each code unit that is not in it. To the algorithm
 * they are the same: consonants that no rule names, and never the first to go.
 */
static void put_latin(struct dutch *dutch, struct slice word)
{
	uint32_t point;

	text_clear(&dutch->latin);
	dutch->strange_count = 0;
	while (word.size > 0) {
		word = slice_from(word, unicode_next(&point, word));
		if (point < 0x100 && point != STAND_IN) {
			text_byte(&dutch->latin, (char)(unsigned char)point);
			continue;
		}
		dutch->strange = mem_grow(dutch->strange, dutch->strange_count,
			&dutch->strange_capacity, sizeof(*dutch->strange));
		dutch->strange[dutch->strange_count++] = point;
		text_byte(&dutch->latin, STAND_IN);
		if (point > 0xffff) /* a pair of surrogates */
			text_byte(&dutch->latin, STAND_IN);
	}
}

static struct slice take_utf8(struct dutch *dutch, struct slice latin)
{
	size_t strange = 0;

	text_clear(&dutch->stem);
	for (size_t i = 0; i < latin.size; i++) {
		uint32_t point = (unsigned char)latin.data[i];

		if (point == STAND_IN) {
			assert(strange < dutch->strange_count);
			point = dutch->strange[strange++];
			if (point > 0xffff)
				i++;
		}
		unicode_add(&dutch->stem, point);
	}
	return text_slice(&dutch->stem);
}

/*
 * libstemmer's UTF-8 algorithm measures a region in bytes where JavaScript counts code units; its
 * Latin-1 algorithm counts as JavaScript does.
 */
struct slice dutch_stem(struct dutch *dutch, struct slice word)
{
	bool plain = true;

	for (size_t i = 0; i < word.size && plain; i++)
		plain = (unsigned char)word.data[i] < 0x80;
	if (plain)
		return stem_bytes(dutch, word);
	put_latin(dutch, word);
	return take_utf8(dutch, stem_bytes(dutch, text_slice(&dutch->latin)));
}

/* Snowball 3 gave the name "dutch" to another algorithm, and calls this one "dutch_porter". */
static bool try_algorithm(struct dutch *dutch, const char *name)
{
	dutch->stemmer = sb_stemmer_new(name, "ISO_8859_1");
	if (dutch->stemmer == NULL)
		return false;
	if (slice_is(dutch_stem(dutch, slice_of("verklaringen")), "verklar") &&
		slice_is(dutch_stem(dutch, slice_of("vacatures")), "vacatures"))
		return true;
	sb_stemmer_delete(dutch->stemmer);
	dutch->stemmer = NULL;
	return false;
}

int dutch_new(struct dutch **out, struct diags *diags)
{
	struct dutch *dutch = mem_new(1, sizeof(*dutch));

	if (!try_algorithm(dutch, "dutch_porter") && !try_algorithm(dutch, "dutch")) {
		dutch_free(dutch);
		diag_add(diags, DIAG_STEMMER, (struct place){.path = ""}, NULL);
		return -1;
	}
	*out = dutch;
	return 0;
}

void dutch_free(struct dutch *dutch)
{
	if (dutch == NULL)
		return;
	if (dutch->stemmer != NULL)
		sb_stemmer_delete(dutch->stemmer);
	text_free(&dutch->latin);
	text_free(&dutch->stem);
	free(dutch->strange);
	free(dutch);
}
