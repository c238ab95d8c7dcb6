/*
 * An address is one of a few kinds, told apart by how it starts; whatever is none of them is
 * refused by name. Browsers are lenient in what they take for a scheme, so nothing that has white
 * space or control characters in it gets as far as that.
 */
#include "input/target.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/unicode.h"
#include "input/writer.h"

enum kind {
	REFUSED,
	EXTERNAL, /* http, https */
	CONTACT,  /* mailto, tel */
	HERE,	  /* #anchor */
	RELATIVE  /* a file of the site */
};

/* The scheme in front of the colon, or the empty slice. */
static struct slice scheme_of(struct slice url)
{
	size_t end = slice_find(url, ':');

	for (size_t i = 0; i < end; i++) {
		char lower = (char)(url.data[i] | 0x20);

		if ((lower < 'a' || lower > 'z') &&
			(i == 0 || strchr("0123456789+-.", url.data[i]) == NULL))
			return (struct slice){0};
	}
	return end < url.size ? (struct slice){url.data, end} : (struct slice){0};
}

static bool is_scheme(struct slice scheme, const char *lower)
{
	if (scheme.size != strlen(lower))
		return false;
	for (size_t i = 0; i < scheme.size; i++) {
		if ((scheme.data[i] | 0x20) != lower[i])
			return false;
	}
	return true;
}

static bool has_bad_character(struct slice url)
{
	for (size_t at = 0; at < url.size;) {
		uint32_t point;
		size_t size = unicode_next(&point, slice_from(url, at));

		if (point == ' ' || point == 0xa0 || unicode_is_control(point))
			return true;
		at += size;
	}
	return false;
}

static enum kind refuse(
	struct writer *writer, enum diag_code code, struct slice shown, struct place place)
{
	char quoted[128];

	snprintf(quoted, sizeof(quoted), "%.*s", (int)(shown.size > 120 ? 120 : shown.size),
		shown.size > 0 ? shown.data : "");
	diag_add(writer->diags, code, place, quoted, NULL);
	return REFUSED;
}

static enum kind kind_of(struct writer *writer, struct slice url, struct place place)
{
	struct slice scheme = scheme_of(url);

	if (url.size == 0 || slice_is(url, "#"))
		return refuse(writer, DIAG_LINK_EMPTY, url, place);
	if (slice_search(url, slice_of("{{")) < url.size)
		return refuse(writer, DIAG_VARIABLE_PLACE, url, place);
	if (has_bad_character(url))
		return refuse(writer, DIAG_LINK_CHARACTER, url, place);
	if (is_scheme(scheme, "http") || is_scheme(scheme, "https")) {
		struct slice rest = slice_from(url, scheme.size + 1);

		if (!slice_starts(rest, "//") || rest.size < 3 || strchr("/?#", rest.data[2]))
			return refuse(writer, DIAG_LINK_HOST, url, place);
		return EXTERNAL;
	}
	if (is_scheme(scheme, "mailto") || is_scheme(scheme, "tel"))
		return CONTACT;
	if (scheme.size > 0)
		return refuse(writer, DIAG_LINK_SCHEME, scheme, place);
	if (slice_starts(url, "//") || slice_starts(url, "\\\\") ||
		(slice_starts(url, "www.") && !slice_ends(url, ".md")))
		return refuse(writer, DIAG_LINK_HOST, url, place);
	if (url.data[0] == '/' || url.data[0] == '\\')
		return refuse(writer, DIAG_LINK_ABSOLUTE, url, place);
	return url.data[0] == '#' ? HERE : RELATIVE;
}

