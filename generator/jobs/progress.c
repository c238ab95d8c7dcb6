/*
 * A thread of its own wakes a few times a second and writes the line, so that the job does no more
 * than count.
 */
#include "jobs/progress.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define FIRST_MS 1000
#define NEXT_MS 200
#define LINES_MS 3000

struct progress_line {
	const struct progress *progress;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	int stopped; /* guarded by the lock */
};

static void progress_write(const struct progress *progress)
{
	const char *phase = atomic_load(&progress->phase);
	size_t done = atomic_load(&progress->done), total = atomic_load(&progress->total);

	if (phase == NULL)
		return;
	if (progress->lines && total > 0)
		(void)fprintf(stderr, "draaiboek: %s: %zu/%zu\n", phase, done, total);
	else if (progress->lines)
		(void)fprintf(stderr, "draaiboek: %s\n", phase);
	else if (total > 0)
		(void)fprintf(stderr, "\r\033[K%s: %zu/%zu", phase, done, total);
	else
		(void)fprintf(stderr, "\r\033[K%s", phase);
}

static struct timespec progress_later(long milliseconds)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_REALTIME, &time);
	time.tv_nsec += milliseconds % 1000 * 1000000;
	time.tv_sec += milliseconds / 1000 + time.tv_nsec / 1000000000;
	time.tv_nsec %= 1000000000;
	return time;
}

static void *progress_show(void *context)
{
	struct progress_line *line = context;
	const bool lines = line->progress->lines;
	struct timespec until = progress_later(lines ? LINES_MS : FIRST_MS);
	int shown = 0;

	(void)pthread_mutex_lock(&line->lock);
	while (!line->stopped) {
		if (pthread_cond_timedwait(&line->wake, &line->lock, &until) != ETIMEDOUT)
			continue;
		progress_write(line->progress);
		shown = !lines;
		until = progress_later(lines ? LINES_MS : NEXT_MS);
	}
	(void)pthread_mutex_unlock(&line->lock);
	if (shown)
		(void)fputs("\r\033[K", stderr);
	return NULL;
}

struct progress_line *progress_start(const struct progress *progress)
{
	struct progress_line *line;

	if (progress->verbose || (!progress->lines && !isatty(STDERR_FILENO)))
		return NULL;
	line = mem_new(1, sizeof(*line));
	line->progress = progress;
	(void)pthread_mutex_init(&line->lock, NULL);
	(void)pthread_cond_init(&line->wake, NULL);
	if (pthread_create(&line->thread, NULL, progress_show, line) != 0) {
		free(line);
		return NULL;
	}
	return line;
}

void progress_stop(struct progress_line *line)
{
	if (line == NULL)
		return;
	(void)pthread_mutex_lock(&line->lock);
	line->stopped = 1;
	(void)pthread_cond_signal(&line->wake);
	(void)pthread_mutex_unlock(&line->lock);
	(void)pthread_join(line->thread, NULL);
	(void)pthread_mutex_destroy(&line->lock);
	(void)pthread_cond_destroy(&line->wake);
	free(line);
}

/* Writes how long the phase took that ends now. */
static void progress_tell(struct progress *progress)
{
	const char *phase = atomic_load(&progress->phase);
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	if (phase != NULL)
		(void)fprintf(stderr, "draaiboek: %s: %.3f s\n", phase,
			(double)(now.tv_sec - progress->began.tv_sec) +
				(double)(now.tv_nsec - progress->began.tv_nsec) / 1e9);
	progress->began = now;
}

void progress_phase(struct progress *progress, const char *phase, size_t total)
{
	if (progress == NULL)
		return;
	if (progress->verbose)
		progress_tell(progress);
	atomic_store(&progress->done, 0);
	atomic_store(&progress->total, total);
	atomic_store(&progress->phase, phase);
}

void progress_step(struct progress *progress)
{
	if (progress != NULL)
		(void)atomic_fetch_add_explicit(&progress->done, 1, memory_order_relaxed);
}
