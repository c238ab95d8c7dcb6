/*
 * What an adaptation says is to be done: its headings, read as operations on the sections of the
 * national page, and held against the rules. Made by model/overlay, and by who asks
 * what a national edit touches.
 */
#ifndef DRAAIBOEK_OVERLAY_PLAN_H
#define DRAAIBOEK_OVERLAY_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct diags;
struct page;
struct section;

enum overlay_verb {
	VERB_REPLACE,
	VERB_APPEND,
	VERB_PREPEND,
	VERB_NEW_AFTER,
	VERB_NEW_BEFORE,
	VERB_HIDE
};

/* What one heading of the adaptation does. */
struct overlay_operation {
	enum overlay_verb verb;
	size_t target;	    /* number of a national section */
	size_t first;	    /* number of the adaptation's section with the verb */
	size_t end;	    /* behind its last deeper section */
	struct slice title; /* of a new section; of an orphan: what it named */
};

struct overlay_plan {
	struct overlay_operation *operations; /* in the order of the file */
	size_t count;
	struct overlay_operation *orphans; /* their target is gone or cannot be told */
	size_t orphan_count;
	size_t errors;
};

/*
 * Reads the headings of the adaptation; both pages have sections. What is wrong is a message, and
 * no operation; a text without a target is an orphan. Both lists are freed by the caller, with
 * free().
 */
void overlay_plan(struct overlay_plan *out, const struct page *national,
	const struct page *adaptation, struct diags *diags);

/* The number behind the last section that belongs to section `at`: those deeper than it. */
size_t overlay_end(const struct section *sections, size_t count, size_t at);

/* "Vul aan": the verb as a heading has it. */
const char *overlay_verb_name(enum overlay_verb verb);

/* True when two headings are the same to those who name them: case and punctuation aside. */
bool overlay_same_title(struct slice a, struct slice b);

/* True for the verbs after which the national text is not there any more. */
bool overlay_takes_away(enum overlay_verb verb);

#endif
