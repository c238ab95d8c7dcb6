/*
 * Decides what a site is read from, lets its files be listed, and reads them.
 *
 * A folder is read from disk, whatever git has: an editor sees what he typed. Its history comes
 * from HEAD of the repository that it lies in.
 */
#include "input/source.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/fs.h"
#include "input/folder.h"
#include "input/repository.h"
#include "input/revision.h"

struct source {
	char *path;		       /* absolute */
	bool is_folder;		       /* read from disk, not from the object store */
	struct repository *repository; /* NULL: none, or one without a commit */
	unsigned char commit[20];
	struct text prefix;
	struct tree tree;
	struct map paths; /* path → struct source_file */
};

struct source_reader {
	const struct source *source;
	struct repository *repository; /* opened when it is needed first */
	struct text path;
	struct text prefixed;
};

/* The messages that come with -1. */
static int fail(struct diags *diags, enum diag_code code, const char *what)
{
	diag_add(diags, code, (struct place){.path = ""}, what, (char *)NULL);
	return -1;
}

static bool has_content(const char *path)
{
	struct text name = {0};
	struct stat status;
	bool has;

	text_printf(&name, "%s/%s", path, tree_tops[0]);
	has = stat(name.data, &status) == 0;
	text_free(&name);
	return has;
}

/* Sets the prefix: the way from the repository's checkout to the site. False when there is none. */
static bool find_prefix(struct source *source)
{
	const char *checkout = repository_folder(source->repository);
	char *real = checkout != NULL ? realpath(checkout, NULL) : NULL;
	size_t size = real != NULL ? strlen(real) : 0;
	bool within;

	if (real == NULL)
		return false;
	if (size > 0 && real[size - 1] == '/') /* the root of the file system */
		size--;
	within = strncmp(source->path, real, size) == 0 &&
		 (source->path[size] == '/' || source->path[size] == '\0');
	if (within && source->path[size] == '/' && source->path[size + 1] != '\0')
		text_printf(&source->prefix, "%s/", source->path + size + 1);
	free(real);
	return within;
}

static void forget_repository(struct source *source)
{
	repository_free(source->repository);
	source->repository = NULL;
}

/* A folder: its history is a gain, so it may lack a repository. */
static int find_history(struct source *source, struct diags *diags)
{
	int status = repository_open(&source->repository, source->path, true, diags);

	if (status != 0)
		return status < 0 ? -1 : 0;
	if (repository_folder(source->repository) == NULL && !has_content(source->path)) {
		source->is_folder = false;
		return repository_resolve(source->commit, source->repository, "HEAD", diags);
	}
	status = find_prefix(source) ? repository_head(source->commit, source->repository, diags)
				     : 1;
	if (status == 1)
		forget_repository(source);
	return status < 0 ? -1 : 0;
}

static int find_revision(struct source *source, const char *revision, struct diags *diags)
{
	int status = repository_open(&source->repository, source->path, false, diags);

	if (status == 1) {
		status = repository_open(&source->repository, source->path, true, diags);
		if (status == 1 || (status == 0 && !find_prefix(source)))
			return fail(diags, DIAG_GIT_NONE, source->path);
	}
	if (status != 0)
		return -1;
	return repository_resolve(source->commit, source->repository, revision, diags);
}

static int list(struct source *source, const char *name)
{
	struct tree *tree = &source->tree;
	int status = source->is_folder ? folder_list(tree, source->path)
				       : revision_list(tree, source->repository, source->commit,
						 text_slice(&source->prefix));

	if (status < 0)
		return -1;
	tree_sort(tree);
	for (size_t i = 0; i < tree->count; i++)
		map_set(&source->paths, tree->files[i].path, &tree->files[i]);
	if (source_find(source, slice_of("content/site.yml")) == NULL)
		return fail(tree->diags, DIAG_SITE_MISSING, name);
	return 0;
}

int source_open(struct source **out, const char *path, const char *revision, struct diags *diags)
{
	struct source *source = mem_new(1, sizeof(*source));
	int status;

	source->tree.diags = diags;
	source->is_folder = revision == NULL;
	source->path = realpath(path, NULL);
	if (source->path == NULL) {
		diag_io(diags, path, errno);
		goto fail;
	}
	status = revision == NULL ? find_history(source, diags)
				  : find_revision(source, revision, diags);
	if (status != 0 || list(source, path) != 0)
		goto fail;
	*out = source;
	return 0;
fail:
	source_free(source);
	return -1;
}

void source_free(struct source *source)
{
	if (source == NULL)
		return;
	repository_free(source->repository);
	tree_free(&source->tree);
	map_free(&source->paths);
	text_free(&source->prefix);
	free(source->path);
	free(source);
}

