/*
 * Names and their meaning; the order of the steps is kept elsewhere. The lock is that of flock(2):
 * it goes with the process, however that ends.
 */
#include "output/releases.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "output/release.h"

#define LOCK "lock"
#define REQUEST "request"
#define FOLDER "releases"
#define PIN "pin"
#define LOG "log"
#define BUILDS "builds\n" /* in the lock, while its holder does */
#define ID_DIGITS 6
#define COMMIT_DIGITS 12
#define CONCEPT_SIZE 63 /* bytes, as of a part of a host's name */
#define SMALL ((uint64_t)4096)
#define LOG_LIMIT ((uint64_t)16 << 20)

/* ---- Opening */

long releases_number(const char *name)
{
	size_t digits = strspn(name, "0123456789");
	const char *commit = name + digits + 1;

	if (digits < ID_DIGITS || digits > 9 || name[digits] != '-' ||
		strspn(commit, "0123456789abcdef") != COMMIT_DIGITS ||
		commit[COMMIT_DIGITS] != '\0')
		return -1;
	return strtol(name, NULL, 10);
}

static bool has_start(const char *name, const char *start)
{
	return strncmp(name, start, strlen(start)) == 0;
}

static bool is_temporary(const char *name)
{
	return name[0] == '.' && slice_ends(slice_of(name), ".tmp");
}

/* A name that a publishing folder has. */
static bool is_known(const char *name)
{
	static const char *const names[] = {LOCK, REQUEST, FOLDER, RELEASES_CURRENT,
		RELEASES_PREVIOUS, PIN, LOG, RELEASES_STATUS, RELEASES_LOG, RELEASES_CONCEPTS,
		RELEASES_ASSETS, RELEASES_REMOTES};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return is_temporary(name);
}

/* 1 for a name that is not of a publishing folder. */
static int is_foreign(void *context, const char *name)
{
	(void)context;
	return is_known(name) ? 0 : 1;
}

static int is_foreign_release(void *context, const char *name)
{
	(void)context;
	return releases_number(name) >= 0 || has_start(name, RELEASE_NEW) ||
			       has_start(name, RELEASE_TRASH) || strcmp(name, RELEASE_SPARE) == 0
		       ? 0
		       : 1;
}

/* Looks whether both folders hold what draaiboek puts there, and nothing else. */
static int check_ours(const struct disk *root, struct diags *diags)
{
	struct disk folder = {.fd = -1};
	int result = disk_list(root, is_foreign, NULL, diags), inside = 1;

	if (result == 0)
		inside = disk_enter(&folder, root, FOLDER, false, diags);
	if (inside == 0)
		result = disk_list(&folder, is_foreign_release, NULL, diags);
	disk_close(&folder);
	if (result > 0)
		diag_add(diags, DIAG_PUBLISH_FOREIGN, (struct place){.path = ""}, root->path,
			(char *)NULL);
	return result != 0 || inside < 0 ? -1 : 0;
}

int releases_open(struct releases *out, const char *path, bool make, struct diags *diags)
{
	struct releases releases = {.lock = -1};
	int result;

	if (disk_open(&releases.root, path, make, diags) != 0)
		return -1;
	result = check_ours(&releases.root, diags);
	if (result == 0)
		result = disk_enter(&releases.folder, &releases.root, FOLDER, make, diags);
	if (result > 0)
		diag_add(diags, DIAG_PUBLISH_NONE, (struct place){.path = ""}, path, (char *)NULL);
	if (result != 0) {
		releases_close(&releases);
		return -1;
	}
	*out = releases;
	return 0;
}

bool releases_is_concept(const char *name)
{
	size_t size = strlen(name);

	return size > 0 && size <= CONCEPT_SIZE &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == size;
}

int releases_open_concept(struct releases *out, const struct releases *site, const char *name,
	bool make, struct diags *diags)
{
	struct releases releases = {.lock = -1, .concept = true};
	struct disk concepts;
	int result = disk_enter(&concepts, &site->root, RELEASES_CONCEPTS, make, diags);

	if (result != 0)
		return result;
	result = disk_enter(&releases.root, &concepts, name, make, diags);
	disk_close(&concepts);
	if (result != 0)
		return result;
	result = check_ours(&releases.root, diags);
	if (result == 0)
		result = disk_enter(&releases.folder, &releases.root, FOLDER, make, diags);
	if (result != 0) {
		releases_close(&releases);
		return result;
	}
	*out = releases;
	return 0;
}

void releases_close(struct releases *releases)
{
	releases_unlock(releases);
	disk_close(&releases->folder);
	disk_close(&releases->root);
}

/* ---- One at a time */

static int lock_file(int fd, bool wait)
{
	int result;

	do
		result = flock(fd, LOCK_EX | (wait ? 0 : LOCK_NB));
	while (result != 0 && errno == EINTR);
	return result == 0 ? 0 : errno;
}

