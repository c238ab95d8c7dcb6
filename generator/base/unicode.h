/*
 * UTF-8 and its letters: decoding, lower case, normal forms, and the slugs made of them.
 * Hides libutf8proc. Nothing here depends on the locale.
 */
#ifndef DRAAIBOEK_UNICODE_H
#define DRAAIBOEK_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/*
 * Decodes the code point at the start of `slice` (not empty) and gives its length in bytes, 1 to 4.
 * Bytes that are not UTF-8 give U+FFFD and the length 1.
 */
size_t unicode_next(uint32_t *out, struct slice slice);

/* Appends a code point as UTF-8. */
void unicode_add(struct text *out, uint32_t point);

bool unicode_valid(struct slice slice);

/* A letter, an accent that stands by itself, or a decimal digit, in any script. */
bool unicode_is_word(uint32_t point);

/* A control character, or one that is invisible or turns the direction of the text. */
bool unicode_is_control(uint32_t point);

/* The simple lower case of one code point. */
uint32_t unicode_lower(uint32_t point);

/*
 * Has upper and lower case; and is looked through for a letter with case, as an apostrophe or an
 * accent is (Unicode, section 3.13, D135 and D136).
 */
bool unicode_is_cased(uint32_t point);
bool unicode_is_case_ignorable(uint32_t point);

/* Appends the slice in normal form C. Bytes that are not UTF-8 become U+FFFD. */
void unicode_compose(struct text *out, struct slice slice);

/*
 * Appends the slice in normal form C with case folded: two names that a reader or a file system may
 * take for one become the same. Characters that are not shown, such as soft hyphens, are left out.
 */
void unicode_fold(struct text *out, struct slice slice);

/*
 * Appends the slug of a heading: lower case, accents stripped, every run of other characters than
 * a-z and 0-9 one hyphen, none at the ends. Letters that are another with a stroke, and ligatures,
 * become the plain ones; characters that are not shown are left out. May append nothing.
 */
void unicode_slug(struct text *out, struct slice slice);

/* The place of the letter at byte `offset`, from 1, counted in code points. */
unsigned unicode_column(struct slice line, size_t offset);

/* Compares text in the order of UTF-16 code units, which is that of JavaScript's <. */
int unicode_compare_utf16(struct slice a, struct slice b);

#endif
