/*
 * Commits by libgit2. The graph is read whole, in topological order; of most commits nothing else
 * is ever asked. Names come from the .mailmap of the revision itself, not from the checkout or the
 * configuration, so that a folder and a bare repository say the same.
 */
#include "input/commits.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "input/repository.h"

#define MAILMAP_LIMIT ((uint64_t)1 << 20) /* bytes */
#define LAST_TIME INT64_C(253402300799)	  /* the end of the year 9999 */
#define DAY 1440			  /* minutes */

static int fail(const struct repository *repository, struct diags *diags)
{
	const git_error *error = git_error_last();

	diag_add(diags, DIAG_GIT, (struct place){.path = ""}, repository_path(repository),
		error != NULL ? error->message : "?", (char *)NULL);
	return -1;
}

static void read_mailmap(struct commits *commits)
{
	unsigned char id[20];
	unsigned mode;
	struct object object = {0};

	if (repository_tree(id, commits->repository, commits->list[0].id) == 0 &&
		entry_find(&mode, id, commits->repository, id, slice_of(".mailmap")) == 0 &&
		(mode & ENTRY_KIND) == ENTRY_FILE &&
		object_read(&object, commits->repository, id, OBJECT_BLOB, MAILMAP_LIMIT) == 0 &&
		git_mailmap_from_buffer(&commits->mailmap, object.bytes.data, object.bytes.size) !=
			0)
		commits->mailmap = NULL;
	object_free(&object);
}

/* Adds the commit; its parents stand as ids in `parent_ids`, since they come later in the list. */
static int add(struct commits *commits, struct text *parent_ids, const git_oid *id)
{
	struct commit *commit;
	git_commit *found = NULL;

	if (git_commit_lookup(&found, commits->repository->git, id) != 0)
		return -1;
	commits->list =
		mem_grow(commits->list, commits->count, &commits->capacity, sizeof(*commits->list));
	commit = &commits->list[commits->count++];
	memcpy(commit->id, id->id, sizeof(commit->id));
	memcpy(commit->tree, git_commit_tree_id(found)->id, sizeof(commit->tree));
	commit->time = git_commit_time(found);
	commit->parents = parent_ids->size / GIT_OID_RAWSZ;
	commit->parent_count = git_commit_parentcount(found);
	for (unsigned i = 0; i < commit->parent_count; i++)
		text_add(
			parent_ids, (struct slice){(const char *)git_commit_parent_id(found, i)->id,
					    GIT_OID_RAWSZ});
	git_commit_free(found);
	return 0;
}

/* Finds the place of each parent by its id. */
static int link_parents(struct commits *commits, const struct text *parent_ids)
{
	size_t count = parent_ids->size / GIT_OID_RAWSZ;
	struct map places = {0};
	int status = 0;

	for (size_t i = 0; i < commits->count; i++)
		map_set(&places, (struct slice){(const char *)commits->list[i].id, GIT_OID_RAWSZ},
			&commits->list[i]);
	commits->parents = mem_new(count + 1, sizeof(*commits->parents));
	for (size_t i = 0; i < count && status == 0; i++) {
		const char *id = parent_ids->data + i * GIT_OID_RAWSZ;
		struct commit *parent = map_get(&places, (struct slice){id, GIT_OID_RAWSZ});

		if (parent == NULL)
			status = -1;
		else
			commits->parents[i] = (size_t)(parent - commits->list);
	}
	map_free(&places);
	return status;
}

int commits_read(struct commits *out, const struct repository *repository, const unsigned char *id,
	struct diags *diags)
{
	struct commits commits = {.repository = repository};
	struct text parent_ids = {0};
	git_revwalk *walk = NULL;
	git_oid next;
	int status;

	git_oid_fromraw(&next, id);
	status = git_revwalk_new(&walk, repository->git);
	if (status == 0)
		status = git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL);
	if (status == 0)
		status = git_revwalk_push(walk, &next);
	while (status == 0 && (status = git_revwalk_next(&next, walk)) == 0)
		status = add(&commits, &parent_ids, &next);
	if (status == GIT_ITEROVER && commits.count > 0)
		status = link_parents(&commits, &parent_ids);
	else
		status = -1;
	if (status == 0) {
		read_mailmap(&commits);
		*out = commits;
	} else {
		fail(repository, diags);
		commits_free(&commits);
	}
	git_revwalk_free(walk);
	text_free(&parent_ids);
	return status;
}

