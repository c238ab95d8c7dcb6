/*
 * A Markdown file as draaiboek keeps it: sections of pieces. input/markdown makes it; the model,
 * the checks, the search index and the pages only read it.
 */
#ifndef DRAAIBOEK_DOCUMENT_H
#define DRAAIBOEK_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct value;

enum piece_kind {
	PIECE_HTML,	/* `text`: finished HTML */
	PIECE_ROOT,	/* the way to the site's root: "", "../", "../../", … */
	PIECE_VARIABLE, /* `text`: name of a region's value, "contact.telefoon" */
	PIECE_TERM, /* `text`: the words as they stand; `term`: the glossary's number for them */
	PIECE_POLL, /* `data`: a `peiling` block, checked */
	PIECE_TIMELINE, /* `data`: a `tijdlijn` block, checked */
	PIECE_MOMENTS	/* `data`: a `contactmomenten` block, checked */
};

struct piece {
	enum piece_kind kind;
	unsigned line; /* of the file, for a variable */
	unsigned column;
	struct slice text;
	size_t term;
	bool in_link; /* a variable in the text of a link: no link may be made of it */
	const struct value *data;
};

/* A link or image as written, and where it goes. */
struct link {
	struct slice target; /* as written */
	struct slice page; /* path of the .md file it leads to, relative to the site; else empty */
	struct slice fragment; /* behind the #, decoded; else empty */
	unsigned line, column;
};

enum callout_kind {
	CALLOUT_TIP,	  /* Gouden tip */
	CALLOUT_DILEMMA,  /* Dilemma */
	CALLOUT_QUESTION, /* Vraag */
	CALLOUT_NOTICE,	  /* Let op */
	CALLOUT_EXAMPLE,  /* Voorbeeld */
	CALLOUT_KINDS
};

struct callout {
	enum callout_kind kind;
	struct slice id;     /* of the element on the page: "gouden-tip-1" */
	struct slice text;   /* plain */
	size_t first, count; /* of the section's pieces: its content, without the frame */
};

enum section_mark {
	SECTION_FIXED = 1, /* vast: law or amounts, regions may only add */
	SECTION_SLOT = 2   /* regio-vult-in: a region is to fill it */
};

struct section {
	unsigned level;	       /* 1: the introduction; 2 to 6 */
	unsigned line;	       /* of the heading; of the body's first line for the introduction */
	unsigned marks;	       /* of enum section_mark */
	bool id_given;	       /* by the author, in a comment */
	struct slice id;       /* unique in the file; empty for the introduction */
	struct slice title;    /* plain text, as overlays name it */
	struct piece *heading; /* the title with its markup, no terms */
	size_t heading_count;
	struct piece *pieces; /* the body, without the heading and without deeper sections */
	size_t count;
	struct slice text; /* the body as plain text, for search and excerpts; variables left out;
			      all white space is single spaces and line ends */
	struct link *links;
	size_t link_count;
	struct callout *callouts;
	size_t callout_count;
	size_t tasks;	/* points of its checklists */
	size_t moments; /* `contactmomenten` blocks */
};

struct document {
	struct section *sections; /* the first is the introduction, empty or not */
	size_t count;
};

/* The few words that the parser itself puts in a page, for those who do not see it. */
struct markdown_words {
	const char *table;		     /* "Tabel" */
	const char *notes;		     /* "Noten" */
	const char *note;		     /* "Noot": a number follows */
	const char *back;		     /* "Terug naar de tekst bij noot": a number follows */
	const char *callouts[CALLOUT_KINDS]; /* "Gouden tip", as readers see it */
};

/* What the parser asks of those who know the site. Called from several threads. */
struct markdown_site {
	const void *context;

	/*
	 * Resolves the relative link `target` (no scheme, does not start with #; without fragment)
	 * of the file `path`. For a page sets `page` to the path of its file and `href` to the
	 * relative address from this page's folder ("../../subsidies/x/"), or, starting with a
	 * slash, to that from the site's root ("/regio/twente/x/"); for another file sets `page`
	 * empty and `href` to its address from the site's root ("assets/x.0123.svg"). Slices live
	 * in the arena. Returns -1 when there is no such file.
	 */
	int (*resolve)(struct slice *page, struct slice *href, const void *context,
		struct arena *arena, const char *path, struct slice target);

	/*
	 * Finds the first glossary term in the plain text from byte `from` on: sets where it
	 * starts, how long it is and its number. False when there is none. May be NULL.
	 */
	bool (*find_term)(size_t *start, size_t *length, size_t *term, const void *context,
		struct slice text, size_t from);

	const struct markdown_words *words; /* NULL: Dutch */
};

/* "gouden-tip", … : the class and the id of a kind; and "Gouden tip", as editors write it. */
const char *callout_slug(enum callout_kind kind);
const char *callout_name(enum callout_kind kind);

#endif
