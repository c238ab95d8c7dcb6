/*
 * Messages about the content, and about what kept the program from running.
 *
 * A message has a code, a level, a place, and a text that says what is wrong, what was assumed and
 * how to mend it. Codes, levels and texts stand in one table: base/messages.def. Texts are
 * translated with gettext when a message is added. Several threads may add at once.
 */
#ifndef DRAAIBOEK_DIAG_H
#define DRAAIBOEK_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum diag_level {
	DIAG_TIP,
	DIAG_WARNING,
	DIAG_ERROR, /* the content is wrong: exit status 1 */
	DIAG_FATAL  /* the program could not run: exit status 2 */
};

enum diag_code {
#define MESSAGE(code, level, name, text) DIAG_##code,
#include "base/messages.def"
#undef MESSAGE
	DIAG_CODES
};

/*
 * `path` is relative to the site ("" for none) and borrowed until diag_add() returns. In a message
 * it is a copy in which control characters are escaped, so that it can be printed.
 */
struct place {
	const char *path;
	unsigned line;	 /* from 1; 0: the file as a whole */
	unsigned column; /* from 1, in code points; 0: the line as a whole */
};

struct diag {
	enum diag_code code;
	enum diag_level level;
	struct place place;
	const char *text; /* translated, one line, no control characters */
};

struct diags;

#define DIAG_THREADS 64 /* that are watched; a pool has no more by itself */

/*
 * Which file each thread is at, for another process that watches this one and has to say what it
 * was doing when it hung. In memory that the two share.
 */
struct diag_watch {
	char paths[DIAG_THREADS][512]; /* NUL-terminated; "": none */
};

struct diags *diag_new(void);
void diag_free(struct diags *diags);

/* From here on diag_at() writes to `watch`, which must live as long as `diags`. */
void diag_watch(struct diags *diags, struct diag_watch *watch);

/* This thread (from 0) has come to a file, relative to the site; NULL: it is done with it. */
void diag_at(const struct diags *diags, size_t thread, const char *path);

/*
 * Adds a message. The arguments are strings, ended by NULL, that take the place of {0}, {1}, … in
 * the text; control characters in them are shown escaped. Sets nothing else: content errors let the
 * caller carry on, a fatal one makes it return -1.
 */
void diag_add(struct diags *diags, enum diag_code code, struct place place, ...)
	__attribute__((sentinel));

/*
 * Adds DIAG_IO: what the operating system said (an errno value) of a file, named as the user would.
 * Always returns -1, so that a caller can return it.
 */
int diag_io(struct diags *diags, const char *path, int error);

/*
 * The messages so far, sorted by path, line, column and code, each once. Borrowed, until the next
 * message is added; nobody may add one during the call.
 */
const struct diag *diag_sorted(struct diags *diags, size_t *count);

/* How many messages of this level there are, each once; nobody may add one during the call. */
size_t diag_count(const struct diags *diags, enum diag_level level);

/* 0, 1 or 2: the exit status that the worst message asks for. */
int diag_status(const struct diags *diags);

/* "link-broken", as shown behind the text. */
const char *diag_name(enum diag_code code);

/* "fout", "waarschuwing", "tip", in the language of the messages. */
const char *diag_level_name(enum diag_level level);

/*
 * The candidate nearest to `word` (letters added, dropped, changed or swapped; case aside), or NULL
 * when none is near enough to be meant.
 */
const char *diag_nearest(const char *word, const char *const *candidates, size_t count);

#endif
