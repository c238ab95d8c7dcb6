/*
 * A plan of contact moments as readers see it: a table with, for each moment, when it is, where,
 * with whom and about what. There is room for the day, which a script fills in on the screen and a
 * pen on paper, and for who was there to sign.
 *
 * Classes, for the theme: momenten, momenten-tabel, moment-wanneer, moment-datum, moment-waar,
 * moment-paraaf, momenten-tekenen. Each row has its time as data-termijn, a duration of ISO 8601
 * from the start: "P0D", "P2W", "-P1W" (with a sign, as in ISO 8601-2); each cell the head of its
 * column as data-kop, for where the table is shown as a list.
 */
#ifndef DRAAIBOEK_MOMENTS_H
#define DRAAIBOEK_MOMENTS_H

#include "base/text.h"

struct value;

/*
 * Appends a `contactmomenten` block. Of the theme's strings it uses moment-NAME, for the heads of
 * the columns (moment, wanneer, datum, waar, wie, waarover, paraaf) and the caption (titel), and
 * with {tijd} in them na and voor, also start; and moment-naam and moment-handtekening for below.
 */
void moments_draw(struct text *out, const struct value *data, const struct value *strings);

#endif
