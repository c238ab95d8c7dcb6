/*
 * How pages stood earlier: what their sections said in the versions that history has. Each version
 * is read and parsed once, when it is asked for. For one thread at a time.
 */
#ifndef DRAAIBOEK_VERSIONS_H
#define DRAAIBOEK_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "base/mem.h"
#include "input/markdown.h"

struct ancestry;
struct history_file;
struct page;
struct site;
struct source_reader;

/* Parsed when it is first asked what it says: the document is for versions_parse() to give. */
struct version {
	struct slice bytes;	  /* of the file */
	struct document document; /* as markdown_wording() has it */
	bool parsed;
	bool refused; /* it cannot be read, or not as a page */
};

struct versions {
	const struct site *site;
	struct source_reader *reader; /* borrowed */
	enum wording_form form;
	struct arena arena;
	struct map blobs; /* id of the blob → struct version */
	struct map files; /* path → struct version, as it stands in the source */
};

void versions_open(struct versions *out, const struct site *site, struct source_reader *reader,
	enum wording_form form);
void versions_close(struct versions *versions);

/* The version of this blob; all zeroes is that of a file that is not there: no sections. */
struct version *versions_blob(struct versions *versions, const unsigned char *id);

/* The page as it stands in the source. */
struct version *versions_now(struct versions *versions, const struct page *page);

/*
 * Sets the id of the blob that a file was at a commit (a place in the list of commits), under the
 * name that it had then (20 bytes; zeroes when there was none). -1, without a message, when the
 * repository cannot tell. Not while other threads read the site.
 */
int versions_at(unsigned char *out, struct versions *versions, const struct history_file *file,
	struct ancestry *ancestry, size_t commit);

/* The document of a version; NULL when there is something, but it cannot be read. */
const struct document *versions_parse(struct versions *versions, struct version *version);

/*
 * What the section says in this version, with all below it; the introduction stands for the whole
 * page. The section is found by its id, and if there is no such id, by its title. Empty when it is
 * not there.
 */
struct slice versions_section(const struct document *document, const struct section *section);

/*
 * Makes two plain texts of a section, or of versions of one, ready to be shown beside each other:
 * takes off a heading that is the same, and the lines of links when both have the same links.
 */
void versions_trim(struct slice *before, struct slice *after, struct arena *arena);

#endif
