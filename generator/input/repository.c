/*
 * The door to libgit2's repositories and objects. Trees are taken apart here, from their bytes:
 * libgit2's own walk hands out what git itself would refuse, and is slower where only a few of many
 * entries matter.
 *
 * libgit2 1.5 never returns from a loose object that was cut short (its issue 7342); only a
 * repository that is damaged on disk has one, and a timeout around the program is the remedy.
 */
#include "input/repository.h"

#include <errno.h>
#include <git2.h>
#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"

#define CACHED_TREE ((size_t)1 << 20)	 /* bytes of a tree that is worth keeping */
#define CACHE_LIMIT ((ssize_t)64 << 20)	 /* bytes of all that is kept */
#define QUARANTINE "GIT_QUARANTINE_PATH" /* set by git receive-pack for its hooks */

_Static_assert(GIT_OID_RAWSZ == 20, "ids are SHA-1");

static int fail(struct diags *diags, enum diag_code code, const char *path)
{
	const git_error *error = git_error_last();
	const char *text = error != NULL ? error->message : "?";

	/* libgit2 names the extension of the format that it does not know. */
	if (strstr(text, "objectformat") != NULL)
		code = DIAG_GIT_SHA256;
	diag_add(diags, code, (struct place){.path = ""}, path, text, (char *)NULL);
	return -1;
}

/*
 * Settings of the whole library, made while nothing else runs in it. Whose repository it is we
 * check ourselves, since libgit2's answer misleads, and settings from outside the repository would
 * make the output differ between machines.
 */
static void set_up(void)
{
	static const int levels[] = {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
		GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL};

	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, CACHED_TREE);
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, CACHE_LIMIT);
}

/* Root may read what it likes, and what root owns anybody may trust. */
static int check_owner(const char *path, struct diags *diags)
{
	struct stat status;
	uid_t user = geteuid();

	if (stat(path, &status) != 0)
		return diag_io(diags, path, errno);
	if (user == 0 || status.st_uid == user || status.st_uid == 0)
		return 0;
	diag_add(diags, DIAG_GIT_OWNER, (struct place){.path = ""}, path, (char *)NULL);
	return -1;
}

/* Makes the handle complete: its object store, with what a push has brought. */
static int finish_open(struct repository *repository)
{
	const char *quarantine = getenv(QUARANTINE);

	if (git_repository_odb(&repository->objects, repository->git) != 0)
		return -1;
	if (quarantine == NULL || quarantine[0] != '/')
		return 0;
	return git_odb_add_disk_alternate(repository->objects, quarantine);
}

int repository_open(struct repository **out, const char *path, bool above, struct diags *diags)
{
	struct repository *repository = mem_new(1, sizeof(*repository));
	int status;

	git_libgit2_init();
	set_up();
	status = git_repository_open_ext(
		&repository->git, path, above ? 0 : GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
	if (status == GIT_ENOTFOUND) {
		repository_free(repository);
		return 1;
	}
	if (status != 0 || finish_open(repository) != 0) {
		fail(diags, DIAG_GIT, path);
	} else if (check_owner(git_repository_path(repository->git), diags) == 0 &&
		   check_owner(git_repository_commondir(repository->git), diags) == 0) {
		*out = repository;
		return 0;
	}
	repository_free(repository);
	return -1;
}

int repository_again(
	struct repository **out, const struct repository *repository, struct diags *diags)
{
	struct repository *again = mem_new(1, sizeof(*again));
	const char *path = git_repository_path(repository->git);

	git_libgit2_init();
	if (git_repository_open_ext(&again->git, path,
		    GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT, NULL) != 0 ||
		finish_open(again) != 0) {
		fail(diags, DIAG_GIT, path);
		repository_free(again);
		return -1;
	}
	*out = again;
	return 0;
}

void repository_free(struct repository *repository)
{
	if (repository == NULL)
		return;
	git_odb_free(repository->objects);
	git_repository_free(repository->git);
	git_libgit2_shutdown();
	free(repository);
}

bool repository_is_shallow(const struct repository *repository)
{
	return git_repository_is_shallow(repository->git) == 1;
}

const char *repository_folder(const struct repository *repository)
{
	return git_repository_workdir(repository->git);
}

const char *repository_path(const struct repository *repository)
{
	return git_repository_path(repository->git);
}

int repository_resolve(unsigned char *out, const struct repository *repository,
	const char *revision, struct diags *diags)
{
	git_object *named = NULL, *commit = NULL;
	int status = -1;

	/* "REV:PATH" would read a whole file, and never is a commit. */
	if (revision[0] != '\0' && strchr(revision, ':') == NULL)
		status = git_revparse_single(&named, repository->git, revision);
	if (status == 0)
		status = git_object_peel(&commit, named, GIT_OBJECT_COMMIT);
	if (status == 0)
		memcpy(out, git_object_id(commit)->id, GIT_OID_RAWSZ);
	else
		diag_add(diags, DIAG_REVISION, (struct place){.path = ""}, revision,
			git_repository_path(repository->git), (char *)NULL);
	git_object_free(commit);
	git_object_free(named);
	return status == 0 ? 0 : -1;
}

int repository_head(unsigned char *out, const struct repository *repository, struct diags *diags)
{
	git_oid id;
	int status = git_reference_name_to_id(&id, repository->git, "HEAD");

	if (status == GIT_ENOTFOUND)
		return 1;
	if (status != 0)
		return fail(diags, DIAG_GIT, git_repository_path(repository->git));
	memcpy(out, id.id, GIT_OID_RAWSZ);
	return 0;
}

/* libgit2's form of an id. */
static git_oid oid_of(const unsigned char *id)
{
	git_oid oid;

	git_oid_fromraw(&oid, id);
	return oid;
}

int repository_id(unsigned char *out, const char *hexadecimal)
{
	git_oid id;

	if (strlen(hexadecimal) != GIT_OID_HEXSZ || git_oid_fromstr(&id, hexadecimal) != 0)
		return -1;
	memcpy(out, id.id, GIT_OID_RAWSZ);
	return 0;
}

int repository_tree(
	unsigned char *out, const struct repository *repository, const unsigned char *commit)
{
	git_oid id = oid_of(commit);
	git_commit *found = NULL;

	if (git_commit_lookup(&found, repository->git, &id) != 0)
		return -1;
	memcpy(out, git_commit_tree_id(found)->id, GIT_OID_RAWSZ);
	git_commit_free(found);
	return 0;
}

void repository_check_ids(bool check)
{
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, check ? 1 : 0);
}

