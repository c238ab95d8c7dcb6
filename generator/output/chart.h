/*
 * Polls and timelines as readers see them: a table or list that says it all, and a drawing (inline
 * SVG) for the eye, hidden from screen readers. Colours and sizes of text are the theme's, by class.
 */
#ifndef DRAAIBOEK_CHART_H
#define DRAAIBOEK_CHART_H

#include "base/text.h"

struct value;

/* Appends a `peiling` block (vraag, deelnemers, antwoorden: antwoord, procent). */
void chart_poll(struct text *out, const struct value *data, const struct value *strings);

/* Appends a `tijdlijn` block (fasen: naam, duur, tekst). */
void chart_timeline(struct text *out, const struct value *data);

#endif
