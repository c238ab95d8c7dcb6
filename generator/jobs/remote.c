/*
 * Each step is a run of rclone. Before one may change a file there, the list in remote/ loses it;
 * it gets the file again when all steps are done. So a run that was cut off, at whatever moment, is
 * made good by the next, which knows what to upload again.
 *
 * The lock stays open in rclone: when this program is killed, the next waits until that has ended,
 * and what it uploads can not come after what is newer.
 */
#include "jobs/remote.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/digest.h"
#include "base/disk.h"
#include "base/mem.h"
#include "jobs/program.h"
#include "output/compress.h"
#include "output/inventory.h"
#include "output/releases.h"

#define _(text) gettext(text)
#define LOCK "lock"
#define WORDS 24
#define KEY_SIZE 8	 /* bytes of a digest, that tell remotes apart */
#define NO_SUCH_FOLDER 3 /* rclone's exit status */

/* One remote that is being brought in line. */
struct following {
	const struct remote_options *options;
	const struct releases *site;
	struct disk state; /* remote/KEY */
	int lock;
	struct text folder;	/* the full path of the publishing folder */
	struct text release;	/* that of the release that is live */
	struct inventory files; /* its MANIFEST */
	struct inventory there; /* what the remote surely has */
	size_t changed;
	struct diags *diags;
};

/* The endings are those of compress_suffixes[]. */
static const char *const asset_flags[] = {"--size-only", "--filter", "- *.gz", "--filter", "- *.br",
	"--header-upload", "Cache-Control: public, max-age=31536000, immutable", NULL};
static const char *const changed_flags[] = {"--ignore-times", "--files-from-raw", "-",
	"--header-upload", "Cache-Control: no-cache", NULL};
static const char *const all_flags[] = {"--checksum", "--filter", "- /" RELEASES_ASSETS "/**",
	"--filter", "- /" INVENTORY_NAME, "--filter", "- *.gz", "--filter", "- *.br",
	"--header-upload", "Cache-Control: no-cache", NULL};

/* ---- rclone */

/* Appends the address of a path below the remote. */
static void add_address(struct text *out, const char *remote, const char *path)
{
	size_t size = strlen(remote);

	while (size > 0 && remote[size - 1] == '/' && (size < 2 || remote[size - 2] != ':'))
		size--;
	text_add(out, (struct slice){remote, size});
	if (path[0] != '\0' && remote[size - 1] != ':' && remote[size - 1] != '/')
		text_byte(out, '/');
	text_puts(out, path);
}

/* Runs rclone. Returns its exit status, or -1 with a message when it could not be started. */
static int run(struct following *following, const struct program *program)
{
	int status, error = program_run(&status, program);

	if (error == 0)
		return status;
	if (error == ENOENT)
		diag_add(following->diags, DIAG_REMOTE_PROGRAM, (struct place){.path = ""},
			following->options->remote, (char *)NULL);
	else
		(void)diag_io(following->diags, program->words[0], error);
	return -1;
}

static int fail(struct following *following, const char *verb, int status)
{
	struct text number = {0};

	text_printf(&number, "%d", status);
	diag_add(following->diags, DIAG_REMOTE_FAILED, (struct place){.path = ""},
		following->options->remote, verb, number.data, (char *)NULL);
	text_free(&number);
	return -1;
}

/* `rclone VERB FROM REMOTE/PATH`, with flags and the names of files for its input. */
static int carry(struct following *following, const char *verb, const char *from, const char *path,
	const char *const *flags, struct slice input)
{
	const char *words[WORDS] = {"rclone", verb, from};
	const struct program program = {.words = words, .input = input, .kept = following->lock};
	struct text address = {0};
	size_t count = 3;
	int status;

	add_address(&address, following->options->remote, path);
	words[count++] = address.data;
	if (following->options->verbosity != 0)
		words[count++] = following->options->verbosity < 0 ? "--quiet" : "--verbose";
	while (*flags != NULL)
		words[count++] = *flags++;
	status = run(following, &program);
	text_free(&address);
	return status > 0 ? fail(following, verb, status) : status;
}

/* Nothing is removed from a place that draaiboek did not fill, as far as this folder knows. */
static int check_ours(struct following *following)
{
	struct text address = {0}, names = {0};
	const char *words[] = {"rclone", "lsf", NULL, "--max-depth", "1", NULL};
	const struct program program = {.words = words, .output = &names, .kept = following->lock};
	int status;

	add_address(&address, following->options->remote, "");
	words[2] = address.data;
	status = run(following, &program);
	if (status > 0 && status != NO_SUCH_FOLDER)
		status = fail(following, "lsf", status);
	if (status == 0 && names.size > 0) {
		diag_add(following->diags, DIAG_REMOTE_FOREIGN, (struct place){.path = ""},
			following->options->remote, (char *)NULL);
		status = -1;
	}
	text_free(&address);
	text_free(&names);
	return status < 0 ? -1 : 0;
}

/* ---- What is there */

static bool is_same(const struct inventory_file *one, const struct inventory_file *other)
{
	return one != NULL && other != NULL && one->size == other->size &&
	       memcmp(one->digest, other->digest, DIGEST_SIZE) == 0;
}

static bool is_carried(struct slice path)
{
	for (size_t i = 0; i < COMPRESS_FORMATS; i++)
		if (slice_ends(path, compress_suffixes[i]))
			return false;
	return !slice_starts(path, RELEASES_ASSETS "/");
}

static int write_state(struct following *following, struct inventory *inventory)
{
	struct text list = {0};
	int result;

	inventory_write(&list, inventory);
	result = disk_replace(
		&following->state, INVENTORY_NAME, text_slice(&list), following->diags);
	text_free(&list);
	return result;
}

