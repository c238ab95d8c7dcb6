/*
 * The other number of a Dutch noun, where the stemmer keeps the two apart: vacature and vacatures,
 * bedrijf and bedrijven. Rules of spelling alone: what they give need not be a word.
 */
#ifndef DRAAIBOEK_PLURAL_H
#define DRAAIBOEK_PLURAL_H

#include <stddef.h>

#include "base/text.h"

#define PLURAL_MOST 3

/*
 * Replaces `out` with the singulars or plurals that a word in lower case may have. Gives how many:
 * none for most words.
 */
size_t plural_others(struct text out[PLURAL_MOST], struct slice word);

#endif
