/*
 * Numbers and strings as JSON.stringify() writes them, for files of many million small numbers:
 * each is made text once, as a label, and labels are copied whole, through a bare pointer into room
 * that was reserved for all that comes.
 */
#ifndef DRAAIBOEK_LUNR_JSON_H
#define DRAAIBOEK_LUNR_JSON_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* A number with the signs around it. */
struct lunr_label {
	char text[15];
	unsigned char size;
};

/* The labels of the numbers from 0, with at most 5 bytes around them. The caller frees them. */
struct lunr_label *lunr_labels(const char *before, size_t count, const char *after);

/*
 * The thousandths behind the point, with the point, without zeros at the end. The caller frees
 * them.
 */
struct lunr_label *lunr_fractions(void);

/* Writes a label; there is room for all bytes of one, whatever its size. Gives its end. */
static inline char *lunr_put_label(char *at, const struct lunr_label *label)
{
	memcpy(at, label->text, sizeof(label->text));
	return at + label->size;
}

/* Writes a number; there is room for 10 bytes. */
static inline char *lunr_put_number(char *at, uint32_t number)
{
	char digits[10];
	size_t start = sizeof(digits);

	if (number < 10) { /* as most */
		*at = (char)('0' + number);
		return at + 1;
	}
	do {
		digits[--start] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	memcpy(at, digits + start, sizeof(digits) - start);
	return at + sizeof(digits) - start;
}

/* A score (below 4 million) in thousandths, as lunr rounds it: Math.round takes a half upwards. */
static inline uint32_t lunr_thousandths(double score)
{
	double thousands = score * 1000;
	uint32_t whole = (uint32_t)thousands;

	return thousands - whole >= 0.5 ? whole + 1 : whole;
}

/*
 * Writes a score as JavaScript prints it: thousandths, without zeros at the end. There is room for
 * 25 bytes.
 */
static inline char *lunr_put_score(char *at, double score, const struct lunr_label *fractions)
{
	uint32_t whole = lunr_thousandths(score);

	at = lunr_put_number(at, whole / 1000);
	return lunr_put_label(at, &fractions[whole % 1000]);
}

/* Ends writing at `at` what began at the text's end. */
void lunr_end(struct text *out, char *at);

/* Appends a string, which JSON.stringify() escapes no more than it must. */
void lunr_add_string(struct text *out, struct slice string);

#endif
