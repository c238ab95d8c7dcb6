/*
 * Scanning by search: the opening delimiter, then what closes a tag of its kind.
 */
#include "output/template_scan.h"

#include <string.h>

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool has_space(struct slice slice)
{
	for (size_t i = 0; i < slice.size; i++)
		if (is_space(slice.data[i]))
			return true;
	return false;
}

static struct slice until(struct slice slice, size_t end)
{
	return (struct slice){slice.data, end};
}

/* Takes a word off `rest`; an empty one at the end. */
static struct slice take_word(struct slice *rest)
{
	struct slice word = slice_trim(*rest);

	*rest = word;
	word.size = 0;
	while (word.size < rest->size && !is_space(word.data[word.size]))
		word.size++;
	*rest = slice_from(*rest, word.size);
	return word;
}

static bool set_delimiters(struct template_scanner *scanner, struct slice content)
{
	struct slice open = take_word(&content), close = take_word(&content);

	if (close.size == 0 || slice_trim(content).size > 0 || slice_find(open, '=') < open.size ||
		slice_find(close, '=') < close.size)
		return false;
	scanner->open = open;
	scanner->close = close;
	return true;
}

/* What ends a tag with this sign: the closing delimiter, with a mirrored sign before it. */
static size_t find_end(
	size_t *size, const struct template_scanner *scanner, struct slice rest, char sign)
{
	char mirrored = sign == '{' ? '}' : sign == '=' ? '=' : '\0';
	size_t from = 0;

	*size = scanner->close.size + (mirrored != '\0');
	while (from < rest.size) {
		size_t at = from + slice_search(slice_from(rest, from), scanner->close);

		if (at == rest.size || mirrored == '\0')
			return at;
		/* In {{{x}}} the first }} begins at the mirrored sign itself. */
		if (rest.data[at] == mirrored && at + *size <= rest.size &&
			slice_equal(until(slice_from(rest, at + 1), scanner->close.size),
				scanner->close))
			return at;
		if (at > from && rest.data[at - 1] == mirrored)
			return at - 1;
		from = at + 1;
	}
	return rest.size;
}

static void judge(struct template_tag *tag, struct template_scanner *scanner, struct slice content)
{
	tag->fault = TEMPLATE_SOUND;
	if (tag->sign == '=') {
		if (!set_delimiters(scanner, content))
			tag->fault = TEMPLATE_BAD_DELIMITERS;
		return;
	}
	if (tag->sign == '!')
		return;
	tag->name = slice_trim(content);
	if (slice_search(tag->name, scanner->open) < tag->name.size) {
		/* What closed it was the next tag's: look there again. */
		tag->fault = TEMPLATE_NOT_CLOSED;
		tag->end = tag->start + scanner->open.size;
		scanner->position = tag->end;
	} else if (tag->name.size == 0 || has_space(tag->name)) {
		tag->fault = TEMPLATE_BAD_NAME;
	}
}

bool template_scan(struct template_tag *out, struct template_scanner *scanner)
{
	struct slice rest;
	size_t end, size;
	char sign = ' ';

	if (scanner->open.size == 0) {
		scanner->open = slice_of("{{");
		scanner->close = slice_of("}}");
	}
	rest = slice_from(scanner->source, scanner->position);
	out->start = scanner->position + slice_search(rest, scanner->open);
	if (out->start == scanner->source.size)
		return false;
	rest = slice_from(scanner->source, out->start + scanner->open.size);
	while (rest.size > 0 && is_space(rest.data[0]))
		rest = slice_from(rest, 1);
	if (rest.size > 0 && strchr("#^/><$!=&{", rest.data[0]) != NULL && rest.data[0] != '\0') {
		sign = rest.data[0];
		rest = slice_from(rest, 1);
	}
	out->sign = sign == '{' ? '&' : sign;
	out->name = (struct slice){0};
	end = find_end(&size, scanner, rest, sign);
	if (end == rest.size) {
		out->fault = TEMPLATE_NOT_CLOSED;
		out->end = out->start + scanner->open.size;
		scanner->position = out->end;
		return true;
	}
	out->end = (size_t)(rest.data - scanner->source.data) + end + size;
	scanner->position = out->end;
	judge(out, scanner, until(rest, end));
	return true;
}
