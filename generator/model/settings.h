/*
 * content/site.yml and what hangs on it: the settings of a site, its collections, its page types
 * and its menu. Called by model/load only.
 */
#ifndef DRAAIBOEK_SETTINGS_H
#define DRAAIBOEK_SETTINGS_H

struct diags;
struct site;
struct source_reader;

/* Reads site.yml and the types into the site. -1 when there can be no site. */
int settings_read(struct site *site, struct source_reader *reader, struct diags *diags);

/* Resolves the menu, once the pages are ordered; without one the collections are the menu. */
void settings_read_menu(struct site *site, struct diags *diags);

#endif
