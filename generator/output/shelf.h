/*
 * The assets of all releases that are kept, in one folder beside them: assets/ of the publishing
 * folder. A page that a reader fetched before a switch asks for its assets after it, and one that
 * stands open for hours does so for a script that it needs only then; the server finds them here,
 * whatever release is live. Each is a hard link to the file of a release, so it takes no room.
 * Names hold the hash of what is in a file, so a name that is there already will do.
 */
#ifndef DRAAIBOEK_SHELF_H
#define DRAAIBOEK_SHELF_H

struct diags;
struct releases;

/* Adds those of a release; they are on the disk when it returns 0. To be called before a switch. */
int shelf_add(const struct releases *releases, const char *id, struct diags *diags);

/* Removes what no release has any more. */
int shelf_prune(const struct releases *releases, struct diags *diags);

#endif
