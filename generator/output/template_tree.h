/*
 * What a template is compiled to: its nodes, in one array, in the order of its text. Shared by the
 * rooms template_…, which make, check and render it; others see output/template.h only.
 */
#ifndef DRAAIBOEK_TEMPLATE_TREE_H
#define DRAAIBOEK_TEMPLATE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/text.h"
#include "output/html_context.h"

struct diags;

enum template_kind {
	TEMPLATE_TEXT,
	TEMPLATE_VALUE,
	TEMPLATE_SECTION,
	TEMPLATE_INVERTED,
	TEMPLATE_PARTIAL,
	TEMPLATE_PARENT, /* its content is blocks, which replace those of the parent */
	TEMPLATE_BLOCK
};

enum template_escape {
	ESCAPE_TEXT,
	ESCAPE_ATTRIBUTE,
	ESCAPE_URL_START,
	ESCAPE_URL,
	ESCAPE_URL_PART,
	ESCAPE_NOT
};

/* Of a text: it begins at the beginning of a line of the template. */
#define TEMPLATE_AT_LINE_START 1
/* Of a partial, parent or block: it has a line to itself, which `space` indents. */
#define TEMPLATE_INDENTED 2
/* Of a block that is indented: so do the lines of its content; `space` is not put before it. */
#define TEMPLATE_OWN_LINES 4

struct template_node {
	uint8_t kind;	/* enum template_kind */
	uint8_t escape; /* enum template_escape, of a value */
	uint8_t flags;
	uint8_t parts_count; /* 0: the name is "." */
	uint32_t end;	     /* the node behind its content */
	uint32_t tag;	     /* where its tag stands in the source */
	uint32_t closing;    /* where the tag that closes it stands */
	struct slice text;   /* of a text: itself; of others: the name */
	struct slice space;  /* white space before the tag, when it has a line to itself */
	union {
		const struct slice *parts; /* the name's, between its full stops */
		struct template *target;   /* of a partial or parent; NULL: there is none */
	};
};

/* Where a block stands, or the one that it replaces. */
struct template_site {
	uint32_t node;
	struct template *target; /* in a parent tag: the parent that it replaces one of */
	struct html_context context;
};

enum template_state { TEMPLATE_NEW, TEMPLATE_PARSED, TEMPLATE_CHECKED };

struct template
{
	char *name;
	struct text path;
	struct text source; /* the nodes borrow from it */
	struct template_node *nodes;
	size_t count;
	size_t capacity;
	struct template_site *sites; /* in the order of the nodes */
	size_t sites_count;
	size_t sites_capacity;
	enum template_state state;
	unsigned search; /* the number of the last search that came by */
	bool missing;	 /* there is none of this name */
	bool broken;	 /* it has errors */
	struct arena arena;
	struct diags *diags;
	struct template *next; /* in its set */
};

/* Nesting of sections and blocks in one template. */
#define TEMPLATE_NESTING_LIMIT 50

#endif
