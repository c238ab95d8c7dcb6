/*
 * The bare repository that editors push to, as more than a place where files are read from: its
 * settings, what its names stand for, and whether one commit follows another.
 *
 * Only hub_set() writes, and only to the repository's own settings.
 */
#ifndef DRAAIBOEK_HUB_H
#define DRAAIBOEK_HUB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct diags;
struct repository;

/* The settings that are draaiboek's own. */
#define HUB_TO "draaiboek.to"		  /* the folder of releases; absolute */
#define HUB_REFERENCE "draaiboek.ref"	  /* what is published; a full name */
#define HUB_BACK "draaiboek.terugdraaien" /* commits may be taken away from it */
#define HUB_REMOTE "draaiboek.remote"	  /* of rclone: NAME:PATH */
#define HUB_SECONDS "draaiboek.seconden"  /* that the checks of a push may take */

bool hub_is_bare(const struct repository *repository);

/* Appends a setting of the repository; 1 when it has none of that name, -1 when it cannot be read.
 */
int hub_setting(struct text *out, const struct repository *repository, const char *name);

/* The setting as yes or no: false when there is none, or it is neither. */
bool hub_is_set(const struct repository *repository, const char *name);

/* Makes the setting; one that is the same already is not touched. */
int hub_set(const struct repository *repository, const char *name, const char *value,
	struct diags *diags);

/* Calls `each` for all settings of which the name starts with `prefix`, in lower case. */
void hub_settings(const struct repository *repository, const char *prefix,
	void (*each)(void *context, const char *name, const char *value), void *context);

/* Appends what is published: draaiboek.ref, or else the branch that HEAD names, born or not. */
int hub_published(struct text *out, const struct repository *repository, struct diags *diags);

/*
 * The object (20 bytes) that a full name stands for; 1 when there is none, -1, with a message, when
 * that cannot be known: a branch that cannot be read is not gone. `diags` may
 * be NULL.
 */
int hub_find(unsigned char *out, const struct repository *repository, const char *name,
	struct diags *diags);

/*
 * Calls `each` for every reference of which the full name starts with `prefix`, with what stands
 * behind that; its result, when not 0, ends that and is returned.
 */
int hub_list(const struct repository *repository, const char *prefix,
	int (*each)(void *context, const char *rest), void *context, struct diags *diags);

/* True when the object is a commit that the repository has. */
bool hub_is_commit(const struct repository *repository, const unsigned char *id);

/* 1 when the commit `id` is `older` or follows it, 0 when not, -1 when that cannot be told. */
int hub_follows(
	const struct repository *repository, const unsigned char *id, const unsigned char *older);

/*
 * True when each commit that `id` adds to `older` says of itself that it is small: its subject
 * starts with "klein:". False when there is none, or that cannot be told.
 */
bool hub_is_small(
	const struct repository *repository, const unsigned char *id, const unsigned char *older);

/* "1a2b3c4d5e6f…", 40 digits and a NUL. */
void hub_digits(char out[41], const unsigned char *id);

#endif
