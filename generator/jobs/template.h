/*
 * `draaiboek template`: renders one template with data from a file, for those who make themes.
 */
#ifndef DRAAIBOEK_JOB_TEMPLATE_H
#define DRAAIBOEK_JOB_TEMPLATE_H

struct diags;

struct template_options {
	const char *file;     /* the template */
	const char *data;     /* a JSON file; NULL: no data */
	const char *partials; /* folder of NAME.mustache; NULL: that of `file` */
};

/*
 * Prints the result on standard output, or nothing when something is wrong; then the messages say
 * what, and -1 is returned. The exit status is diag_status().
 */
int job_template(const struct template_options *options, struct diags *diags);

#endif
