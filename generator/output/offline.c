/*
 * Stands between who writes and where it goes. Of each file it keeps the path, the size and a
 * checksum; at the end they are sorted, so that a scope's own files are neighbours.
 */
#include "output/offline.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/checksum.h"
#include "base/digest.h"
#include "base/mem.h"
#include "model/site.h"

#define LIST_NAME "offline.json"
#define VERSION_DIGITS 16
#define APART "op-dit-apparaat/geen-verbinding/index.html" /* what is shown for a page not kept */

struct note {
	struct slice path;
	size_t size;
	uint32_t checksum;
};

struct offline {
	const struct site *site;
	struct sink to;
	struct sink sink;
	bool lists;	       /* the site is of a size to be kept */
	pthread_mutex_t mutex; /* guards what is below */
	struct arena arena;
	struct note *notes;
	size_t count;
	size_t capacity;
};

/* A file that is written in pieces. */
struct piecewise {
	struct offline *offline;
	struct sink_file *file;
	struct slice path;
	size_t size;
	uint32_t checksum;
};

/* ---- Noting */

static void note_file(struct offline *offline, struct slice path, size_t size, uint32_t checksum)
{
	pthread_mutex_lock(&offline->mutex);
	offline->notes = mem_grow(
		offline->notes, offline->count, &offline->capacity, sizeof(*offline->notes));
	offline->notes[offline->count++] = (struct note){
		.path = slice_keep(&offline->arena, path), .size = size, .checksum = checksum};
	pthread_mutex_unlock(&offline->mutex);
}

static int write_through(void *to, struct slice path, struct slice bytes, struct diags *diags)
{
	struct offline *offline = to;

	if (offline->lists)
		note_file(offline, path, bytes.size, checksum_of(0, bytes));
	return sink_write(&offline->to, path, bytes, diags);
}

static int begin_through(void **out, void *to, struct slice path, struct diags *diags)
{
	struct offline *offline = to;
	struct sink_file *file;
	struct piecewise *piecewise;

	if (sink_begin(&file, &offline->to, path, diags) != 0)
		return -1;
	piecewise = mem_new(1, sizeof(*piecewise));
	*piecewise = (struct piecewise){.offline = offline, .file = file};
	piecewise->path = (struct slice){mem_copy(path.data, path.size), path.size};
	*out = piecewise;
	return 0;
}

static int append_through(void *file, struct slice bytes, struct diags *diags)
{
	struct piecewise *piecewise = file;

	piecewise->size += bytes.size;
	if (piecewise->offline->lists)
		piecewise->checksum = checksum_of(piecewise->checksum, bytes);
	return sink_append(piecewise->file, bytes, diags);
}

static void free_piecewise(struct piecewise *piecewise)
{
	free((void *)(uintptr_t)piecewise->path.data);
	free(piecewise);
}

static int end_through(void *file, struct diags *diags)
{
	struct piecewise *piecewise = file;
	int result = sink_end(piecewise->file, diags);

	if (piecewise->offline->lists)
		note_file(
			piecewise->offline, piecewise->path, piecewise->size, piecewise->checksum);
	free_piecewise(piecewise);
	return result;
}

static void abandon_through(void *file)
{
	struct piecewise *piecewise = file;

	sink_abandon(piecewise->file);
	free_piecewise(piecewise);
}

static const struct sink_kind through = {
	write_through, begin_through, append_through, end_through, abandon_through};

void offline_open(struct offline **out, const struct site *site, const struct sink *to)
{
	struct offline *offline = mem_new(1, sizeof(*offline));

	*offline = (struct offline){
		.site = site, .to = *to, .lists = site->national_count <= OFFLINE_PAGES};
	pthread_mutex_init(&offline->mutex, NULL);
	offline->sink = (struct sink){&through, offline};
	*out = offline;
}

const struct sink *offline_sink(const struct offline *offline)
{
	return &offline->sink;
}

