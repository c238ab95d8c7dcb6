/*
 * Reads every such file once, one at a time, for its hash; the writer reads it again.
 */
#include "model/assets.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "input/drawing.h"
#include "input/source.h"
#include "model/site.h"

static const char *const kinds[] = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif",
	".pdf", ".ics", ".csv", ".txt", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".mp3",
	".mp4", ".webm", ".vtt"};

/* The kind of the file, in small letters: cameras write ".JPG". NULL: it cannot be published. */
static const char *assets_kind(struct slice path)
{
	struct text folded = {0};
	const char *kind = NULL;

	unicode_fold(&folded, path);
	for (size_t i = 0; kind == NULL && i < ARRAY_LEN(kinds); i++)
		if (slice_ends(text_slice(&folded), kinds[i]))
			kind = kinds[i];
	text_free(&folded);
	return kind;
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

struct slice assets_name(struct arena *arena, struct slice name, struct slice bytes)
{
	struct text address = {0}, slug = {0};
	size_t start = name.size, dot;

	while (start > 0 && name.data[start - 1] != '/')
		start--;
	name = slice_from(name, start);
	dot = name.size;
	while (dot > 0 && name.data[dot - 1] != '.')
		dot--;
	text_puts(&address, "assets/");
	unicode_slug(&slug, (struct slice){name.data, dot > 0 ? dot - 1 : name.size});
	text_puts(&address, slug.size > 0 ? slug.data : "bestand");
	text_free(&slug);
	text_printf(&address, ".%016llx", (unsigned long long)slice_hash(bytes));
	if (dot > 0) {
		text_byte(&address, '.');
		unicode_slug(&address, slice_from(name, dot));
	}
	return text_keep(arena, &address);
}

/* Reads one file, and adds it when it may be published. */
static void assets_add(struct site *site, struct map *addresses, struct text *bytes,
	struct source_reader *reader, const struct source_file *file, struct diags *diags)
{
	struct asset *asset = &site->assets[site->asset_count];
	const char *kind = assets_kind(file->path);

	if (kind == NULL) {
		if (slice_ends(file->path, ".yaml"))
			diag_add(diags, DIAG_ASSET_YAML, (struct place){file->path.data, 0, 0},
				(char *)NULL);
		else
			assets_unknown_kind(file->path, diags);
		return;
	}
	if (source_read(bytes, reader, file, diags) != 0 ||
		(strcmp(kind, ".svg") == 0 &&
			!drawing_check(file->path.data, text_slice(bytes), diags)))
		return;
	asset->file = file;
	asset->address = assets_name(&site->arena, file->path, text_slice(bytes));
	asset->same = map_get(addresses, asset->address);
	if (asset->same == NULL) {
		asset->same = asset;
		(void)map_set(addresses, asset->address, asset);
	}
	site->asset_count++;
}

void assets_list(struct site *site, struct source_reader *reader, struct diags *diags)
{
	size_t count;
	const struct source_file *files = source_files(site->source, &count);
	struct map addresses = {0};
	struct text bytes = {0};

	site->assets = arena_new(&site->arena, count, sizeof(*site->assets));
	for (size_t i = 0; i < count; i++) {
		struct slice path = files[i].path;

		if (!slice_starts(path, "themes/") && !slice_ends(path, ".md") &&
			!slice_ends(path, ".yml"))
			assets_add(site, &addresses, &bytes, reader, &files[i], diags);
	}
	map_free(&addresses);
	text_free(&bytes);
}

static int assets_compare(const void *a, const void *b)
{
	const struct slice *path = a;
	const struct asset *asset = b;

	return slice_compare(*path, asset->file->path);
}

struct slice assets_use(const struct site *site, struct slice path, bool published)
{
	struct asset *asset = NULL;

	if (site->asset_count > 0)
		asset = bsearch(
			&path, site->assets, site->asset_count, sizeof(*asset), assets_compare);
	if (asset == NULL)
		return (struct slice){0};
	if (published)
		atomic_store_explicit(&asset->same->used, true, memory_order_relaxed);
	return asset->address;
}
