/*
 * The reading of a page type: content/soorten/NAME.yml names the fields of a type, the checks that
 * its pages must pass and its template. Called by model/settings.
 */
#ifndef DRAAIBOEK_PAGE_TYPE_H
#define DRAAIBOEK_PAGE_TYPE_H

#include "base/text.h"

struct arena;
struct diags;
struct page_type;
struct value;

/*
 * Reads a type from the YAML tree of `path`, named after the file. Content errors are messages;
 * then -1. All is in the arena or borrowed from the tree.
 */
int page_type_read(struct page_type *out, struct arena *arena, const struct value *root,
	const char *path, struct slice name, struct diags *diags);

#endif
