/*
 * Reads every such file once, one at a time, for its hash; the writer reads it again.
 */
#include "model/assets.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "input/source.h"
#include "model/site.h"

static const char *const kinds[] = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif",
	".pdf", ".ics", ".csv", ".txt", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".mp3",
	".mp4", ".webm", ".vtt"};

static bool assets_is_kind(struct slice path)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (slice_ends(path, kinds[i]))
			return true;
	return false;
}

static void assets_unknown_kind(struct slice path, struct diags *diags)
{
	struct text all = {0};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (i > 0)
			text_puts(&all, ", ");
		text_puts(&all, kinds[i] + 1);
	}
	diag_add(diags, DIAG_ASSET_KIND, (struct place){path.data, 0, 0}, all.data, (char *)NULL);
	text_free(&all);
}

/* A drawing runs in the reader's browser: no scripts, handlers, or parts from elsewhere. */
static bool assets_is_harmless(struct slice svg)
{
	static const char *const harmful[] = {"<script", "<foreignobject", "<iframe", "<!entity",
		"javascript:", "href=\"http", "href='http", "href=\"//", "href='//", "url(http",
		"url(//", "@import"};
	struct text lower = {0};
	bool harmless = true;

	for (size_t i = 0; i < svg.size; i++) {
		char c = svg.data[i];

		text_byte(&lower, (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
	}
	for (size_t i = 0; i < ARRAY_LEN(harmful); i++)
		harmless = harmless &&
			   slice_search(text_slice(&lower), slice_of(harmful[i])) == lower.size;
	for (size_t i = 0; harmless && i + 3 < lower.size; i++) {
		size_t end = i + 3;

		if (strchr(" \t\r\n/\"'", lower.data[i]) == NULL ||
			memcmp(lower.data + i + 1, "on", 2) != 0)
			continue;
		while (end < lower.size && lower.data[end] >= 'a' && lower.data[end] <= 'z')
			end++;
		while (end < lower.size && strchr(" \t\r\n", lower.data[end]) != NULL)
			end++;
		harmless = end == i + 3 || end >= lower.size || lower.data[end] != '=';
	}
	text_free(&lower);
	return harmless;
}

struct slice assets_name(struct arena *arena, struct slice name, struct slice bytes)
{
	struct text address = {0};
	size_t start = name.size, dot;

	while (start > 0 && name.data[start - 1] != '/')
		start--;
	name = slice_from(name, start);
	dot = name.size;
	while (dot > 0 && name.data[dot - 1] != '.')
		dot--;
	text_puts(&address, "assets/");
	unicode_slug(&address, (struct slice){name.data, dot > 0 ? dot - 1 : name.size});
	text_printf(&address, ".%016llx", (unsigned long long)slice_hash(bytes));
	if (dot > 0) {
		text_byte(&address, '.');
		text_add(&address, slice_from(name, dot));
	}
	return text_keep(arena, &address);
}

int assets_list(struct site *site, struct source_reader *reader, struct diags *diags)
{
	size_t count;
	const struct source_file *files = source_files(site->source, &count);
	struct text bytes = {0};
	int result = -1;

	site->assets = arena_new(&site->arena, count, sizeof(*site->assets));
	for (size_t i = 0; i < count; i++) {
		struct slice path = files[i].path;
		struct asset *asset = &site->assets[site->asset_count];

		if (slice_starts(path, "themes/") || slice_ends(path, ".md") ||
			slice_ends(path, ".yml"))
			continue;
		if (!assets_is_kind(path)) {
			assets_unknown_kind(path, diags);
			continue;
		}
		if (source_read(&bytes, reader, &files[i], diags) != 0)
			goto out;
		if (slice_ends(path, ".svg") && !assets_is_harmless(text_slice(&bytes))) {
			diag_add(diags, DIAG_ASSET_SCRIPT, (struct place){path.data, 0, 0},
				(char *)NULL);
			continue;
		}
		asset->file = &files[i];
		asset->address = assets_name(&site->arena, path, text_slice(&bytes));
		site->asset_count++;
	}
	result = 0;
out:
	text_free(&bytes);
	return result;
}

static int assets_compare(const void *a, const void *b)
{
	const struct slice *path = a;
	const struct asset *asset = b;

	return slice_compare(*path, asset->file->path);
}

struct slice assets_address(const struct site *site, struct slice path)
{
	const struct asset *asset = NULL;

	if (site->asset_count > 0)
		asset = bsearch(
			&path, site->assets, site->asset_count, sizeof(*asset), assets_compare);
	return asset != NULL ? asset->address : (struct slice){0};
}
