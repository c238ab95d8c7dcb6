/*
 * A thread of its own waits for events, since inotify-tools' library offers no descriptor to wait
 * on, and all of its state is touched by that thread alone. It passes on that there was an event,
 * by a byte in a pipe.
 *
 * The library keeps a folder's old name after it is moved, and events are lost when there are too
 * many: so after whatever happens to a folder, and after an overflow, all is watched anew.
 */
#include "jobs/watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inotifytools/inotify.h>
#include <inotifytools/inotifytools.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"

#define DEEPEST 32
#define PATIENCE                                                                                   \
	1 /* seconds between looks at whether to stop, or at files that cannot be watched */
#define MOST_EVENTS 10000 /* that are taken together */
#define EVENTS                                                                                     \
	(IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |   \
		IN_MOVE_SELF)
#define FOLDER_EVENTS                                                                              \
	(IN_Q_OVERFLOW | IN_ISDIR | IN_IGNORED | IN_UNMOUNT | IN_DELETE_SELF | IN_MOVE_SELF)

struct watch {
	char **folders;
	size_t count;
	pthread_t thread;
	bool running;
	int pipe[2]; /* to read from, to write to; -1 when not open */
	atomic_bool stopping;
	atomic_bool polling;
};

/* ---- What is watched */

/* A name that is passed over, as it is when the site is read. */
static bool is_ignored(const char *name)
{
	size_t size = strlen(name);

	return name[0] == '.' || name[size - 1] == '~' || strcmp(name, "node_modules") == 0;
}

/*
 * Calls `visit` for a folder and for all in it, until that returns false. What cannot be looked at
 * is passed over: it may be gone already.
 */
static bool walk(const char *folder, unsigned depth,
	bool (*visit)(void *context, const char *path, const struct stat *status), void *context)
{
	DIR *stream = opendir(folder);
	const struct dirent *entry;
	struct text path = {0};
	struct stat status;
	bool more = true;

	if (stream == NULL)
		return true;
	if (fstat(dirfd(stream), &status) == 0)
		more = visit(context, folder, &status);
	while (more && (entry = readdir(stream)) != NULL) {
		if (is_ignored(entry->d_name))
			continue;
		text_clear(&path);
		text_printf(&path, "%s/%s", folder, entry->d_name);
		if (lstat(path.data, &status) != 0)
			continue;
		if (!S_ISDIR(status.st_mode))
			more = visit(context, path.data, &status);
		else if (depth < DEEPEST)
			more = walk(path.data, depth + 1, visit, context);
	}
	closedir(stream);
	text_free(&path);
	return more;
}

/* Adds a number for the file: a sum, so that the order in which files come is all the same. */
static bool add_state(void *context, const char *path, const struct stat *status)
{
	uint64_t *state = context;
	struct text facts = {0};

	text_printf(&facts, "%s %u", path, (unsigned)(status->st_mode & S_IFMT));
	/* A folder's time changes with what is passed over, too. */
	if (!S_ISDIR(status->st_mode))
		text_printf(&facts, " %lld %lld %lld %llu", (long long)status->st_size,
			(long long)status->st_mtim.tv_sec, (long long)status->st_mtim.tv_nsec,
			(unsigned long long)status->st_ino);
	*state += slice_hash(text_slice(&facts));
	text_free(&facts);
	return true;
}

uint64_t watch_state(const char *const *folders, size_t count)
{
	uint64_t state = 0;

	for (size_t i = 0; i < count; i++)
		(void)walk(folders[i], 0, add_state, &state);
	return state;
}

static bool watch_path(const char *path)
{
	int error;

	if (inotifytools_watch_file(path, EVENTS))
		return true;
	error = inotifytools_error();
	return error == ENOENT || error == ENOTDIR || error == EACCES || error == ELOOP;
}

static bool watch_visited(void *context, const char *path, const struct stat *status)
{
	(void)context;
	return !S_ISDIR(status->st_mode) || watch_path(path);
}

/* Appends the folder that a folder stands in. */
static void add_parent(struct text *out, const char *folder)
{
	const char *slash = strrchr(folder, '/');

	if (slash == NULL)
		text_byte(out, '.');
	else
		text_add(
			out, (struct slice){folder, slash > folder ? (size_t)(slash - folder) : 1});
}

/* Watches the folder that a folder stands in, which tells when that comes; once for all in it. */
static bool watch_parent(const struct watch *watch, size_t number)
{
	struct text parent = {0}, other = {0};
	bool good = true, known = false;

	add_parent(&parent, watch->folders[number]);
	for (size_t i = 0; i < number && !known; i++) {
		text_clear(&other);
		add_parent(&other, watch->folders[i]);
		known = slice_equal(text_slice(&parent), text_slice(&other));
	}
	if (!known)
		good = watch_path(parent.data);
	text_free(&parent);
	text_free(&other);
	return good;
}

