/*
 * The style sheet that makes the regelingenwijzer work without a script: of each answer a rule that
 * hides the schemes which it excludes. Made of the conditions that check/scenarios judges by.
 */
#ifndef DRAAIBOEK_WIZARD_STYLE_H
#define DRAAIBOEK_WIZARD_STYLE_H

#include <stddef.h>

#include "base/text.h"

struct arena;
struct bundle;
struct questions;
struct scheme;
struct site;

/*
 * Appends the rules for these schemes. In the page, `.wijzer` is around all; the radio of an answer
 * has the id "w-" and its token (question_token()); what an answer hides has the token in
 * `data-niet`; a run of schemes of one phase (fit_phase_end) has its number, from 1, in
 * `data-fase`; `.wijzer-niets` is shown when no scheme is left; and what has the name of a question
 * in `data-eis` gets `--eis` with its `data-past`, `--eis-na` (none) and
 * `--eis-teken` (a check mark) once the question is answered.
 */
void wizard_style_write(struct text *out, const struct questions *questions,
	const struct scheme *schemes, size_t count);

/*
 * Adds the style sheets of a site with questions to the bundle: `wijzer` among the names for the
 * nation, and `wijzer-SLUG` for a region with other schemes.
 */
void wizard_style_add(struct bundle *bundle, struct arena *arena, const struct site *site);

#endif
