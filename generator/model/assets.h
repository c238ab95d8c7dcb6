/*
 * The files of a site that are published as they are: pictures, drawings, documents. Their address
 * holds a hash of their bytes, so that a browser may keep them for ever.
 */
#ifndef DRAAIBOEK_ASSETS_H
#define DRAAIBOEK_ASSETS_H

#include "base/text.h"

struct arena;
struct diags;
struct site;
struct source_reader;

/* Lists and hashes the files; those that cannot be published are messages. */
void assets_list(struct site *site, struct source_reader *reader, struct diags *diags);

/* The address of the file at this path of the site, or the empty slice. */
struct slice assets_address(const struct site *site, struct slice path);

/* "assets/NAME.HASH.EXT" for a file of this name and these bytes. */
struct slice assets_name(struct arena *arena, struct slice name, struct slice bytes);

#endif
