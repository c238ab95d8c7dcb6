/*
 * What a reader may keep on his device: for the nation and for each region, a list of the files
 * that its pages need without a connection. It stands as offline.json at the root of the scope:
 *
 *   {"versie": "0123456789abcdef", "bytes": 1234567, "bestanden": ["regio/foodvalley/", …]}
 *
 * Addresses are from the root of the site, sorted; `bytes` is their size, not compressed; `versie`
 * changes when one of the files does. A scope has its pages, all of assets/, and the files of
 * search that a reader's browser asks for. It leaves out what is told of changes, which is of no
 * use under way, and feeds. The theme's offline.js keeps such a list.
 */
#ifndef DRAAIBOEK_OFFLINE_H
#define DRAAIBOEK_OFFLINE_H

#include "output/sink.h"

struct diags;
struct site;

struct offline;

/*
 * Starts to note what is written. A site with more than OFFLINE_PAGES national pages is not for
 * keeping: it gets no lists.
 */
#define OFFLINE_PAGES 2000
void offline_open(struct offline **out, const struct site *site, const struct sink *to);

/* Writes to `to`, and notes the file. Several threads may. */
const struct sink *offline_sink(const struct offline *offline);

/* Writes the lists, once all else is written. */
int offline_write(struct offline *offline, struct diags *diags);

/* Takes NULL. */
void offline_close(struct offline *offline);

#endif
