/*
 * The files of a site that are published as they are: pictures, drawings, documents. Their address
 * holds a hash of their bytes, so that a browser may keep them for ever.
 */
#ifndef DRAAIBOEK_ASSETS_H
#define DRAAIBOEK_ASSETS_H

#include <stdbool.h>

#include "base/text.h"

struct arena;
struct diags;
struct site;
struct source_reader;

/* Lists and hashes the files; those that cannot be published are messages. */
void assets_list(struct site *site, struct source_reader *reader, struct diags *diags);

/*
 * The address of the file at this path of the site, or the empty slice. A page that is `published`
 * and leads to the file sees to it that it is published too. Called from several threads.
 */
struct slice assets_use(const struct site *site, struct slice path, bool published);

/* "assets/NAME.HASH.EXT" for a file of this name and these bytes. */
struct slice assets_name(struct arena *arena, struct slice name, struct slice bytes);

#endif
