/*
 * What git's pre-receive hook does: reads what a push would change, has the checks of a build run
 * on it, and says yes or no, before anything of the push is in the repository.
 */
#ifndef DRAAIBOEK_RECEIVE_H
#define DRAAIBOEK_RECEIVE_H

struct diags;

struct receive_options {
	const char *share; /* folder of themes/, soorten/, locale/ */
	int date;	   /* against which dates are held, days since 1970 */
};

#define RECEIVE_PREVIEWS "refs/heads/concept/" /* branches of which previews are shown */

/*
 * Reads the lines "OLD NEW REF" that git gives, from standard input, of the repository that it
 * names in GIT_DIR (this folder when it does not). What the editor is to hear goes to standard
 * error. The push is refused when `diags` has an error; a fatal one says that the fault is not the
 * editor's. Nothing is written. Returns -1 then.
 */
int job_receive(const struct receive_options *options, struct diags *diags);

#endif
