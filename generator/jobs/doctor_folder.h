/*
 * The doctor's look at the folder of releases: whose it is, what is live, what was left behind.
 */
#ifndef DRAAIBOEK_DOCTOR_FOLDER_H
#define DRAAIBOEK_DOCTOR_FOLDER_H

struct checkup;
struct repository;

/* `to`: the folder. `commit`: what is to be live, 40 digits, or "" when nothing is yet. */
void doctor_look_at_folder(struct checkup *checkup, const struct repository *repository,
	const char *to, const char *commit);

#endif
