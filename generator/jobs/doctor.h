/*
 * Looks whether a bare repository and its folder of releases are as publishing needs them.
 */
#ifndef DRAAIBOEK_DOCTOR_H
#define DRAAIBOEK_DOCTOR_H

struct diags;

struct doctor_options {
	const char *repository; /* bare */
	const char *to;		/* folder of releases; NULL: the one that the repository names */
};

/*
 * Says, a line each on standard output, what is right, what is to be known, and what is wrong and
 * how it is mended. An error when something is wrong. Nothing is changed.
 */
int job_doctor(const struct doctor_options *options, struct diags *diags);

#endif
