/*
 * What is being written while a Markdown tree becomes a document: the pieces and plain text so far,
 * the section that is open, and where in the file it all came from. Knows nothing of the tree; the
 * rooms that do (input/html and what it uses) share one writer for each file.
 */
#ifndef DRAAIBOEK_WRITER_H
#define DRAAIBOEK_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/map.h"
#include "input/document.h"
#include "input/guard.h"

struct cmark_node;

/* A callout whose plain text still moves. */
struct written_callout {
	struct callout callout;
	size_t text_start, text_end; /* in the writer's plain text */
};

struct writer {
	struct arena *arena;
	struct diags *diags;
	const char *path;
	const char *id_prefix;
	const struct markdown_site *site;
	const struct markdown_words *words;
	struct slice body;
	unsigned first_line; /* of the body, in the file */
	size_t *lines;	     /* where each line of the body starts */
	size_t line_count;   /* at least 1 */
	struct {
		size_t offset;	 /* in the body, */
		size_t line;	 /* on this line from 0, */
		unsigned column; /* from 1 */
	} last_place; /* so that many places on one long line are not each counted from its start */

	/* The texts of all pieces one behind the other; those of `start` and on are no piece yet.
	 */
	struct text html;
	size_t start;
	size_t limit; /* of html, bytes */
	struct piece *pieces;
	size_t piece_count, piece_capacity;
	struct text plain; /* likewise, of all sections */
	struct link *links;
	size_t link_count, link_capacity;
	struct written_callout *callouts;
	size_t callout_count, callout_capacity;
	size_t open_callouts[GUARD_NESTING_LIMIT + 1];
	size_t open_count;
	unsigned callout_numbers[CALLOUT_KINDS]; /* of each kind so far */

	struct section *sections;
	size_t section_count;
	size_t section; /* the open one */
	struct map ids; /* of headings */
	size_t *seen;	/* for each glossary term, the number of the section it stood in last */
	size_t seen_size;

	/* Footnotes, by number less one. */
	struct cmark_node **notes;
	unsigned *note_uses; /* of each, in the open section */
	size_t *note_order;  /* those that the open section uses */
	size_t note_count, note_used;

	/* What the text that comes now stands in. */
	unsigned links_open;
	bool in_heading, in_table_head, in_label;
};

void writer_free(struct writer *writer);

/* The place in the file of a byte of the body. */
struct place writer_place_of(struct writer *writer, size_t offset);

/*
 * The place of `needle`, searched a few lines from where the tree says that it starts: a line and
 * column in bytes, both from 1. When it is not found there, or empty, that line as a whole.
 */
struct place writer_place(struct writer *writer, int line, int column, struct slice needle);

/* Makes a piece of the HTML so far. */
void writer_end_html(struct writer *writer);

/* Appends a piece of another kind; `text` becomes its text. */
struct piece *writer_piece(struct writer *writer, enum piece_kind kind, struct slice text);

/* Appends to the plain text, with runs of white space made one space. Not in a heading. */
void writer_words(struct writer *writer, struct slice text);

/* A space, or a new line, in the plain text, unless there is one. */
void writer_space(struct writer *writer);
void writer_line(struct writer *writer);

/* True when this term has not stood in the section yet. */
bool writer_first(struct writer *writer, size_t term);

/* Opens section `number`, of which the heading or else the body comes now; and closes it. */
void writer_open_section(struct writer *writer, size_t number);
void writer_end_heading(struct writer *writer);
void writer_close_section(struct writer *writer);

/* Opens a callout, of which the content comes now; and closes the one opened last. */
void writer_open_callout(struct writer *writer, enum callout_kind kind, struct slice id);
void writer_close_callout(struct writer *writer);

/* Moves all that was written to the arena. */
void writer_finish(struct document *out, struct writer *writer);

#endif
