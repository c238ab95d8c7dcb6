/*
 * posix_spawnp(). The input is a file without a name: a pipe would have to be filled while the
 * program runs.
 */
#include "jobs/program.h"

#include <errno.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Reads all that comes, so that the program never waits for us. */
static void read_output(struct text *out, int fd)
{
	char buffer[4096];
	ssize_t size;

	do {
		size = read(fd, buffer, sizeof(buffer));
		if (size > 0)
			text_add(out, (struct slice){buffer, (size_t)size});
	} while (size > 0 || (size < 0 && errno == EINTR));
}

/* Starts it with these as its standard input and output. Returns an errno value, or 0. */
static int start(pid_t *out, const struct program *program, int input, int output)
{
	/* They are not written to; the type is older than const. */
	char *const *words = (char *const *)(uintptr_t)program->words;
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error != 0)
		return error;
	error = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	if (error == 0)
		error = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	/* Onto itself: that takes its close-on-exec away, there and not here. */
	if (error == 0 && program->kept >= 0)
		error = posix_spawn_file_actions_adddup2(&actions, program->kept, program->kept);
	if (error == 0)
		error = posix_spawnp(out, words[0], &actions, NULL, words, environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	return error;
}

int program_run(int *status, const struct program *program)
{
	FILE *input = tmpfile();
	int ends[2] = {-1, -1}, error = 0, ended = 0;
	pid_t child;

	if (input == NULL)
		return errno;
	if ((program->input.size > 0 && fwrite(program->input.data, 1, program->input.size,
						input) != program->input.size) ||
		fflush(input) != 0 || lseek(fileno(input), 0, SEEK_SET) != 0 ||
		(program->output != NULL && pipe(ends) != 0))
		error = errno;
	if (error == 0)
		error = start(&child, program, fileno(input),
			program->output != NULL ? ends[1] : STDERR_FILENO);
	if (program->output != NULL && ends[1] >= 0) {
		(void)close(ends[1]);
		if (error == 0)
			read_output(program->output, ends[0]);
		(void)close(ends[0]);
	}
	(void)fclose(input);
	if (error != 0)
		return error;
	while (waitpid(child, &ended, 0) < 0)
		if (errno != EINTR)
			return errno;
	*status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
	return 0;
}
