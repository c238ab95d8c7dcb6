/*
 * The state machine behind output/html_context.h: one byte at a time, one function a group of
 * places. It runs when a template is compiled, never when one is rendered.
 */
#include "output/html_context.h"

#include <string.h>

#include "base/mem.h"

/* What was seen of a comment; the first ends at any >. */
enum comment {
	COMMENT_BOGUS,
	COMMENT_BANG,
	COMMENT_BANG_DASH,
	COMMENT_START,
	COMMENT_START_DASH,
	COMMENT_BODY,
	COMMENT_DASH,
	COMMENT_END,
	COMMENT_END_BANG
};

/* The elements whose text is no HTML, and what it is instead. */
static const struct {
	const char *name;
	enum html_place place;
} elements[] = {
	{"", HTML_TEXT},
	{"script", HTML_SCRIPT},
	{"style", HTML_STYLE},
	{"title", HTML_RCDATA},
	{"textarea", HTML_RCDATA},
};

static const struct {
	const char *name;
	enum html_attribute kind;
} attributes[] = {
	{"href", HTML_URL},
	{"src", HTML_URL},
	{"action", HTML_URL},
	{"cite", HTML_URL},
	{"poster", HTML_URL},
	{"data", HTML_URL},
	{"formaction", HTML_URL},
	{"xlink:href", HTML_URL},
	{"style", HTML_CODE},
	{"srcdoc", HTML_CODE},
};

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

static bool is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static char lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static void add_to_name(struct html_context *context, char byte)
{
	if (context->size < sizeof(context->name))
		context->name[context->size] = lower(byte);
	if (context->size <= sizeof(context->name))
		context->size++;
}

static void start_name(struct html_context *context, enum html_place place, char byte)
{
	context->place = (uint8_t)place;
	context->size = 0;
	add_to_name(context, byte);
}

/* Empty when it did not fit: then it is none that is looked for. */
static struct slice name_of(const struct html_context *context)
{
	bool fits = context->size <= sizeof(context->name);

	return (struct slice){context->name, fits ? context->size : 0};
}

static void end_element_name(struct html_context *context)
{
	context->element = 0;
	if (context->closing)
		return;
	for (size_t i = 1; i < ARRAY_LEN(elements); i++)
		if (slice_is(name_of(context), elements[i].name))
			context->element = (uint8_t)i;
}

static void end_attribute_name(struct html_context *context)
{
	struct slice name = name_of(context);

	context->attribute = HTML_PLAIN;
	if (context->size >= 2 && memcmp(context->name, "on", 2) == 0)
		context->attribute = HTML_CODE;
	for (size_t i = 0; i < ARRAY_LEN(attributes); i++)
		if (slice_is(name, attributes[i].name))
			context->attribute = (uint8_t)attributes[i].kind;
}

static void end_tag(struct html_context *context)
{
	context->place = (uint8_t)elements[context->element].place;
	context->closing = false;
	context->matched = 0;
	context->size = 0;
}

static void enter_comment(struct html_context *context, enum comment seen)
{
	context->place = HTML_COMMENT;
	context->closing = false;
	context->matched = (uint8_t)seen;
}

static void feed_less_than(struct html_context *context, char byte)
{
	if (is_letter(byte)) {
		start_name(context, HTML_TAG_NAME, byte);
	} else if (context->closing) {
		enter_comment(context, COMMENT_BOGUS);
		if (byte == '>')
			context->place = HTML_TEXT;
	} else if (byte == '/') {
		context->closing = true;
	} else if (byte == '!') {
		enter_comment(context, COMMENT_BANG);
	} else if (byte == '?') {
		enter_comment(context, COMMENT_BOGUS);
	} else if (byte != '<') {
		context->place = HTML_TEXT;
	}
}

