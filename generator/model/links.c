/*
 * Paths to addresses, by rule alone: draaiboek-site(5) gives the table.
 */
#include "model/links.h"

#include "base/fs.h"
#include "base/mem.h"

/* Takes the part before the first slash off `rest`. */
static struct slice links_take_part(struct slice *rest)
{
	size_t end = slice_find(*rest, '/');
	struct slice part = {rest->data, end};

	*rest = slice_from(*rest, end < rest->size ? end + 1 : end);
	return part;
}

bool links_place_of(struct links_place *out, struct slice file)
{
	struct slice rest = file;
	struct slice top = links_take_part(&rest);
	bool playbook = slice_is(top, "playbooks");
	struct links_place place = {0};
	struct slice folder;

	if (!slice_ends(file, ".md") || (!playbook && !slice_is(top, "content")))
		return false;
	if (!playbook && slice_starts(rest, "regios/")) {
		(void)links_take_part(&rest);
		place.region = links_take_part(&rest);
		if (rest.size == 0)
			return false;
	}
	place.key = (struct slice){rest.data, rest.size - 3};
	folder = rest;
	folder = links_take_part(&folder);
	if (folder.size < rest.size && (playbook || place.region.size > 0))
		place.collection = folder;
	*out = place;
	return true;
}

bool links_is_slug(struct slice part)
{
	for (size_t i = 0; i < part.size; i++) {
		char c = part.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	return part.size > 0 && part.data[0] != '-';
}

const char *links_reserved(struct slice key)
{
	static const char *const first[] = {"regio", "vergelijk", "zoek", "assets", "begrippen",
		"oogst", "concept", "404", "regelingenwijzer", "financieringstrein", "verschil",
		"op-dit-apparaat", "licenties"};
	static const char *const last[] = {"geschiedenis", "verschil"};
	struct slice rest = key, part;

	part = links_take_part(&rest);
	for (size_t i = 0; i < ARRAY_LEN(first); i++)
		if (slice_is(part, first[i]))
			return first[i];
	while (rest.size > 0)
		part = links_take_part(&rest);
	for (size_t i = 0; i < ARRAY_LEN(last); i++)
		if (slice_is(part, last[i]))
			return last[i];
	return NULL;
}

struct slice links_last_part(struct slice address)
{
	struct slice part = {"", 0};

	while (address.size > 0)
		part = links_take_part(&address);
	return part;
}

struct slice links_address(struct arena *arena, struct slice key)
{
	struct text address = {0};

	if (slice_ends(key, "/index"))
		key.size -= 6;
	else if (slice_is(key, "index"))
		key.size = 0;
	text_add(&address, key);
	if (key.size > 0)
		text_byte(&address, '/');
	return text_keep(arena, &address);
}

void links_root(struct text *out, struct slice address)
{
	size_t before = out->size;

	for (size_t i = 0; i < address.size; i++)
		if (address.data[i] == '/')
			text_puts(out, "../");
	if (out->size == before)
		text_puts(out, "./");
}

void links_relative(struct text *out, struct slice from, struct slice to)
{
	size_t common = 0;
	size_t before = out->size;

	for (size_t i = 0; i < from.size && i < to.size && from.data[i] == to.data[i]; i++)
		if (from.data[i] == '/')
			common = i + 1;
	for (size_t i = common; i < from.size; i++)
		if (from.data[i] == '/')
			text_puts(out, "../");
	text_add(out, slice_from(to, common));
	if (out->size == before)
		text_puts(out, "./");
}

static int links_hex(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	if (digit >= 'A' && digit <= 'F')
		return digit - 'A' + 10;
	return -1;
}

static void links_decode(struct text *out, struct slice encoded)
{
	for (size_t i = 0; i < encoded.size; i++) {
		int high = -1, low = -1;

		if (encoded.data[i] == '%' && i + 2 < encoded.size) {
			high = links_hex(encoded.data[i + 1]);
			low = links_hex(encoded.data[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			text_byte(out, (char)(high * 16 + low));
			i += 2;
		} else {
			text_byte(out, encoded.data[i]);
		}
	}
}

/* Drops the last part of a path that grows in `path`; false when there is none. */
static bool links_up(struct text *path, size_t start)
{
	if (path->size == start)
		return false;
	while (path->size > start && path->data[path->size - 1] != '/')
		path->size--;
	if (path->size > start)
		path->size--;
	return true;
}

int links_follow(struct text *out, struct slice file, struct slice target)
{
	struct text decoded = {0};
	struct slice rest;
	size_t start = out->size;
	int result = -1;

	links_decode(&decoded, target);
	rest = text_slice(&decoded);
	text_add(out, file);
	(void)links_up(out, start);
	if (rest.size > 0 && rest.data[0] == '/')
		goto out;
	while (rest.size > 0) {
		struct slice part = links_take_part(&rest);

		if (part.size == 0 || slice_is(part, "."))
			continue;
		if (slice_is(part, "..")) {
			if (!links_up(out, start))
				goto out;
			continue;
		}
		if (out->size > start)
			text_byte(out, '/');
		text_add(out, part);
	}
	if (out->size > start && !fs_is_safe((struct slice){out->data + start, out->size - start}))
		goto out;
	result = 0;
out:
	if (result != 0)
		out->size = start;
	text_free(&decoded);
	return result;
}