/* Takes out of the list what will change; appends the names of what is to be uploaded. */
static int expect_changes(struct text *names, struct following *following)
{
	struct inventory sure = {0};
	int result;

	inventory_start(&sure, &following->files.source);
	for (size_t i = 0; i < following->files.count; i++) {
		const struct inventory_file *file = following->files.files[i];

		if (!is_carried(file->path))
			continue;
		if (is_same(inventory_find(&following->there, file->path), file)) {
			struct inventory_file *kept = inventory_add(&sure, file->path);

			kept->size = file->size;
			memcpy(kept->digest, file->digest, DIGEST_SIZE);
		} else {
			text_add(names, file->path);
			text_byte(names, '\n');
			following->changed++;
		}
	}
	result = write_state(following, &sure);
	inventory_free(&sure);
	return result;
}

/* ---- The steps */

static int carry_all(struct following *following)
{
	const struct slice nothing = {0};
	struct text assets = {0}, names = {0};
	int result = expect_changes(&names, following);

	text_printf(&assets, "%s/" RELEASES_ASSETS, following->folder.data);
	if (result == 0)
		result = carry(
			following, "copy", assets.data, RELEASES_ASSETS, asset_flags, nothing);
	if (result == 0 && names.size > 0)
		result = carry(following, "copy", following->release.data, "", changed_flags,
			text_slice(&names));
	/* Also uploads what is not there, whatever the list says. */
	if (result == 0)
		result = carry(following, "sync", following->release.data, "", all_flags, nothing);
	if (result == 0)
		result = carry(
			following, "sync", assets.data, RELEASES_ASSETS, asset_flags, nothing);
	if (result == 0)
		result = write_state(following, &following->files);
	text_free(&assets);
	text_free(&names);
	return result;
}

static int take_lock(struct following *following)
{
	int fd = openat(following->state.fd, LOCK,
		O_RDWR | O_CREAT | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC, 0644);

	if (fd < 0)
		return disk_fail(following->diags, &following->state, LOCK, errno);
	following->lock = fd;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK && following->options->verbosity >= 0)
		(void)fprintf(stderr, "%s",
			_("draaiboek: another upload is under way; this one waits for it\n"));
	while (flock(fd, LOCK_EX) != 0)
		if (errno != EINTR)
			return disk_fail(following->diags, &following->state, LOCK, errno);
	return 0;
}

/* Opens remote/KEY: the key is a digest, since the name of a remote may hold a password. */
static int open_state(struct following *following)
{
	unsigned char digest[DIGEST_SIZE];
	struct text key = {0};
	struct disk remotes;
	int result = disk_enter(
		&remotes, &following->site->root, RELEASES_REMOTES, true, following->diags);

	if (result != 0)
		return -1;
	digest_of(digest, slice_of(following->options->remote));
	digest_write(&key, digest);
	key.data[2 * KEY_SIZE] = '\0';
	result = disk_enter(&following->state, &remotes, key.data, true, following->diags);
	disk_close(&remotes);
	text_free(&key);
	return result == 0 ? take_lock(following) : -1;
}

/* Finds what is live. Returns 1 when nothing is. */
static int find_live(struct following *following)
{
	const struct releases *site = following->site;
	struct disk release = {.fd = -1};
	struct text id = {0};
	char *full = realpath(site->root.path, NULL);
	int result;

	if (full == NULL)
		return diag_io(following->diags, site->root.path, errno);
	text_puts(&following->folder, full);
	free(full);
	result = releases_named(&id, site, RELEASES_CURRENT, following->diags);
	if (result == 0)
		result = disk_enter(&release, &site->folder, id.data, false, following->diags);
	if (result == 0) {
		text_printf(&following->release, "%s/releases/%s", following->folder.data, id.data);
		result = inventory_read(&following->files, &release, following->diags);
		if (result > 0) {
			diag_add(following->diags, DIAG_RELEASE_DAMAGED, (struct place){.path = ""},
				following->release.data, INVENTORY_NAME, (char *)NULL);
			result = -1;
		}
	}
	disk_close(&release);
	text_free(&id);
	return result;
}

static int follow(struct following *following)
{
	int result = open_state(following);

	if (result == 0)
		result = find_live(following);
	if (result != 0)
		return result < 0 ? -1 : 0;
	result = inventory_read(&following->there, &following->state, following->diags);
	if (result > 0 && !following->options->force)
		result = check_ours(following);
	if (result < 0)
		return -1;
	if (following->options->force)
		inventory_free(&following->there);
	if (following->options->verbosity >= 0)
		(void)fprintf(
			stderr, _("draaiboek: uploading to %s\n"), following->options->remote);
	if (carry_all(following) != 0)
		return -1;
	if (following->options->verbosity >= 0)
		(void)fprintf(stderr, _("draaiboek: %s has what is live; %zu files had changed\n"),
			following->options->remote, following->changed);
	return 0;
}

static bool is_remote(const char *remote)
{
	if (remote[0] == '-' || strchr(remote, ':') == NULL)
		return false;
	for (const char *at = remote; *at != '\0'; at++)
		if ((unsigned char)*at < ' ')
			return false;
	return true;
}

int remote_follow(
	const struct remote_options *options, const struct releases *site, struct diags *diags)
{
	struct following following = {.options = options, .site = site, .lock = -1, .diags = diags};
	int result = -1;

	if (is_remote(options->remote))
		result = follow(&following);
	else
		diag_add(diags, DIAG_REMOTE_NAME, (struct place){.path = ""}, options->remote,
			(char *)NULL);
	if (following.lock >= 0)
		(void)close(following.lock);
	disk_close(&following.state);
	inventory_free(&following.files);
	inventory_free(&following.there);
	text_free(&following.folder);
	text_free(&following.release);
	return result;
}