void commits_free(struct commits *commits)
{
	git_mailmap_free(commits->mailmap);
	free(commits->list);
	free(commits->parents);
	*commits = (struct commits){0};
}

/*
 * Text of a commit as one line of UTF-8. What is not UTF-8 is taken for Latin-1, which old clients
 * on Windows wrote; control characters become spaces.
 */
static struct slice keep_line(struct arena *arena, const char *string)
{
	struct slice rest = slice_of(string);
	bool valid = unicode_valid(rest);
	struct text line = {0};
	struct slice kept;

	while (rest.size > 0) {
		uint32_t point = (unsigned char)rest.data[0];

		rest = slice_from(rest, valid ? unicode_next(&point, rest) : 1);
		unicode_add(&line, unicode_is_control(point) ? ' ' : point);
	}
	kept = slice_keep(arena, slice_trim(text_slice(&line)));
	text_free(&line);
	return kept;
}

static bool is_text(struct slice name)
{
	return slice_is(name, "content") || slice_is(name, "playbooks");
}

/* Appends what a tree holds besides the texts of the site that lies at `prefix` in it. */
static int add_others(struct text *out, const struct repository *repository,
	const unsigned char *id, struct slice prefix)
{
	struct slice top = {prefix.data, slice_find(prefix, '/')}, rest;
	struct object tree = {0};
	struct tree_entry entry;
	int status = object_read(&tree, repository, id, OBJECT_TREE, OBJECT_TREE_LIMIT);

	rest = tree.bytes;
	while (status == 0 && entry_next(&entry, &rest)) {
		if (prefix.size > 0 && slice_equal(entry.name, top)) {
			status = add_others(
				out, repository, entry.id, slice_from(prefix, top.size + 1));
		} else if (prefix.size > 0 || !is_text(entry.name)) {
			text_add(out, entry.name);
			text_byte(out, '\0');
			text_add(out, (struct slice){(const char *)entry.id, 20});
		}
	}
	object_free(&tree);
	return status;
}

/* The first commit of all is not: it speaks of all that it brings. */
static bool is_wide(const struct commits *commits, const struct commit *commit, struct slice prefix)
{
	struct text now = {0}, before = {0};
	bool wide = commit->parent_count > 0 &&
		    add_others(&now, commits->repository, commit->tree, prefix) == 0 &&
		    add_others(&before, commits->repository,
			    commits->list[commits->parents[commit->parents]].tree, prefix) == 0 &&
		    !slice_equal(text_slice(&now), text_slice(&before));

	text_free(&now);
	text_free(&before);
	return wide;
}

int commits_describe(struct history_commit *out, struct arena *arena, const struct commits *commits,
	size_t at, struct slice prefix, struct diags *diags)
{
	const struct commit *commit = &commits->list[at];
	const git_signature *author;
	const char *name, *address;
	git_commit *found = NULL;
	git_oid id;

	git_oid_fromraw(&id, commit->id);
	if (git_commit_lookup(&found, commits->repository->git, &id) != 0)
		return fail(commits->repository, diags);
	author = git_commit_author(found);
	name = author->name;
	if (commits->mailmap != NULL)
		git_mailmap_resolve(&name, &address, commits->mailmap, author->name, author->email);
	*out = (struct history_commit){
		.time = author->when.time, .offset = author->when.offset, .place = at};
	if (out->time < 0 || out->time > LAST_TIME)
		out->time = out->time < 0 ? 0 : LAST_TIME;
	if (out->offset <= -DAY || out->offset >= DAY)
		out->offset = 0;
	out->author = keep_line(arena, name);
	out->subject = keep_line(arena, git_commit_summary(found));
	out->wide = is_wide(commits, commit, prefix);
	git_oid_tostr(out->id, sizeof(out->id), &id);
	git_commit_free(found);
	return 0;
}
