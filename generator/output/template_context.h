/*
 * Decides how each value of a template is escaped, by where in HTML it stands, and refuses values,
 * partials and sections where none is safe.
 */
#ifndef DRAAIBOEK_TEMPLATE_CONTEXT_H
#define DRAAIBOEK_TEMPLATE_CONTEXT_H

struct template;

/*
 * Checks a parsed template, and before it what it brings in. Adds messages and sets `broken`.
 * `searches` starts as 0 for a set, and is counted up.
 */
void template_context_check(struct template *template, unsigned *searches);

/*
 * Call when all are checked: templates that name each other were checked with part of the other
 * unknown; whatever was taken wrongly for that reason is an error.
 */
void template_context_verify(struct template *template, unsigned *searches);

#endif
