/*
 * From a template's text to its nodes: what Mustache says of tags that open and close, of lines
 * that hold nothing but a tag, and of indentation.
 */
#ifndef DRAAIBOEK_TEMPLATE_PARSE_H
#define DRAAIBOEK_TEMPLATE_PARSE_H

#include <stddef.h>

#include "base/diag.h"
#include "base/text.h"

struct template;

/* Makes the nodes of a template that has its source. With errors: adds messages, sets `broken`. */
void template_parse(struct template *template);

/* Adds a message that has a tag as its first argument, and makes the template broken. */
void template_fail(struct template *template, enum diag_code code, size_t offset, char sign,
	struct slice name);

/* The place of a byte of the source; borrows the template's path. */
struct place template_place(const struct template *template, size_t offset);

/* A tag with its braces, for messages. The template's. */
const char *template_show(struct template *template, char sign, struct slice name);

#endif
