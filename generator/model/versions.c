/*
 * Blobs go by their id: a version that two commits share, or two questions, is parsed once.
 */
#include "model/versions.h"

#include <string.h>

#include "base/diag.h"
#include "input/ancestry.h"
#include "input/commits.h"
#include "input/history.h"
#include "input/markdown.h"
#include "input/repository.h"
#include "input/source.h"
#include "input/yaml.h"
#include "model/overlay_plan.h"
#include "model/site.h"

#define ID_SIZE 20

static const unsigned char nothing[ID_SIZE];

void versions_open(struct versions *out, const struct site *site, struct source_reader *reader,
	enum wording_form form)
{
	*out = (struct versions){.site = site, .reader = reader, .form = form};
}

void versions_close(struct versions *versions)
{
	map_free(&versions->blobs);
	map_free(&versions->files);
	arena_free(&versions->arena);
}

/* The version that the bytes are, or when they could not be read, one that is refused. */
static struct version *keep(struct versions *versions, const struct text *bytes, bool good)
{
	struct version *version = arena_new(&versions->arena, 1, sizeof(*version));

	version->parsed = version->refused = !good;
	if (good)
		version->bytes = slice_keep(&versions->arena, text_slice(bytes));
	return version;
}

/* What cannot be read is no fault of today's content: nothing is said of it. */
struct version *versions_blob(struct versions *versions, const unsigned char *id)
{
	struct slice key = {(const char *)id, ID_SIZE};
	struct version *version = map_get(&versions->blobs, key);
	struct diags *quiet;
	struct text bytes = {0};
	bool good;

	if (version != NULL)
		return version;
	quiet = diag_new();
	good = memcmp(id, nothing, ID_SIZE) == 0 ||
	       source_read_blob(&bytes, versions->reader, id, quiet) == 0;
	version = keep(versions, &bytes, good);
	(void)map_set(&versions->blobs, slice_keep(&versions->arena, key), version);
	text_free(&bytes);
	diag_free(quiet);
	return version;
}

struct version *versions_now(struct versions *versions, const struct page *page)
{
	struct version *version = map_get(&versions->files, page->file);
	const struct source_file *file = source_find(versions->site->source, page->file);
	struct diags *quiet;
	struct text bytes = {0};
	bool good;

	if (version != NULL)
		return version;
	quiet = diag_new(); /* it was said when the site was loaded */
	good = source_read(&bytes, versions->reader, file, quiet) == 0;
	version = keep(versions, &bytes, good);
	(void)map_set(&versions->files, page->file, version);
	text_free(&bytes);
	diag_free(quiet);
	return version;
}

/* One name: 1 when there is no file of that name. */
static int find_name(unsigned char *out, const struct source *source, struct slice name,
	const unsigned char *tree)
{
	struct text path = {0};
	unsigned mode = 0;
	int status;

	text_add(&path, source_prefix(source));
	text_add(&path, name);
	status = entry_find(&mode, out, source_repository(source), tree, text_slice(&path));
	text_free(&path);
	return status == 0 && (mode & ENTRY_KIND) != ENTRY_FILE ? 1 : status;
}

/* True when an earlier change in the list has the same path, or the file has it now. */
static bool is_tried(const struct history_file *file, size_t at)
{
	struct slice path = file->changes[at].path;

	for (size_t i = 0; i < at; i++)
		if (slice_equal(file->changes[i].path, path))
			return true;
	return slice_equal(file->path, path);
}

/* True when the file had this name at the commit or before it: another file may have had it first.
 */
static bool was_named(const struct history_file *file, struct slice name, struct ancestry *ancestry,
	size_t commit)
{
	for (size_t i = 0; i < file->change_count; i++)
		if (slice_equal(file->changes[i].path, name) &&
			ancestry_has(ancestry, commit, file->changes[i].commit->place))
			return true;
	return false;
}

int versions_at(unsigned char *out, struct versions *versions, const struct history_file *file,
	struct ancestry *ancestry, size_t commit)
{
	const struct source *source = versions->site->source;
	unsigned char tree[ID_SIZE], id[ID_SIZE];
	bool named = was_named(file, file->path, ancestry, commit);
	int status = 1;

	if (repository_tree(tree, source_repository(source), ancestry->commits->list[commit].id) !=
		0)
		return -1;
	if (named)
		status = find_name(id, source, file->path, tree);
	for (size_t i = 0; i < file->change_count && status > 0; i++) {
		struct slice name = file->changes[i].path;

		if (is_tried(file, i) || !was_named(file, name, ancestry, commit))
			continue;
		named = true;
		status = find_name(id, source, name, tree);
	}
	/* On a side of a merge that history left out it has the name of now, or none. */
	if (!named)
		status = find_name(id, source, file->path, tree);
	if (status < 0)
		return -1;
	memcpy(out, status == 0 ? id : nothing, ID_SIZE);
	return 0;
}

const struct document *versions_parse(struct versions *versions, struct version *version)
{
	if (!version->parsed && version->bytes.size > 0) {
		struct diags *quiet = diag_new();
		struct slice front, body;
		unsigned line;

		version->refused =
			yaml_split(&front, &body, &line, version->bytes, "", quiet) != 0 ||
			markdown_wording(
				&version->document, &versions->arena, body, versions->form) != 0;
		diag_free(quiet);
	}
	version->parsed = true;
	return version->refused ? NULL : &version->document;
}

struct slice versions_section(const struct document *document, const struct section *section)
{
	size_t found = document->count, first, end;
	struct slice text;

	if (document->count == 0)
		return (struct slice){0};
	for (size_t i = 1; i < document->count && found == document->count; i++)
		if (slice_equal(document->sections[i].id, section->id))
			found = i;
	for (size_t i = 1; i < document->count && found == document->count; i++)
		if (overlay_same_title(document->sections[i].title, section->title))
			found = i;
	first = section->level > 1 ? found : 0;
	end = section->level > 1 ? found : document->count;
	if (first == document->count)
		return (struct slice){0};
	if (section->level > 1)
		end = overlay_end(document->sections, document->count, found);
	text = document->sections[first].text;
	for (size_t i = first + 1; i < end; i++)
		text.size += document->sections[i].text.size;
	return text;
}

/* The lines that say where links lead, or all others. */
static void pick_lines(struct text *out, struct slice text, bool links)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		if ((slice_starts(line, "<") && slice_ends(line, ">")) != links)
			continue;
		text_add(out, line);
		text_byte(out, '\n');
	}
}

void versions_trim(struct slice *before, struct slice *after, struct arena *arena)
{
	struct text links = {0}, other = {0};
	size_t end = slice_find(*before, '\n');

	if (end < before->size && end < after->size &&
		memcmp(before->data, after->data, end + 1) == 0) {
		*before = slice_from(*before, end + 1);
		*after = slice_from(*after, end + 1);
	}
	pick_lines(&links, *before, true);
	pick_lines(&other, *after, true);
	if (slice_equal(text_slice(&links), text_slice(&other))) {
		text_clear(&links);
		text_clear(&other);
		pick_lines(&links, *before, false);
		pick_lines(&other, *after, false);
		*before = slice_keep(arena, text_slice(&links));
		*after = slice_keep(arena, text_slice(&other));
	}
	text_free(&links);
	text_free(&other);
}
