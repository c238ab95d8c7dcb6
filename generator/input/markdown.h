/*
 * Markdown in, sections out: the only door to libcmark-gfm.
 *
 * A file becomes an introduction and a section for each heading of level 2 and deeper that does not
 * stand inside a list or quote. A section's body is kept as pieces: finished HTML, and between it
 * the few things that differ by the page that shows it (the way to the site's root, a value of the
 * region, a glossary term, a chart). So a section is parsed and rendered once, however many of the
 * 36 variants show it.
 *
 * What draaiboek adds to GitHub's Markdown is in draaiboek-site(5). Raw HTML but comments is an
 * error, so are URLs of a scheme that is not allowed. cmark's own weak spots are kept away from it:
 * see input/guard.h.
 */
#ifndef DRAAIBOEK_MARKDOWN_H
#define DRAAIBOEK_MARKDOWN_H

#include "base/diag.h"
#include "base/text.h"
#include "input/document.h"
#include "input/wording.h" /* enum wording_form */

struct arena;

/*
 * Parses `body`, of which the first line is line `first_line` of `path`. `id_prefix` goes before
 * the ids of footnotes and callouts ("" on a national page), so that two files can share a page.
 * All that `out` refers to is in the arena, nothing in `body`. Content errors are messages; what is
 * wrong is left out of the page. `site` may be NULL: then no relative link leads anywhere. Returns
 * -1 when the file was refused as a whole: `out` is empty.
 */
int markdown_parse(struct document *out, struct arena *arena, struct slice body, const char *path,
	unsigned first_line, const char *id_prefix, const struct markdown_site *site,
	struct diags *diags);

/*
 * Parses `body` only to hold it against another version of the page: its sections have their level,
 * title, id and line, and as `text` what heading and body say, in a form of input/wording, those of
 * neighbours one behind the other. Nothing is said about what is wrong in it. Returns -1 when the
 * file is refused as a whole.
 */
int markdown_wording(
	struct document *out, struct arena *arena, struct slice body, enum wording_form form);

/* The words that a page gets when the caller has none. */
const struct markdown_words *markdown_dutch(void);

/* Must be called once, before any thread parses. */
void markdown_init(void);

#endif
