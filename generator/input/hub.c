/*
 * By libgit2. input/repository has seen to it that nothing but the repository's own settings is
 * read; they are written at the level of the repository too.
 */
#include "input/hub.h"

#include <git2.h>
#include <string.h>

#include "base/diag.h"
#include "input/repository.h"

static int fail(const struct repository *repository, struct diags *diags)
{
	const git_error *error = git_error_last();

	diag_add(diags, DIAG_GIT, (struct place){.path = ""}, repository_path(repository),
		error != NULL ? error->message : "?", (char *)NULL);
	return -1;
}

bool hub_is_bare(const struct repository *repository)
{
	return git_repository_is_bare(repository->git) == 1;
}

int hub_setting(struct text *out, const struct repository *repository, const char *name)
{
	git_config *config = NULL;
	git_buf value = GIT_BUF_INIT;
	int status = git_repository_config(&config, repository->git);

	if (status == 0)
		status = git_config_get_string_buf(&value, config, name);
	if (status == 0)
		text_add(out, (struct slice){value.ptr, value.size});
	git_buf_dispose(&value);
	git_config_free(config);
	return status == GIT_ENOTFOUND ? 1 : status == 0 ? 0 : -1;
}

bool hub_is_set(const struct repository *repository, const char *name)
{
	git_config *config = NULL;
	int yes = 0;

	if (git_repository_config(&config, repository->git) != 0 ||
		git_config_get_bool(&yes, config, name) != 0)
		yes = 0;
	git_config_free(config);
	return yes != 0;
}

int hub_set(const struct repository *repository, const char *name, const char *value,
	struct diags *diags)
{
	git_config *all = NULL, *own = NULL;
	struct text now = {0};
	int status = 0;

	if (hub_setting(&now, repository, name) != 0 || !slice_is(text_slice(&now), value)) {
		status = git_repository_config(&all, repository->git);
		if (status == 0)
			status = git_config_open_level(&own, all, GIT_CONFIG_LEVEL_LOCAL);
		if (status == 0)
			status = git_config_set_string(own, name, value);
	}
	if (status != 0)
		fail(repository, diags);
	text_free(&now);
	git_config_free(own);
	git_config_free(all);
	return status == 0 ? 0 : -1;
}

void hub_settings(const struct repository *repository, const char *prefix,
	void (*each)(void *context, const char *name, const char *value), void *context)
{
	git_config *config = NULL;
	git_config_iterator *iterator = NULL;
	git_config_entry *entry;

	if (git_repository_config(&config, repository->git) == 0 &&
		git_config_iterator_new(&iterator, config) == 0)
		while (git_config_next(&entry, iterator) == 0)
			if (slice_starts(slice_of(entry->name), prefix))
				each(context, entry->name,
					entry->value != NULL ? entry->value : "true");
	git_config_iterator_free(iterator);
	git_config_free(config);
}

int hub_published(struct text *out, const struct repository *repository, struct diags *diags)
{
	git_reference *head = NULL;
	const char *target;
	int set = hub_setting(out, repository, HUB_REFERENCE);

	if (set <= 0)
		return set == 0 ? 0 : fail(repository, diags);
	if (git_reference_lookup(&head, repository->git, "HEAD") != 0)
		return fail(repository, diags);
	target = git_reference_symbolic_target(head);
	if (target != NULL)
		text_puts(out, target);
	else
		diag_add(diags, DIAG_HUB_HEAD, (struct place){.path = ""},
			repository_path(repository), (char *)NULL);
	git_reference_free(head);
	return target != NULL ? 0 : -1;
}

int hub_find(unsigned char *out, const struct repository *repository, const char *name,
	struct diags *diags)
{
	git_oid id;
	int status = git_reference_name_to_id(&id, repository->git, name);

	if (status == GIT_ENOTFOUND)
		return 1;
	if (status != 0)
		return diags != NULL ? fail(repository, diags) : -1;
	memcpy(out, id.id, GIT_OID_RAWSZ);
	return 0;
}

int hub_list(const struct repository *repository, const char *prefix,
	int (*each)(void *context, const char *rest), void *context, struct diags *diags)
{
	git_reference_iterator *iterator = NULL;
	const char *name;
	int status, result = 0;

	if (git_reference_iterator_new(&iterator, repository->git) != 0)
		return fail(repository, diags);
	while (result == 0 && (status = git_reference_next_name(&name, iterator)) == 0)
		if (strncmp(name, prefix, strlen(prefix)) == 0)
			result = each(context, name + strlen(prefix));
	if (result == 0 && status != GIT_ITEROVER)
		result = fail(repository, diags);
	git_reference_iterator_free(iterator);
	return result;
}

bool hub_is_commit(const struct repository *repository, const unsigned char *id)
{
	git_oid oid;
	size_t size;
	git_object_t type;

	git_oid_fromraw(&oid, id);
	return git_odb_read_header(&size, &type, repository->objects, &oid) == 0 &&
	       type == GIT_OBJECT_COMMIT;
}

int hub_follows(
	const struct repository *repository, const unsigned char *id, const unsigned char *older)
{
	git_oid commit, ancestor;

	git_oid_fromraw(&commit, id);
	git_oid_fromraw(&ancestor, older);
	if (git_oid_equal(&commit, &ancestor))
		return 1;
	return git_graph_descendant_of(repository->git, &commit, &ancestor);
}

bool hub_is_small(
	const struct repository *repository, const unsigned char *id, const unsigned char *older)
{
	git_revwalk *walk = NULL;
	git_oid commit, hidden;
	bool small = true;
	size_t count = 0;

	git_oid_fromraw(&commit, id);
	git_oid_fromraw(&hidden, older);
	if (git_revwalk_new(&walk, repository->git) != 0 || git_revwalk_push(walk, &commit) != 0 ||
		git_revwalk_hide(walk, &hidden) != 0)
		small = false;
	while (small && git_revwalk_next(&commit, walk) == 0) {
		git_commit *found = NULL;

		small = git_commit_lookup(&found, repository->git, &commit) == 0 &&
			slice_starts(slice_of(git_commit_summary(found)), "klein:");
		git_commit_free(found);
		count++;
	}
	git_revwalk_free(walk);
	return small && count > 0;
}

void hub_digits(char out[41], const unsigned char *id)
{
	git_oid oid;

	git_oid_fromraw(&oid, id);
	git_oid_tostr(out, GIT_OID_HEXSZ + 1, &oid);
}
