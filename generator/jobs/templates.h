/*
 * The compiled templates of a site.
 */
#ifndef DRAAIBOEK_TEMPLATES_H
#define DRAAIBOEK_TEMPLATES_H

#include "base/text.h"

struct diags;
struct site;
struct source_reader;
struct template;
struct templates;

/* Compiles every template that the site's pages need. Errors are messages; then -1. */
int templates_open(struct templates **out, const struct site *site, struct source_reader *reader,
	struct diags *diags);
void templates_free(struct templates *templates);

/*
 * The template of this name, which templates_open() has compiled; NULL for one that a theme may
 * lack, and this one does: "geschiedenis", and those of output/made that are not needed.
 */
const struct template *templates_get(const struct templates *templates, struct slice name);

#endif