static int hex(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	byte = (char)(byte | 0x20);
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The slice in the arena, with %XX decoded. False when that is no text. */
static bool decode(struct slice *out, struct arena *arena, struct slice encoded)
{
	char *decoded = arena_copy(arena, encoded.data, encoded.size);
	size_t size = 0;

	for (size_t i = 0; i < encoded.size; i++) {
		int high = encoded.size - i > 2 ? hex(encoded.data[i + 1]) : -1;
		int low = encoded.size - i > 2 ? hex(encoded.data[i + 2]) : -1;

		if (encoded.data[i] == '%' && high >= 0 && low >= 0) {
			decoded[size++] = (char)(high << 4 | low);
			i += 2;
		} else {
			decoded[size++] = encoded.data[i];
		}
	}
	decoded[size] = '\0';
	*out = (struct slice){decoded, size};
	for (size_t i = 0; i < size; i++) {
		if ((unsigned char)decoded[i] < 0x20 || decoded[i] == 0x7f)
			return false;
	}
	return unicode_valid(*out);
}

/* Asks the site where a relative address leads. */
static bool resolve(struct link *link, struct slice *href, struct writer *writer, struct slice file)
{
	const struct markdown_site *site = writer->site;
	struct slice decoded;

	return site != NULL && decode(&decoded, writer->arena, file) &&
	       site->resolve(
		       &link->page, href, site->context, writer->arena, writer->path, decoded) == 0;
}

static void write_title(struct writer *writer, struct slice title)
{
	if (title.size == 0)
		return;
	text_puts(&writer->html, " title=\"");
	text_attr(&writer->html, title);
	text_byte(&writer->html, '"');
}

/* Writes the address of a file of the site: a page's is relative, but for one of another scope. */
static void write_address(struct writer *writer, struct slice page, struct slice href)
{
	bool from_root = slice_starts(href, "/");

	if (page.size == 0 || from_root)
		writer_piece(writer, PIECE_ROOT, (struct slice){0});
	text_url(&writer->html, slice_from(href, from_root ? 1 : 0));
}

static void keep_link(struct writer *writer, const struct link *link)
{
	writer->links = mem_grow(
		writer->links, writer->link_count, &writer->link_capacity, sizeof(*writer->links));
	writer->links[writer->link_count++] = *link;
}

bool target_open(struct writer *writer, struct slice url, struct slice title, struct place place)
{
	enum kind kind = kind_of(writer, url, place);
	struct slice file = {url.data, slice_find(url, '#')};
	struct slice fragment = slice_from(url, file.size + 1);
	struct link link = {.line = place.line, .column = place.column};
	struct slice href = {0};

	if (kind == REFUSED)
		return false;
	if ((kind == HERE || kind == RELATIVE) && !decode(&link.fragment, writer->arena, fragment))
		return refuse(writer, DIAG_LINK_CHARACTER, url, place) != REFUSED;
	if (kind == RELATIVE && !resolve(&link, &href, writer, file))
		return refuse(writer, DIAG_LINK_BROKEN, file, place) != REFUSED;
	link.target = slice_keep(writer->arena, url);
	keep_link(writer, &link);
	text_puts(&writer->html, kind == EXTERNAL ? "<a class=\"extern\" href=\"" : "<a href=\"");
	if (kind == RELATIVE)
		write_address(writer, link.page, href);
	else if (kind != HERE)
		text_url(&writer->html, url);
	if (kind == HERE || (kind == RELATIVE && fragment.size > 0)) {
		text_byte(&writer->html, '#');
		text_url(&writer->html, fragment);
	}
	text_byte(&writer->html, '"');
	write_title(writer, title);
	text_byte(&writer->html, '>');
	return true;
}

void target_close(struct writer *writer)
{
	text_puts(&writer->html, "</a>");
}

bool target_image(struct writer *writer, struct slice url, struct place place)
{
	struct slice scheme = scheme_of(url);
	struct link link = {.line = place.line, .column = place.column};
	struct slice href;
	enum kind kind;

	if (scheme.size > 0 || slice_starts(url, "//")) {
		refuse(writer, DIAG_IMAGE_ELSEWHERE, url, place);
		return false;
	}
	kind = kind_of(writer, url, place);
	if (kind == REFUSED)
		return false;
	if (kind != RELATIVE || !resolve(&link, &href, writer, url) || link.page.size > 0) {
		refuse(writer, DIAG_IMAGE_BROKEN, url, place);
		return false;
	}
	link.target = slice_keep(writer->arena, url);
	keep_link(writer, &link);
	text_puts(&writer->html, "<img src=\"");
	write_address(writer, link.page, href);
	text_puts(&writer->html, "\" alt=\"");
	return true;
}
