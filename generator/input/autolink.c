/*
 * Three signs may belong to an address: the colon of https://, the w of www. and the @. A try that
 * fails is not begun again within what it has read, so no byte is read more than a few times.
 */
#include "input/autolink.h"

#include <string.h>

/* What may belong to an address; all other bytes are passed over. */
static const bool signs[256] = {[':'] = true, ['@'] = true, ['w'] = true, ['W'] = true};

static bool is_alnum(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z');
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool starts_with(struct slice text, size_t at, const char *lower)
{
	for (; *lower != '\0'; lower++, at++) {
		if (at >= text.size || (text.data[at] | 0x20) != (*lower | 0x20))
			return false;
	}
	return true;
}

/* Where the domain that starts at `at` ends; sets whether it can be one. */
static size_t domain_end(bool *valid, struct slice text, size_t at, unsigned least_dots)
{
	size_t start = at;
	unsigned dots = 0;
	bool low[2] = {false, false}; /* an underscore in the last part, and the one before */

	for (; at < text.size; at++) {
		char byte = text.data[at];

		if (byte == '.' && at + 1 < text.size && text.data[at + 1] == '.')
			break;
		if (byte == '.') {
			dots++;
			low[1] = low[0];
			low[0] = false;
		} else if (byte == '_') {
			low[0] = true;
		} else if (!is_alnum(byte) && byte != '-' && ((unsigned char)byte & 0x80) == 0) {
			break;
		}
	}
	*valid = at > start && text.data[start] != '.' && dots >= least_dots && !low[0] && !low[1];
	return at;
}

/* The end without the punctuation that is the sentence's, and with brackets in pairs. */
static size_t trim_end(struct slice text, size_t start, size_t end)
{
	size_t opened = 0, closed = 0;

	for (size_t i = start; i < end; i++) {
		opened += text.data[i] == '(';
		closed += text.data[i] == ')';
	}
	for (; end > start; end--) {
		char last = text.data[end - 1];

		if (last == ')' && closed > opened)
			closed--;
		else if (last == ')' || strchr("?!.,:*_~'\"", last) == NULL)
			break;
	}
	return end;
}

/*
 * A web address of which the domain starts at `domain`. Always moves `*at` on: behind the address,
 * or behind what was read in vain.
 */
static bool find_web(struct autolink *out, size_t *at, struct slice text, size_t start,
	size_t domain, unsigned least_dots)
{
	bool valid;
	size_t end = domain_end(&valid, text, domain, least_dots);

	*at = end > *at ? end : *at + 1;
	if (!valid)
		return false;
	while (end < text.size && !is_space(text.data[end]) && text.data[end] != '<')
		end++;
	end = trim_end(text, domain, end);
	if (end <= domain + least_dots)
		return false;
	*out = (struct autolink){start, end - start, domain > start ? "" : "http://"};
	return true;
}

/* `colon` is that of ://. */
static bool find_scheme(struct autolink *out, size_t *at, struct slice text, size_t from)
{
	size_t colon = *at;
	size_t start = colon;

	if (!starts_with(text, colon, "://"))
		return false;
	while (start > from && is_alnum(text.data[start - 1]) && colon - start < 6)
		start--;
	if ((colon - start != 4 || !starts_with(text, start, "http")) &&
		(colon - start != 5 || !starts_with(text, start, "https")))
		return false;
	return find_web(out, at, text, start, colon + 3, 0);
}

static bool find_mail(struct autolink *out, size_t *at, struct slice text, size_t from)
{
	size_t sign = *at;
	size_t start = sign, end = sign + 1;
	unsigned dots = 0;

	while (start > from &&
		(is_alnum(text.data[start - 1]) || strchr(".+-_", text.data[start - 1]) != NULL))
		start--;
	for (; end < text.size; end++) {
		if (text.data[end] == '.' && end + 1 < text.size && is_alnum(text.data[end + 1]))
			dots++;
		else if (!is_alnum(text.data[end]) && text.data[end] != '-' &&
			 text.data[end] != '_')
			break;
	}
	*at = end;
	if (start == sign || dots == 0 || !is_alnum(text.data[end - 1]) ||
		text.data[sign + 1] == '.' || (start > 0 && text.data[start - 1] == '/'))
		return false;
	*out = (struct autolink){start, end - start, "mailto:"};
	return true;
}

static bool find_www(struct autolink *out, size_t *at, struct slice text)
{
	size_t start = *at;

	if (!starts_with(text, start, "www."))
		return false;
	if (start > 0 && !is_space(text.data[start - 1]) &&
		strchr("*_~(", text.data[start - 1]) == NULL)
		return false;
	return find_web(out, at, text, start, start, 2);
}

bool autolink_find(struct autolink *out, struct slice text, size_t from)
{
	size_t at = from;

	while (true) {
		size_t before;
		char byte;

		while (at < text.size && !signs[(unsigned char)text.data[at]])
			at++;
		if (at == text.size)
			return false;
		before = at;
		byte = text.data[at];
		if ((byte == ':' && find_scheme(out, &at, text, from)) ||
			(byte == '@' && find_mail(out, &at, text, from)) ||
			((byte == 'w' || byte == 'W') && find_www(out, &at, text)))
			return true;
		if (at == before)
			at++;
	}
}
