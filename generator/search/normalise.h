/*
 * What is done to a text before lunr sees it, and by the theme's search module to a query, so that
 * the words that a reader would call the same are the same: themes/standaard/js/words.js has the
 * same rules.
 */
#ifndef DRAAIBOEK_NORMALISE_H
#define DRAAIBOEK_NORMALISE_H

#include "base/text.h"

/*
 * Appends the text in normal form C, where soft hyphens and their like are left out, all hyphens
 * are "-", slashes, brackets, dashes and double quotes are spaces, and words have lost an 's at
 * their end. What is appended is UTF-8 whatever the text is.
 */
void normalise_text(struct text *out, struct slice text);

#endif