/* True when the lock's holder said that it heeds requests. */
static bool is_builder(int fd)
{
	char bytes[sizeof(BUILDS)];

	return pread(fd, bytes, sizeof(bytes), 0) == (ssize_t)strlen(BUILDS);
}

/* Says in the lock whether its holder heeds requests. Returns an errno value, or 0. */
static int note_holder(int fd, bool builds)
{
	if (ftruncate(fd, 0) != 0)
		return errno;
	if (builds && pwrite(fd, BUILDS, strlen(BUILDS), 0) != (ssize_t)strlen(BUILDS))
		return errno != 0 ? errno : ENOSPC;
	return 0;
}

int releases_lock(
	struct releases *releases, enum releases_wait wait, bool builds, struct diags *diags)
{
	int fd = openat(releases->root.fd, LOCK,
		O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0644);
	int error;

	if (fd < 0)
		return disk_fail(diags, &releases->root, LOCK, errno);
	error = lock_file(fd, wait == RELEASES_WAIT);
	if (error == EWOULDBLOCK && wait == RELEASES_SHORT && !is_builder(fd))
		error = lock_file(fd, true);
	if (error == EWOULDBLOCK) {
		(void)close(fd);
		return 1;
	}
	errno = 0;
	if (error == 0)
		error = note_holder(fd, builds);
	if (error != 0) {
		(void)close(fd);
		return disk_fail(diags, &releases->root, LOCK, error);
	}
	releases->lock = fd;
	return 0;
}

void releases_unlock(struct releases *releases)
{
	if (releases->lock < 0)
		return;
	(void)note_holder(releases->lock, false);
	(void)flock(releases->lock, LOCK_UN);
	(void)close(releases->lock);
	releases->lock = -1;
}

void releases_hand_over(struct releases *releases)
{
	if (releases->lock >= 0)
		(void)close(releases->lock);
	releases->lock = -1;
}

int releases_request(const struct releases *releases, struct diags *diags)
{
	int fd = openat(releases->root.fd, REQUEST,
		O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0644);

	if (fd < 0 || close(fd) != 0)
		return disk_fail(diags, &releases->root, REQUEST, errno);
	return 0;
}

int releases_heed(const struct releases *releases, struct diags *diags)
{
	return disk_remove(&releases->root, REQUEST, diags);
}