static void feed_comment(struct html_context *context, char byte)
{
	bool dash = byte == '-';
	enum comment seen = (enum comment)context->matched;

	if (byte == '>' && seen != COMMENT_BODY && seen != COMMENT_DASH) {
		context->place = HTML_TEXT;
		context->matched = 0;
		return;
	}
	switch (seen) {
	case COMMENT_BOGUS:
		break;
	case COMMENT_BANG:
		seen = dash ? COMMENT_BANG_DASH : COMMENT_BOGUS;
		break;
	case COMMENT_BANG_DASH:
		seen = dash ? COMMENT_START : COMMENT_BOGUS;
		break;
	case COMMENT_START:
		seen = dash ? COMMENT_START_DASH : COMMENT_BODY;
		break;
	case COMMENT_BODY:
	case COMMENT_END_BANG:
		seen = dash ? COMMENT_DASH : COMMENT_BODY;
		break;
	case COMMENT_START_DASH:
	case COMMENT_DASH:
		seen = dash ? COMMENT_END : COMMENT_BODY;
		break;
	case COMMENT_END:
		seen = byte == '!' ? COMMENT_END_BANG : dash ? COMMENT_END : COMMENT_BODY;
		break;
	}
	context->matched = (uint8_t)seen;
}

/* In a script, style, title or textarea, which only its own end tag ends. */
static void feed_raw(struct html_context *context, char byte)
{
	const char *name = elements[context->element].name;
	size_t matched = context->matched, size = strlen(name) + 2;

	if (matched == size && (is_space(byte) || byte == '/' || byte == '>')) {
		context->element = 0;
		context->closing = true;
		context->place = HTML_TAG;
		if (byte == '>')
			end_tag(context);
	} else if (matched < size && lower(byte) == (matched == 0	   ? '<'
							    : matched == 1 ? '/'
									   : name[matched - 2])) {
		context->matched++;
	} else {
		context->matched = byte == '<';
	}
}

/* In a tag, outside names and values; any other byte begins the name of an attribute. */
static void feed_tag(struct html_context *context, char byte)
{
	if (byte == '>')
		end_tag(context);
	else if (byte == '/')
		context->place = HTML_TAG;
	else if (!is_space(byte))
		start_name(context, HTML_NAME, byte);
}

static void feed_tag_name(struct html_context *context, char byte)
{
	if (!is_space(byte) && byte != '/' && byte != '>') {
		add_to_name(context, byte);
		return;
	}
	end_element_name(context);
	context->place = HTML_TAG;
	feed_tag(context, byte);
}

static void feed_name(struct html_context *context, char byte)
{
	if (byte == '=') {
		end_attribute_name(context);
		context->place = HTML_BEFORE_VALUE;
	} else if (context->place == HTML_AFTER_NAME) {
		feed_tag(context, byte);
	} else if (is_space(byte)) {
		context->place = HTML_AFTER_NAME;
	} else if (byte == '/' || byte == '>') {
		feed_tag(context, byte);
	} else {
		add_to_name(context, byte);
	}
}

static void feed_value(struct html_context *context, char byte)
{
	if (byte == context->quote)
		context->place = HTML_TAG;
	else if (byte == '?' || byte == '#')
		context->url = HTML_URL_QUERY;
	else if ((byte == '/' || byte == ':') && context->url == HTML_URL_START)
		context->url = HTML_URL_PATH;
}

static void feed_before_value(struct html_context *context, char byte)
{
	if (is_space(byte))
		return;
	if (byte == '>') {
		end_tag(context);
		return;
	}
	context->url = HTML_URL_START;
	context->quote = byte;
	context->place = byte == '"' || byte == '\'' ? HTML_VALUE : HTML_UNQUOTED;
}

