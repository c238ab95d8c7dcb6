/*
 * What machines read: Atom feeds (RFC 4287), descriptions of the search (OpenSearch 1.1), the
 * sitemap (sitemaps.org 0.9), robots.txt (RFC 9309) and security.txt (RFC 9116).
 */
#ifndef DRAAIBOEK_FEED_H
#define DRAAIBOEK_FEED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct diags;
struct region;
struct site;
struct variant;

/* A scope whose feed is made. */
struct feed_scope {
	const struct site *site;
	const struct region *region; /* NULL: the nation */
	const struct variant *const *variants;
	size_t count;
	bool tells_changes; /* there are pages of changes, to lead to */
	struct slice words; /* of a change of more than texts, as chronicle_subject() has it */
};

/*
 * Appends the feed of a scope: the newest 50 changes of its pages, by whom they were made. Small
 * ones (see model/chronicle.h) and those of a page that the region hides are left out.
 */
void feed_atom(struct text *out, const struct feed_scope *scope);

/*
 * Appends the description by which a browser searches a scope (region NULL: the nation) from its
 * own bar. OpenSearch allows 16 letters for the name that browsers show: of a region that is its
 * own when the site's and its own are longer.
 */
void feed_opensearch(struct text *out, const struct site *site, const struct region *region);

/*
 * Appends a sitemap of at most FEED_SITEMAP_LIMIT addresses, of those that are canonical: national
 * pages, adapted and regional pages. They are full, with the day of the last change or DATE_NONE.
 */
#define FEED_SITEMAP_LIMIT 50000

struct feed_address {
	struct slice url;
	int changed;
};

void feed_sitemap(struct text *out, const struct feed_address *addresses, size_t count);

/* Appends an index of `count` sitemaps: sitemap-1.xml, … */
void feed_sitemap_index(struct text *out, const struct site *site, size_t count);

void feed_robots(struct text *out, const struct site *site);

/* Appends nothing when site.yml has no `beveiliging` with a good `contact` and `verloopt`. */
void feed_security(struct text *out, const struct site *site);

/* Holds `beveiliging` against what security.txt asks for. What is wrong is a message. */
void feed_check_security(const struct site *site, struct diags *diags);

#endif
