/*
 * The two hooks that a bare repository needs: what they say, and putting them there.
 */
#ifndef DRAAIBOEK_HOOKS_H
#define DRAAIBOEK_HOOKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct diags;
struct repository;

struct hooks_options {
	const char *repository; /* bare */
	const char *to;		/* folder of releases; made when it is not there */
	const char *reference;	/* full name; NULL: the branch that HEAD names */
};

/*
 * Makes the settings and the hooks. A hook that somebody else put there is kept: it gets `.eigen`
 * behind its name, and draaiboek's calls it first, with the same input and arguments. What is right
 * already is not touched, so it may be done again.
 */
int job_hooks(const struct hooks_options *options, struct diags *diags);

/* ---- For jobs/doctor */

/* A setting of git that publishing needs, and why. */
struct hooks_setting {
	const char *name;
	const char *value;
	const char *reason; /* untranslated */
};

extern const struct hooks_setting hooks_settings[];
extern const size_t hooks_setting_count;

extern const char *const hooks_names[2];

enum hooks_state {
	HOOKS_GOOD,
	HOOKS_ABSENT,
	HOOKS_FOREIGN,	  /* not draaiboek's */
	HOOKS_OLD,	  /* draaiboek's, but not as this program writes it */
	HOOKS_NOT_PROGRAM /* cannot be run */
};

/* Appends the absolute path of this program. */
int hooks_program(struct text *out, struct diags *diags);

/* True when the absolute path is the repository, or lies in it. */
bool hooks_lies_in(const char *path, const struct repository *repository);

/* Looks at a hook; `program` is what it has to call. */
enum hooks_state hooks_look(
	const struct repository *repository, const char *name, struct slice program);

#endif
