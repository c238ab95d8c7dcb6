/*
 * The two string types: `struct slice` borrows bytes, `struct text` owns a buffer that grows.
 *
 * Text reaches an output only through the escape of its context: the functions that are named
 * after one (html, attr, url, json). All text is UTF-8; see base/unicode.h for its letters.
 */
#ifndef DRAAIBOEK_TEXT_H
#define DRAAIBOEK_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Borrowed bytes, not NUL-terminated. All zeroes is the empty slice. */
struct slice {
	const char *data;
	size_t size;
};

/* An owned buffer. Starts as all zeroes; once written to, `data` has a NUL behind its `size` bytes.
 */
struct text {
	char *data;
	size_t size;
	size_t capacity;
};

struct slice slice_of(const char *string); /* NULL gives the empty slice */
bool slice_equal(struct slice a, struct slice b);
bool slice_is(struct slice slice, const char *string);
bool slice_starts(struct slice slice, const char *prefix);
bool slice_ends(struct slice slice, const char *suffix);
int slice_compare(struct slice a, struct slice b); /* by bytes, as strcmp() */
struct slice slice_from(struct slice slice, size_t start);
struct slice slice_trim(struct slice slice); /* spaces, tabs, line ends at both ends */

/* Where `byte` first stands, or slice.size. */
size_t slice_find(struct slice slice, char byte);

/* Where `needle` first stands, or slice.size. */
size_t slice_search(struct slice slice, struct slice needle);

/* Takes the next line off `rest`, without its line end (LF or CRLF); false at the end. */
bool slice_next_line(struct slice *out, struct slice *rest);

/* The whole slice as a number from 0 to 2^31 - 1; -1 when it is none. */
int slice_number(struct slice slice);

/* The slice copied into the arena. */
struct slice slice_keep(struct arena *arena, struct slice slice);

/* How many bytes at the start are ASCII. */
size_t slice_ascii_size(struct slice slice);

/*
 * The length in bytes, 1 to 4, of the code point that the slice starts with; 0 when the slice is
 * empty or does not start with UTF-8. To decode it, see unicode_next().
 */
size_t slice_letter_size(struct slice slice);

/* FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
uint64_t slice_hash(struct slice slice);

void text_free(struct text *text);
void text_clear(struct text *text); /* empties it, keeps the buffer */
void text_reserve(struct text *text, size_t extra);
void text_byte(struct text *out, char byte);
void text_add(struct text *out, struct slice slice);
void text_puts(struct text *out, const char *string);
void text_number(struct text *out, uint64_t number);
void text_printf(struct text *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct slice text_slice(const struct text *text);

/* Hands the buffer's bytes to the arena and frees the buffer. */
struct slice text_keep(struct arena *arena, struct text *text);

/* In an HTML element: & < > escaped. */
void text_html(struct text *out, struct slice slice);

/* In an HTML attribute between double quotes, or an element: & < > " ' escaped. */
void text_attr(struct text *out, struct slice slice);

/*
 * As a URL in an attribute between double quotes: what RFC 3986 does not allow in a URL is
 * percent-encoded (an existing %XX stays), and & and ' are escaped for HTML.
 */
void text_url(struct text *out, struct slice slice);

/* As a path segment or a query value: all but the unreserved characters of RFC 3986 is encoded. */
void text_url_part(struct text *out, struct slice slice);

/*
 * As a JSON string, with its quotes. Also escapes < > & U+2028 U+2029, so that it may stand in HTML
 * and in a script, and puts U+FFFD in the place of bytes that are not UTF-8.
 */
void text_json(struct text *out, struct slice slice);

#endif
