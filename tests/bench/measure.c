/*
 * Runs a command and appends one line to a file: wall time and processor time in seconds, and peak
 * memory in MiB, of the command and all that it waited for.
 *
 *   measure FILE COMMAND [ARGUMENT…]
 */
#define _DEFAULT_SOURCE /* wait4(): the use of one child, not of all so far */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct rusage use;
	int status;

	if (argc < 3) {
		fprintf(stderr, "usage: measure FILE COMMAND [ARGUMENT...]\n");
		return 2;
	}
	double start = now();
	pid_t child = fork();
	if (child < 0) {
		perror("measure: fork");
		return 2;
	}
	if (child == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (wait4(child, &status, 0, &use) < 0) {
		perror("measure: wait4");
		return 2;
	}
	double wall = now() - start;

	FILE *file = fopen(argv[1], "a");
	if (file == NULL) {
		perror(argv[1]);
		return 2;
	}
	fprintf(file, "%.4f %.4f %.1f\n", wall, seconds(use.ru_utime) + seconds(use.ru_stime),
		(double)use.ru_maxrss / 1024);
	fclose(file);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}
