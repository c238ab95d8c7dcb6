/*
 * Renders compiled templates. Allocates nothing but the output: what nests is on the stack.
 */
#ifndef DRAAIBOEK_TEMPLATE_WRITE_H
#define DRAAIBOEK_TEMPLATE_WRITE_H

#include <stddef.h>

#include "base/text.h"

struct template;
struct value;

/* A value that names are looked up in, and those that it hides. */
struct template_scope {
	const struct value *value;
	const struct template_scope *outer;
};

/* Returns -1, with a message, when partials nest deeper than `limit`. */
int template_write(struct text *out, const struct template *template,
	const struct template_scope *scope, unsigned limit);

#endif