/* Watches all anew. False when the system cannot. */
static bool watch_all(const struct watch *watch)
{
	bool good = inotifytools_initialize() != 0;

	for (size_t i = 0; i < watch->count && good; i++)
		good = walk(watch->folders[i], 0, watch_visited, NULL) && watch_parent(watch, i);
	return good;
}

/* ---- The thread */

static void tell(const struct watch *watch)
{
	/* When the pipe is full there is enough in it. */
	while (write(watch->pipe[1], "", 1) < 0 && errno == EINTR)
		;
}

/* Looks at the files every second, until it is time to stop. */
static void look_often(struct watch *watch)
{
	const char *const *folders = (const char *const *)watch->folders;
	uint64_t state = watch_state(folders, watch->count);

	atomic_store(&watch->polling, true);
	while (!atomic_load(&watch->stopping)) {
		uint64_t other;

		(void)poll(NULL, 0, PATIENCE * 1000);
		other = watch_state(folders, watch->count);
		if (other != state)
			tell(watch);
		state = other;
	}
}

/* Waits for an event, and takes those that come with it. Returns their kinds, 0 for none. */
static uint32_t next_events(void)
{
	const struct inotify_event *event = inotifytools_next_events(PATIENCE, 1);
	uint32_t kinds = 0;

	for (unsigned i = 0; event != NULL; i++) {
		kinds |= event->mask;
		event = i < MOST_EVENTS ? inotifytools_next_events(0, 1) : NULL;
	}
	return kinds;
}

static void *run(void *context)
{
	struct watch *watch = context;
	bool good = watch_all(watch);

	tell(watch); /* of what changed while it was not watched yet */
	while (good && !atomic_load(&watch->stopping)) {
		uint32_t kinds = next_events();

		if ((kinds & FOLDER_EVENTS) != 0) {
			inotifytools_cleanup();
			good = watch_all(watch);
		}
		if (kinds != 0)
			tell(watch);
	}
	inotifytools_cleanup();
	if (!good)
		look_often(watch);
	return NULL;
}

/* ---- Start and end */

static int open_pipe(struct watch *watch)
{
	if (pipe(watch->pipe) != 0)
		return -1;
	for (size_t i = 0; i < 2; i++)
		if (fcntl(watch->pipe[i], F_SETFD, FD_CLOEXEC) != 0 ||
			fcntl(watch->pipe[i], F_SETFL, O_NONBLOCK) != 0)
			return -1;
	return 0;
}

/* Starts the thread, which leaves signals to the others. Returns an errno value, or 0. */
static int start(struct watch *watch)
{
	sigset_t all, before;
	int error;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&watch->thread, NULL, run, watch);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	watch->running = error == 0;
	return error;
}

int watch_open(struct watch **out, const char *const *folders, size_t count, struct diags *diags)
{
	struct watch *watch = mem_new(1, sizeof(*watch));
	int error;

	watch->pipe[0] = watch->pipe[1] = -1;
	watch->folders = mem_new(count, sizeof(*watch->folders));
	watch->count = count;
	atomic_init(&watch->stopping, false);
	atomic_init(&watch->polling, false);
	for (size_t i = 0; i < count; i++)
		watch->folders[i] = mem_copy(folders[i], strlen(folders[i]));
	error = open_pipe(watch) != 0 ? errno : start(watch);
	if (error != 0) {
		watch_close(watch);
		return diag_io(diags, folders[0], error);
	}
	*out = watch;
	return 0;
}

int watch_descriptor(const struct watch *watch)
{
	return watch->pipe[0];
}

void watch_clear(struct watch *watch)
{
	char bytes[256];

	while (read(watch->pipe[0], bytes, sizeof(bytes)) > 0)
		;
}

bool watch_is_polling(struct watch *watch)
{
	return atomic_load(&watch->polling);
}

void watch_close(struct watch *watch)
{
	if (watch == NULL)
		return;
	atomic_store(&watch->stopping, true);
	if (watch->running)
		pthread_join(watch->thread, NULL); /* it looks every second */
	for (size_t i = 0; i < 2; i++)
		if (watch->pipe[i] >= 0)
			close(watch->pipe[i]);
	for (size_t i = 0; i < watch->count; i++)
		free(watch->folders[i]);
	free(watch->folders);
	free(watch);
}
