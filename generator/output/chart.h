/*
 * Polls and timelines as readers see them: a table or list that says it all, and a drawing (inline
 * SVG) for the eye, hidden from screen readers.
 *
 * A drawing is as wide as its place and its heights are in em, as large as the text around it on
 * every screen. The style sheet must leave the height of a timeline alone. Classes, for the theme:
 * peiling, peiling-beeld, balk-tekst, balk-rij, balk, balk-getal, peiling-tabel,
 * peiling-deelnemers; tijdlijn, tijdlijn-beeld, tijdlijn-lijn, tijdlijn-punt, tijdlijn-nummer,
 * tijdlijn-fasen, fase-naam, fase-duur, fase-tekst.
 */
#ifndef DRAAIBOEK_CHART_H
#define DRAAIBOEK_CHART_H

#include "base/text.h"

struct value;

/*
 * Appends a `peiling` block (vraag, deelnemers, antwoorden: antwoord, procent). Of the theme's
 * strings it uses peiling-antwoord, peiling-procent, peiling-deelnemer and peiling-deelnemers (with
 * {aantal} in it), and decimaalteken.
 */
void chart_poll(struct text *out, const struct value *data, const struct value *strings);

/* Appends a `tijdlijn` block (fasen: naam, duur, tekst). */
void chart_timeline(struct text *out, const struct value *data);

#endif
