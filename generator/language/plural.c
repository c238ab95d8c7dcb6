/*
 * An s behind a vowel (vacature, vacatures); the f and s that are v and z before -en (bedrijf,
 * bedrijven; prijs, prijzen; graaf, graven); and an s that stays (plaats, plaatsen; cursus,
 * cursussen), which the stemmer takes off the singular alone. Rules:
 * https://woordenlijst.org/leidraad
 */
#include "language/plural.h"

#include <stdbool.h>
#include <string.h>

#define LEAST 4 /* letters: what is shorter is mostly no noun */

static bool is_vowel(char letter)
{
	return letter != '\0' && strchr("aeiou", letter) != NULL;
}

/* The letter `back` places from the end; the word has it. */
static char letter_at(struct slice word, size_t back)
{
	return word.data[word.size - 1 - back];
}

/* Appends the start of a plural in -en without it, its last letter hardened: bedrijv, bedrijf. */
static void add_singular(struct text *out, struct slice start)
{
	char vowel = letter_at(start, 1);

	text_add(out, (struct slice){start.data, start.size - 1});
	/* graven, graaf; but bedrijven, bedrijf */
	if (is_vowel(vowel) && vowel != 'i' && !is_vowel(letter_at(start, 2)))
		text_byte(out, vowel);
	text_byte(out, letter_at(start, 0) == 'v' ? 'f' : 's');
}

static void add_plural(struct text *out, struct slice word)
{
	size_t size = word.size - 1;
	char vowel = letter_at(word, 1);

	/* graaf, graven */
	if (is_vowel(vowel) && vowel == letter_at(word, 2))
		size--;
	text_add(out, (struct slice){word.data, size});
	text_byte(out, letter_at(word, 0) == 'f' ? 'v' : 'z');
	text_puts(out, "en");
}

/* A diphthong or a doubled vowel before the last letter: after these an f or s may change. */
static bool is_long(struct slice word)
{
	static const char *const pairs[] = {
		"aa", "ee", "oo", "uu", "ie", "ij", "ei", "ui", "oe", "eu", "ou", "au"};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (letter_at(word, 2) == pairs[i][0] && letter_at(word, 1) == pairs[i][1])
			return true;
	return false;
}

/* Of a word that ends with an s: its plural, and, when it may be one, its singular. */
static size_t add_others_of_s(struct text *out, struct slice word)
{
	size_t count = 0;
	bool after_vowel = is_vowel(letter_at(word, 1));

	/* subsidies, vacatures */
	if (after_vowel && (!is_long(word) || slice_ends(word, "ies")))
		text_add(&out[count++], (struct slice){word.data, word.size - 1});
	/* advies, adviezen */
	if (is_long(word))
		add_plural(&out[count++], word);
	/* plaats, plaatsen; cursus, cursussen */
	text_add(&out[count], word);
	text_puts(&out[count++], after_vowel && !is_long(word) ? "sen" : "en");
	return count;
}

/* Of a word that ends with -en: what its singular may be. */
static size_t add_singulars(struct text *out, struct slice word)
{
	struct slice start = {word.data, word.size - 2};
	char last = letter_at(start, 0);

	if (last == 'v' || last == 'z') {
		add_singular(out, start);
		return 1;
	}
	if (last != 's')
		return 0;
	if (letter_at(start, 1) == 's')
		start.size--;
	text_add(out, start);
	return 1;
}

size_t plural_others(struct text out[PLURAL_MOST], struct slice word)
{
	char last;

	for (size_t i = 0; i < PLURAL_MOST; i++)
		text_clear(&out[i]);
	if (word.size < LEAST)
		return 0;
	last = letter_at(word, 0);
	if (word.size > LEAST && slice_ends(word, "en"))
		return add_singulars(out, word);
	if (last == 's')
		return add_others_of_s(out, word);
	if (last == 'f' && is_long(word)) {
		add_plural(out, word);
		return 1;
	}
	if (is_vowel(last)) {
		text_add(out, word);
		text_byte(out, 's');
		return 1;
	}
	return 0;
}
