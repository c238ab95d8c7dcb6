/*
 * YAML as editors write it: maps, lists and scalars, each with its place. Hides libyaml.
 *
 * What would surprise an editor or harm the machine is refused by name and line: anchors, aliases,
 * tags, merge keys, duplicate keys, a second document, NUL, nesting over YAML_DEPTH_LIMIT, more
 * than YAML_KEYS_LIMIT keys. Every scalar is text but an empty plain one, which is null.
 */
#ifndef DRAAIBOEK_YAML_H
#define DRAAIBOEK_YAML_H

#include "base/text.h"

struct arena;
struct diags;
struct value;

#define YAML_DEPTH_LIMIT 16
#define YAML_KEYS_LIMIT 500
#define YAML_FRONT_LIMIT ((size_t)16 * 1024) /* bytes of front matter */

/*
 * Parses the whole slice, of which the first line is line `first_line` of `path`. An empty document
 * gives an empty map. On an error adds a message and returns -1; the first error ends the parse.
 * Keys limit: YAML_KEYS_LIMIT when `keys_limit` is 0.
 */
int yaml_parse(struct value **out, struct arena *arena, struct slice bytes, const char *path,
	unsigned first_line, size_t keys_limit, struct diags *diags);

/*
 * Splits a Markdown file into its front matter (between `---` lines at the very start; empty when
 * there is none) and its body, and gives the number of the body's first line. Front matter that is
 * not closed or over YAML_FRONT_LIMIT is an error: -1.
 */
int yaml_split(struct slice *front, struct slice *body, unsigned *body_line, struct slice bytes,
	const char *path, struct diags *diags);

#endif