static int read_header(
	size_t *size, const struct repository *repository, const git_oid *id, git_object_t wanted)
{
	git_object_t type;

	return git_odb_read_header(size, &type, repository->objects, id) == 0 && type == wanted
		       ? 0
		       : -1;
}

int object_read(struct object *out, const struct repository *repository, const unsigned char *id,
	enum object_kind kind, uint64_t limit)
{
	git_oid oid = oid_of(id);
	git_object_t wanted = kind == OBJECT_TREE ? GIT_OBJECT_TREE : GIT_OBJECT_BLOB;
	git_odb_object *found = NULL;
	size_t size;

	if (limit > 0 &&
		(read_header(&size, repository, &oid, wanted) != 0 || (uint64_t)size > limit))
		return -1;
	if (git_odb_read(&found, repository->objects, &oid) != 0)
		return -1;
	if (git_odb_object_type(found) != wanted) {
		git_odb_object_free(found);
		return -1;
	}
	out->handle = found;
	out->bytes = (struct slice){git_odb_object_data(found), (size_t)git_odb_object_size(found)};
	return 0;
}

void object_free(struct object *object)
{
	git_odb_object_free(object->handle);
	*object = (struct object){0};
}

int object_size(uint64_t *out, const struct repository *repository, const unsigned char *id)
{
	git_oid oid = oid_of(id);
	size_t size;

	if (read_header(&size, repository, &oid, GIT_OBJECT_BLOB) != 0)
		return -1;
	*out = size;
	return 0;
}

/* "100644 name", NUL, 20 bytes: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
bool entry_next(struct tree_entry *out, struct slice *rest)
{
	unsigned mode = 0;
	size_t at = 0, end;

	while (at < rest->size && at < 7 && rest->data[at] >= '0' && rest->data[at] <= '7')
		mode = mode * 8 + (unsigned)(rest->data[at++] - '0');
	if (at == 0 || at >= rest->size || rest->data[at] != ' ')
		return false;
	at++;
	end = at + slice_find(slice_from(*rest, at), '\0');
	if (rest->size < end + 1 + GIT_OID_RAWSZ)
		return false;
	out->mode = mode;
	out->name = (struct slice){rest->data + at, end - at};
	out->id = (const unsigned char *)rest->data + end + 1;
	*rest = slice_from(*rest, end + 1 + GIT_OID_RAWSZ);
	return true;
}

static int byte_behind(const struct tree_entry *entry, size_t at)
{
	if (at < entry->name.size)
		return (unsigned char)entry->name.data[at];
	return (entry->mode & ENTRY_KIND) == ENTRY_FOLDER ? '/' : '\0';
}

int entry_compare(const struct tree_entry *a, const struct tree_entry *b)
{
	size_t shared = a->name.size < b->name.size ? a->name.size : b->name.size;
	int order = shared > 0 ? memcmp(a->name.data, b->name.data, shared) : 0;

	if (order != 0)
		return order;
	order = byte_behind(a, shared) - byte_behind(b, shared);
	if (order != 0 || a->name.size == b->name.size)
		return order;
	return a->name.size < b->name.size ? -1 : 1;
}

static int find_in(struct tree_entry *out, struct slice tree, struct slice name)
{
	while (entry_next(out, &tree))
		if (slice_equal(out->name, name))
			return 0;
	return 1;
}

int entry_find(unsigned *mode, unsigned char *out, const struct repository *repository,
	const unsigned char *tree, struct slice path)
{
	unsigned char id[GIT_OID_RAWSZ];

	memcpy(id, tree, sizeof(id));
	while (true) {
		size_t end = slice_find(path, '/');
		struct object object = {0};
		struct tree_entry entry;
		int status;

		if (object_read(&object, repository, id, OBJECT_TREE, OBJECT_TREE_LIMIT) != 0)
			return -1;
		status = find_in(&entry, object.bytes, (struct slice){path.data, end});
		if (status == 0) {
			memcpy(id, entry.id, sizeof(id));
			*mode = entry.mode;
		}
		object_free(&object);
		if (status != 0)
			return status;
		if (end == path.size)
			break;
		if ((*mode & ENTRY_KIND) != ENTRY_FOLDER)
			return 1;
		path = slice_from(path, end + 1);
	}
	memcpy(out, id, sizeof(id));
	return 0;
}
