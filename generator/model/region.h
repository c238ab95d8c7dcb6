/*
 * A labour-market region (arbeidsmarktregio): content/regios/SLUG/regio.yml, and its pages.
 */
#ifndef DRAAIBOEK_REGION_H
#define DRAAIBOEK_REGION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "model/house_style.h"
#include "model/tile.h"

struct diags;
struct page;
struct value;
struct variant;

struct region {
	struct slice slug; /* NUL-terminated */
	struct slice name;
	struct slice path; /* of regio.yml; NUL-terminated */
	const struct value *root;
	bool refused;	  /* regio.yml could not be read: what it has is not known */
	struct tile tile; /* on the map of regions */
	struct house_style style;
	struct page **pages; /* adaptations and pages of its own, sorted by file */
	size_t count;
	struct variant *
		*variants; /* of the national page with the same number, or NULL: as it is */
};

/* Reads regio.yml's tree. Content errors are messages; then -1, with as much as there is. */
int region_read(struct region *out, const struct value *root, struct slice slug, struct slice path,
	struct diags *diags);

/* Appends an address of the region from the site's root: "regio/foodvalley/x/"; of the nation
 * (NULL) the address itself. */
void region_address(struct text *out, const struct region *region, struct slice address);

/* The value that a variable such as "contact.telefoon" names, or NULL when the region has none. */
const struct value *region_value(const struct region *region, struct slice name);

/* Holds a `contact` map, of regio.yml or of an adaptation, against its keys. */
void region_check_contact(const struct value *contact, const char *path, struct diags *diags);

/*
 * Appends what a telephone is to dial: a plus where there is one, and figures. "+31 (0)53 1" is
 * "+31531".
 */
void region_dial(struct text *out, struct slice phone);

/* The names of all values that a region could have. */
const char *const *region_variables(size_t *count);

#endif
