/*
 * Where in HTML a piece of a template stands: in text, in a tag, in the value of an attribute, in a
 * script. Follows the tokenizer of the HTML standard (https://html.spec.whatwg.org/#tokenization)
 * as far as it takes to know how a value must be escaped there, or that no value may stand there.
 */
#ifndef DRAAIBOEK_HTML_CONTEXT_H
#define DRAAIBOEK_HTML_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum html_place {
	HTML_TEXT,
	HTML_LESS_THAN,	   /* in text, behind a < that may turn out to open a tag */
	HTML_RCDATA,	   /* in <title> or <textarea> */
	HTML_SCRIPT,	   /* in <script> */
	HTML_STYLE,	   /* in <style> */
	HTML_COMMENT,	   /* in <!-- -->, <!doctype>, <?xml?> */
	HTML_TAG_NAME,	   /* in the name of an element */
	HTML_TAG,	   /* in a tag, where an attribute may begin */
	HTML_TAG_JOINED,   /* in a tag, behind a part that may be left out */
	HTML_NAME,	   /* in the name of an attribute */
	HTML_AFTER_NAME,   /* in a tag, where an = may follow */
	HTML_BEFORE_VALUE, /* behind the = */
	HTML_UNQUOTED,	   /* in a value without quotes */
	HTML_VALUE	   /* in a value between quotes */
};

enum html_attribute {
	HTML_PLAIN,
	HTML_URL,
	HTML_CODE /* a script, a style or HTML: style, srcdoc, on… */
};

/* How far a URL has come. */
enum html_url { HTML_URL_START, HTML_URL_PATH, HTML_URL_QUERY };

/* Starts as all zeroes: in text. */
struct html_context {
	uint8_t place;	   /* enum html_place */
	uint8_t attribute; /* enum html_attribute, of the value */
	uint8_t url;	   /* enum html_url, of the value */
	uint8_t element;   /* the element whose text is no HTML, from 1; 0 for any other */
	uint8_t matched;   /* how much was seen of what ends a comment or such an element */
	uint8_t size;	   /* bytes of `name`, or one more than fit */
	char quote;
	bool closing;	/* the tag is an end tag */
	char name[16];	/* of the element or attribute, in lower case */
	uint32_t at;	/* where the text to come stands in its file, when the caller says so */
	uint32_t start; /* where the tag, comment, script or so on began */
};

/*
 * Goes on through `text`. Returns text.size, or where a name is glued to a part of the tag that may
 * be left out, or an = stands alone.
 */
size_t html_context_feed(struct html_context *context, struct slice text);

/* Call where a part begins that may be left out, come more than once or be replaced. */
void html_context_break(struct html_context *context);

/*
 * The context behind a part that may be left out, and that led from `start` (a break) to `end`.
 * With `replaced`, other text may stand in its place. Returns false, with `start` in `out`, when
 * the part opens what it does not close, or the other way round.
 */
bool html_context_join(struct html_context *out, const struct html_context *start,
	const struct html_context *end, bool replaced);

/*
 * Where to think a text that is to stand both in `a` and in `b` (breaks). Returns false, with `a`
 * in `out`, when no text can.
 */
bool html_context_merge(
	struct html_context *out, const struct html_context *a, const struct html_context *b);

bool html_context_equal(const struct html_context *a, const struct html_context *b);

#endif
