/*
 * A temporary folder, and commands of the shell in it, for tests that need git. Dates and names are
 * fixed, and no settings of the machine play along.
 */
#ifndef DRAAIBOEK_TESTS_SANDBOX_H
#define DRAAIBOEK_TESTS_SANDBOX_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

static inline void sandbox_open(void)
{
	const char *parent = getenv("TMPDIR");
	struct text name = {0};

	text_printf(&name, "%s/draaiboek-XXXXXX", parent != NULL ? parent : "/tmp");
	if (mkdtemp(name.data) == NULL || chdir(name.data) != 0)
		abort();
	setenv("SANDBOX", name.data, 1);
	setenv("HOME", name.data, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "Anna", 1);
	setenv("GIT_AUTHOR_EMAIL", "anna@example.org", 1);
	setenv("GIT_COMMITTER_NAME", "Bert", 1);
	setenv("GIT_COMMITTER_EMAIL", "bert@example.org", 1);
	setenv("GIT_AUTHOR_DATE", "1700000000 +0100", 1);
	setenv("GIT_COMMITTER_DATE", "1700000000 +0100", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("GIT_DIR");
	unsetenv("GIT_QUARANTINE_PATH");
	text_free(&name);
}

/* Runs a script in the sandbox; a command in it that fails ends the test program. */
static inline void sandbox_run(const char *script)
{
	struct text command = {0};

	fflush(NULL);
	text_printf(&command, "set -e; exec >/dev/null 2>&1; %s", script);
	if (system(command.data) != 0) {
		fprintf(stderr, "this failed: %s\n", script);
		abort();
	}
	text_free(&command);
}

/* What a command prints. */
static inline void sandbox_read(struct text *out, const char *command)
{
	FILE *stream;
	char buffer[4096];
	size_t size;

	fflush(NULL);
	stream = popen(command, "r");
	if (stream == NULL)
		abort();
	while ((size = fread(buffer, 1, sizeof(buffer), stream)) > 0)
		text_add(out, (struct slice){buffer, size});
	if (pclose(stream) != 0) {
		fprintf(stderr, "this failed: %s\n", command);
		abort();
	}
}

static inline void sandbox_close(void)
{
	sandbox_run("cd /; chmod -R u+rwx \"$SANDBOX\"; rm -rf \"$SANDBOX\"");
}

#endif
