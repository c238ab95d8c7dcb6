/*
 * What the preview shows: the site that was last made, in each page a script that loads it again
 * when there is another version, and at the top of each page what is wrong with the content.
 *
 * One thread shows sites; others ask for answers at the same time. Texts are translated when a site
 * is shown, not when it is asked for: gettext and a change of language do not go together.
 */
#ifndef DRAAIBOEK_PREVIEW_H
#define DRAAIBOEK_PREVIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct diags;
struct http_answer;
struct preview;

/* Opens the output folder, in which nothing needs to be yet. */
int preview_open(struct preview **out, const char *folder, struct diags *diags);
void preview_free(struct preview *preview);

/* What came of a build. */
struct preview_site {
	bool built;		/* the folder holds the site that was asked for */
	struct diags *messages; /* of the build */
	bool changed;		/* files of the site are others than before */
};

/*
 * Shows what came of a build: the files that the folder's manifest names, and the errors. Of a
 * build that failed only the errors: the files stay the last good ones. Returns whether readers see
 * another site than before; then its version is another one. What goes wrong is added to the
 * messages of the build.
 */
bool preview_show(struct preview *preview, const struct preview_site *site);

/* The number of what is shown; one that an earlier run of the program did not have. */
uint64_t preview_version(const struct preview *preview);

/* Answers for a path, as a function of struct http_options; `context` is the preview. */
void preview_answer(struct http_answer *out, void *context, struct slice path);

#endif