bool releases_is_requested(const struct releases *releases)
{
	return faccessat(releases->root.fd, REQUEST, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* ---- Which there are */

int releases_named(
	struct text *out, const struct releases *releases, const char *link, struct diags *diags)
{
	struct text target = {0};
	int result = disk_read_link(&target, &releases->root, link, diags);

	if (result == 0 && slice_starts(text_slice(&target), FOLDER "/") &&
		releases_number(target.data + strlen(FOLDER "/")) >= 0)
		text_puts(out, target.data + strlen(FOLDER "/"));
	else if (result == 0)
		result = disk_fail(diags, &releases->root, link, EINVAL);
	text_free(&target);
	return result;
}

/* What releases_list() needs to leave out what is no release. */
struct listing {
	int (*each)(void *context, const char *id);
	void *context;
};

static int list_release(void *context, const char *name)
{
	const struct listing *listing = context;

	return releases_number(name) >= 0 ? listing->each(listing->context, name) : 0;
}

int releases_list(const struct releases *releases, int (*each)(void *context, const char *id),
	void *context, struct diags *diags)
{
	struct listing listing = {each, context};

	return disk_list(&releases->folder, list_release, &listing, diags);
}

static int find_highest(void *context, const char *id)
{
	long *highest = context, number = releases_number(id);

	if (number > *highest)
		*highest = number;
	return 0;
}

int releases_next(
	struct text *out, const struct releases *releases, struct slice commit, struct diags *diags)
{
	struct text logged = {0};
	long highest = 0;
	int result = releases_list(releases, find_highest, &highest, diags);

	if (result == 0 && releases_read_log(&logged, &highest, releases, diags) < 0)
		result = -1;
	text_free(&logged);
	if (result == 0)
		text_printf(out, "%0*ld-%.*s", ID_DIGITS, highest + 1, COMMIT_DIGITS, commit.data);
	return result;
}

int releases_spare(const struct releases *releases, const char *id, struct diags *diags)
{
	return disk_rename(&releases->folder, id, RELEASE_SPARE, diags);
}

int releases_remove(const struct releases *releases, const char *id, struct diags *diags)
{
	struct text trash = {0};
	int result;

	text_printf(&trash, RELEASE_TRASH "%s", id);
	result = disk_rename(&releases->folder, id, trash.data, diags);
	if (result == 0)
		result = disk_sync(&releases->folder, false, diags);
	if (result == 0)
		result = disk_remove_all(&releases->folder, trash.data, diags);
	text_free(&trash);
	return result;
}

/* ---- The log */

/* Takes the word before the next space off the line. */
static struct slice take_word(struct slice *line)
{
	size_t end = slice_find(*line, ' ');
	struct slice word = {line->data, end};

	*line = slice_from(*line, end < line->size ? end + 1 : end);
	return word;
}

/* "2026-11-20T10:00:00Z publish ID COMMIT" */
static struct slice logged_id(struct slice line)
{
	(void)take_word(&line);
	(void)take_word(&line);
	return take_word(&line);
}

int releases_read_log(
	struct text *last, long *highest, const struct releases *releases, struct diags *diags)
{
	struct text log = {0}, id = {0};
	struct slice rest, line;
	int result = disk_read(&log, &releases->root, LOG, LOG_LIMIT, diags);
	long number = -1;

	rest = text_slice(&log);
	while (slice_next_line(&line, &rest)) {
		text_clear(&id);
		text_add(&id, logged_id(line));
		number = releases_number(id.data);
		if (number > *highest)
			*highest = number;
	}
	if (result == 0 && number < 0)
		result = 1;
	if (result == 0)
		text_add(last, text_slice(&id));
	text_free(&log);
	text_free(&id);
	return result;
}

int releases_write_log(const struct releases *releases, struct slice line, struct diags *diags)
{
	struct text log = {0};
	struct slice rest;
	int result = disk_read(&log, &releases->root, LOG, LOG_LIMIT, diags);

	if (result >= 0) {
		text_add(&log, line);
		text_byte(&log, '\n');
		rest = text_slice(&log);
		if (rest.size > LOG_LIMIT / 2) {
			rest = slice_from(rest, rest.size - LOG_LIMIT / 4);
			rest = slice_from(rest, slice_find(rest, '\n') + 1);
		}
		result = disk_replace(&releases->root, LOG, rest, diags);
	}
	text_free(&log);
	return result;
}

/* ---- The pin */

int releases_read_pin(
	struct releases_pin *out, const struct releases *releases, struct diags *diags)
{
	struct text bytes = {0};
	struct slice line, id;
	int result = disk_read(&bytes, &releases->root, PIN, SMALL, diags);

	line = slice_trim(text_slice(&bytes));
	id = take_word(&line);
	if (result == 0 && id.size > 0) {
		text_add(&out->id, id);
		text_add(&out->commit, line);
	} else if (result == 0) {
		result = 1;
	}
	text_free(&bytes);
	return result;
}

int releases_write_pin(
	const struct releases *releases, const struct releases_pin *pin, struct diags *diags)
{
	struct text line = {0};
	int result;

	text_printf(&line, "%s %s\n", pin->id.data, pin->commit.data);
	result = disk_replace(&releases->root, PIN, text_slice(&line), diags);
	text_free(&line);
	return result;
}

int releases_remove_pin(const struct releases *releases, struct diags *diags)
{
	if (unlinkat(releases->root.fd, PIN, 0) != 0)
		return errno == ENOENT ? 0 : disk_fail(diags, &releases->root, PIN, errno);
	return disk_sync(&releases->root, false, diags);
}

void releases_pin_free(struct releases_pin *pin)
{
	text_free(&pin->id);
	text_free(&pin->commit);
}

/* ---- Previews */

/* What releases_concepts() needs to leave out what is none. */
static int list_concept(void *context, const char *name)
{
	const struct listing *listing = context;

	return releases_is_concept(name) ? listing->each(listing->context, name) : 0;
}

int releases_concepts(const struct releases *releases, int (*each)(void *context, const char *name),
	void *context, struct diags *diags)
{
	struct listing listing = {each, context};
	struct disk concepts;
	int result = disk_enter(&concepts, &releases->root, RELEASES_CONCEPTS, false, diags);

	if (result != 0)
		return result > 0 ? 0 : -1;
	result = disk_list(&concepts, list_concept, &listing, diags);
	disk_close(&concepts);
	return result;
}

int releases_remove_concept(const struct releases *releases, const char *name, struct diags *diags)
{
	struct disk concepts, there;
	struct text trash = {0};
	int result = disk_enter(&concepts, &releases->root, RELEASES_CONCEPTS, false, diags);

	if (result != 0)
		return result > 0 ? 0 : -1;
	result = disk_enter(&there, &concepts, name, false, diags);
	if (result == 0) {
		disk_close(&there);
		text_printf(&trash, RELEASE_TRASH "%s", name);
		result = disk_rename(&concepts, name, trash.data, diags);
		if (result == 0)
			result = disk_sync(&concepts, false, diags);
		if (result == 0)
			result = disk_remove_all(&concepts, trash.data, diags);
		text_free(&trash);
	}
	disk_close(&concepts);
	return result > 0 ? 0 : result;
}
