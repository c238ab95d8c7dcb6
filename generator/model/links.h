/*
 * Addresses: which page a file becomes, and which address a link in a file leads to. Works on paths
 * alone, so that links can be resolved while pages are still being parsed.
 */
#ifndef DRAAIBOEK_LINKS_H
#define DRAAIBOEK_LINKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

/* Where a Markdown file of the site belongs. */
struct links_place {
	struct slice region;	 /* slug of content/regios/SLUG/; empty: national */
	struct slice key;	 /* path in its scope, without .md: "subsidies/x" */
	struct slice collection; /* folder of playbooks/ that the key lies in; empty: none */
};

/* False for a file that is no page: not Markdown, or outside content/ and playbooks/. */
bool links_place_of(struct links_place *out, struct slice file);

/* True for a part of an address: small letters, figures and hyphens, no hyphen in front. */
bool links_is_slug(struct slice part);

/* The name by which draaiboek itself uses this key or address, such as "zoek"; NULL: it is free. */
const char *links_reserved(struct slice key);

/* The last part of an address: "subsidies/x/" → "x"; empty for "". */
struct slice links_last_part(struct slice address);

/* The address of a key: "subsidies/x" → "subsidies/x/", "subsidies/index" → "subsidies/". */
struct slice links_address(struct arena *arena, struct slice key);

/* The way from one address of a scope to another: "../../over/"; "./" to itself. */
void links_relative(struct text *out, struct slice from, struct slice to);

/* The way from an address up to the root of its scope: "../../", "./" for "". */
void links_root(struct text *out, struct slice address);

/*
 * Appends the path in the site that a relative link in `file` leads to: percent-decoded, `.` and
 * `..` resolved. Returns -1 when it leads out of the site or is not a plain path.
 */
int links_follow(struct text *out, struct slice file, struct slice target);

#endif