static void feed_byte(struct html_context *context, char byte)
{
	switch ((enum html_place)context->place) {
	case HTML_TEXT:
		if (byte == '<') {
			context->place = HTML_LESS_THAN;
			context->start = context->at;
		}
		break;
	case HTML_LESS_THAN:
		feed_less_than(context, byte);
		break;
	case HTML_RCDATA:
	case HTML_SCRIPT:
	case HTML_STYLE:
		feed_raw(context, byte);
		break;
	case HTML_COMMENT:
		feed_comment(context, byte);
		break;
	case HTML_TAG_NAME:
		feed_tag_name(context, byte);
		break;
	case HTML_TAG_JOINED:
		context->place = HTML_TAG;
		feed_tag(context, byte);
		break;
	case HTML_TAG:
		feed_tag(context, byte);
		break;
	case HTML_NAME:
	case HTML_AFTER_NAME:
		feed_name(context, byte);
		break;
	case HTML_BEFORE_VALUE:
		feed_before_value(context, byte);
		break;
	case HTML_UNQUOTED:
		if (is_space(byte))
			context->place = HTML_TAG;
		else if (byte == '>')
			end_tag(context);
		break;
	case HTML_VALUE:
		feed_value(context, byte);
		break;
	}
}

/* Behind a part that may be left out, a name would be part of another; an = has no name at all. */
static bool is_glued(const struct html_context *context, char byte)
{
	if (context->place == HTML_TAG_JOINED)
		return !is_space(byte) && byte != '/' && byte != '>';
	return context->place == HTML_TAG && byte == '=';
}

size_t html_context_feed(struct html_context *context, struct slice text)
{
	size_t fault = text.size;

	for (size_t i = 0; i < text.size; i++) {
		if (is_glued(context, text.data[i])) {
			if (fault == text.size)
				fault = i;
			context->place = HTML_AFTER_NAME;
		}
		feed_byte(context, text.data[i]);
		context->at++;
	}
	return fault;
}

void html_context_break(struct html_context *context)
{
	if (context->place == HTML_TAG_NAME)
		end_element_name(context);
	else if (context->place == HTML_NAME)
		context->place = HTML_TAG_JOINED;
	else if (context->place == HTML_AFTER_NAME)
		context->place = HTML_TAG;
	else if (context->place != HTML_COMMENT)
		context->matched = 0;
}

static bool is_in_tag(const struct html_context *context)
{
	return context->place == HTML_TAG_NAME || context->place == HTML_TAG ||
	       context->place == HTML_TAG_JOINED;
}

static uint8_t earlier(uint8_t a, uint8_t b)
{
	return a < b ? a : b;
}

/* The context of a place that is `a` at one time and `b` at another; false when there is none. */
static bool meet(struct html_context *out, const struct html_context *a,
	const struct html_context *b, bool replaced)
{
	struct html_context met = *b;

	if (a->element != b->element || a->closing != b->closing)
		return false;
	if (is_in_tag(a) && is_in_tag(b)) {
		if (a->place != b->place || replaced)
			met.place = HTML_TAG_JOINED;
	} else if (a->place != b->place) {
		return false;
	} else if (a->place == HTML_VALUE) {
		if (a->quote != b->quote || a->attribute != b->attribute)
			return false;
		met.url = earlier(a->url, b->url);
	}
	*out = met;
	return true;
}

bool html_context_join(struct html_context *out, const struct html_context *start,
	const struct html_context *end, bool replaced)
{
	struct html_context first = *start, last = *end;

	html_context_break(&last);
	*out = first;
	/* Behind a < anything may follow: it still is a < when the part is left out. */
	if (first.place == HTML_LESS_THAN && last.place == HTML_TEXT)
		return true;
	return meet(out, &first, &last, replaced);
}

bool html_context_merge(
	struct html_context *out, const struct html_context *a, const struct html_context *b)
{
	*out = *a;
	/* What is written for an element is safe in a title, which shows it as it is. */
	if (a->place == HTML_TEXT && b->place == HTML_RCDATA)
		return true;
	if (a->place == HTML_RCDATA && b->place == HTML_TEXT) {
		*out = *b;
		return true;
	}
	return meet(out, a, b, false);
}

bool html_context_equal(const struct html_context *a, const struct html_context *b)
{
	return a->place == b->place && a->attribute == b->attribute && a->url == b->url &&
	       a->quote == b->quote && a->element == b->element && a->closing == b->closing;
}
