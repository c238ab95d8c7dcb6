/*
 * Reads the history of a site once, and prints how long that took, in seconds, and how many changes
 * it found.
 *
 *   history SITE REVISION
 */
#include <stdio.h>
#include <time.h>

#include "base/diag.h"
#include "base/mem.h"
#include "input/history.h"
#include "input/source.h"

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct diags *diags = diag_new();
	struct source *source;
	struct history *history;
	const struct source_file *files;
	size_t count, changes = 0;
	double start;

	mem_start();
	if (argc != 3 || source_open(&source, argv[1], argv[2], diags) != 0)
		return 2;
	start = now();
	if (history_read(&history, source, diags) != 0)
		return 2;
	printf("%.3f ", now() - start);
	files = source_files(source, &count);
	for (size_t i = 0; i < count; i++) {
		const struct history_file *file = history_find(history, files[i].path);

		changes += file != NULL ? file->change_count : 0;
	}
	printf("%zu\n", changes);
	history_free(history);
	source_free(source);
	diag_free(diags);
	return 0;
}