const struct source_file *source_files(const struct source *source, size_t *count)
{
	*count = source->tree.count;
	return source->tree.files;
}

const struct source_file *source_find(const struct source *source, struct slice path)
{
	return map_get(&source->paths, path);
}

int source_reader_open(struct source_reader **out, const struct source *source, struct diags *diags)
{
	struct source_reader *reader = mem_new(1, sizeof(*reader));

	reader->source = source;
	if (!source->is_folder &&
		repository_again(&reader->repository, source->repository, diags) != 0) {
		free(reader);
		return -1;
	}
	*out = reader;
	return 0;
}

void source_reader_free(struct source_reader *reader)
{
	if (reader == NULL)
		return;
	repository_free(reader->repository);
	text_free(&reader->path);
	text_free(&reader->prefixed);
	free(reader);
}

static int read_object(struct text *out, const struct source_reader *reader,
	const unsigned char *id, uint64_t limit, const char *path, struct diags *diags)
{
	struct object object = {0};

	if (object_read(&object, reader->repository, id, OBJECT_BLOB, limit) != 0) {
		diag_add(diags, DIAG_TREE_DAMAGED, (struct place){.path = path}, (char *)NULL);
		return -1;
	}
	text_clear(out);
	text_reserve(out, object.bytes.size);
	text_add(out, object.bytes);
	object_free(&object);
	return 0;
}

int source_read(struct text *out, struct source_reader *reader, const struct source_file *file,
	struct diags *diags)
{
	const struct source *source = reader->source;
	bool safe;

	if (!source->is_folder)
		return read_object(out, reader, file->id, 0, file->path.data, diags);
	text_clear(&reader->path);
	safe = fs_join(&reader->path, source->path, file->path) == 0;
	assert(safe); /* input/tree lets no other path in */
	(void)safe;
	text_clear(out);
	return fs_read(out, reader->path.data, tree_limit(file->path), diags);
}

/* Sees to it that the reader has a repository. Returns 1 when the site has none. */
static int need_repository(struct source_reader *reader, struct diags *diags)
{
	const struct source *source = reader->source;

	if (reader->repository != NULL)
		return 0;
	if (source->repository == NULL)
		return 1;
	return repository_again(&reader->repository, source->repository, diags);
}

int source_read_at(struct text *out, struct source_reader *reader, const char *commit,
	struct slice path, struct diags *diags)
{
	unsigned char id[20], tree[20];
	unsigned mode;
	int status = need_repository(reader, diags);

	if (status != 0)
		return status;
	if (repository_id(id, commit) != 0 || repository_tree(tree, reader->repository, id) != 0)
		return 1;
	text_clear(&reader->prefixed);
	text_add(&reader->prefixed, source_prefix(reader->source));
	text_add(&reader->prefixed, path);
	status = entry_find(&mode, id, reader->repository, tree, text_slice(&reader->prefixed));
	if (status < 0) {
		diag_add(diags, DIAG_TREE_DAMAGED, (struct place){.path = reader->prefixed.data},
			(char *)NULL);
		return -1;
	}
	if (status == 1 || (mode & ENTRY_KIND) != ENTRY_FILE)
		return 1;
	return read_object(out, reader, id, tree_limit(path), reader->prefixed.data, diags);
}

int source_id_at(unsigned char *out, struct source_reader *reader, const unsigned char *commit,
	struct slice path, struct diags *diags)
{
	unsigned char tree[20];
	unsigned mode;
	int status = need_repository(reader, diags);

	if (status != 0)
		return status;
	text_clear(&reader->prefixed);
	text_add(&reader->prefixed, source_prefix(reader->source));
	text_add(&reader->prefixed, path);
	status = repository_tree(tree, reader->repository, commit);
	if (status == 0)
		status = entry_find(
			&mode, out, reader->repository, tree, text_slice(&reader->prefixed));
	if (status < 0)
		diag_add(diags, DIAG_TREE_DAMAGED, (struct place){.path = reader->prefixed.data},
			(char *)NULL);
	return status;
}

int source_read_blob(struct text *out, struct source_reader *reader, const unsigned char *id,
	struct diags *diags)
{
	assert(reader->source->repository != NULL);
	if (need_repository(reader, diags) != 0)
		return -1;
	return read_object(out, reader, id, SOURCE_MARKDOWN_LIMIT, "", diags);
}

const struct repository *source_repository(const struct source *source)
{
	return source->repository;
}

const unsigned char *source_commit(const struct source *source)
{
	return source->commit;
}

struct slice source_prefix(const struct source *source)
{
	return text_slice(&source->prefix);
}