void offline_close(struct offline *offline)
{
	if (offline == NULL)
		return;
	pthread_mutex_destroy(&offline->mutex);
	arena_free(&offline->arena);
	free(offline->notes);
	free(offline);
}

/* ---- The lists */

/* A page that is there for who is on line: what changed, and lists for machines. */
static bool is_left_out(struct slice path)
{
	static const char *const ends[] = {"/geschiedenis/index.html", "atom.xml", "opensearch.xml",
		LIST_NAME, "sitemap.xml", "robots.txt", "404.html", "offline.js",
		"zoek/index.json"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (slice_ends(path, ends[i]))
			return true;
	return slice_starts(path, ".") || slice_starts(path, "sitemap-");
}

/* Whether the scope whose addresses start with `root` ("" is the nation) needs the file. */
static bool is_of_scope(struct slice root, struct slice path)
{
	if (is_left_out(path))
		return false;
	if (slice_starts(path, "assets/"))
		return true;
	if (root.size > 0)
		return slice_starts(path, root.data) || slice_is(path, APART) ||
		       (slice_starts(path, "zoek/") && slice_ends(path, ".json"));
	return !slice_starts(path, "regio/") || slice_is(path, "regio/index.html") ||
	       slice_is(path, "regio/regios.json");
}

/* "regio/foodvalley/index.html" is asked for as "regio/foodvalley/". */
static struct slice address_of(struct slice path)
{
	if (slice_is(path, "index.html") || slice_ends(path, "/index.html"))
		path.size -= sizeof("index.html") - 1;
	return path;
}

/* Appends the version of the files that the scope needs, and counts their bytes. */
static void add_version(
	struct text *out, size_t *bytes, const struct offline *offline, struct slice root)
{
	unsigned char sum[DIGEST_SIZE];
	struct text all = {0}, digits = {0};

	*bytes = 0;
	for (size_t i = 0; i < offline->count; i++) {
		const struct note *note = &offline->notes[i];

		if (!is_of_scope(root, note->path))
			continue;
		*bytes += note->size;
		text_add(&all, note->path);
		text_printf(&all, " %zu %08lx\n", note->size, (unsigned long)note->checksum);
	}
	digest_of(sum, text_slice(&all));
	digest_write(&digits, sum);
	text_add(out, (struct slice){digits.data, VERSION_DIGITS});
	text_free(&all);
	text_free(&digits);
}

static int write_list(struct offline *offline, struct slice root, struct diags *diags)
{
	struct text path = {0}, json = {0};
	const char *between = "";
	size_t bytes;
	int result;

	text_puts(&json, "{\"versie\":\"");
	add_version(&json, &bytes, offline, root);
	text_printf(&json, "\",\"bytes\":%zu,\"bestanden\":[", bytes);
	for (size_t i = 0; i < offline->count; i++) {
		if (!is_of_scope(root, offline->notes[i].path))
			continue;
		text_puts(&json, between);
		text_json(&json, address_of(offline->notes[i].path));
		between = ",";
	}
	text_puts(&json, "]}\n");
	text_add(&path, root);
	text_puts(&path, LIST_NAME);
	result = sink_write(&offline->to, text_slice(&path), text_slice(&json), diags);
	text_free(&path);
	text_free(&json);
	return result;
}

static int compare_notes(const void *a, const void *b)
{
	const struct note *left = a, *right = b;

	return slice_compare(left->path, right->path);
}

int offline_write(struct offline *offline, struct diags *diags)
{
	int result;

	if (!offline->lists)
		return 0;
	if (offline->count > 1)
		qsort(offline->notes, offline->count, sizeof(*offline->notes), compare_notes);
	result = write_list(offline, slice_of(""), diags);
	for (size_t r = 0; result == 0 && r < offline->site->region_count; r++) {
		struct text root = {0};

		region_address(&root, &offline->site->regions[r], slice_of(""));
		result = write_list(offline, text_slice(&root), diags);
		text_free(&root);
	}
	return result;
}
