/*
 * Figures that an author writes as data: a fenced block `peiling`, `tijdlijn` or `contactmomenten`
 * holds YAML, which is checked here. How it is drawn is for others.
 */
#ifndef DRAAIBOEK_FIGURE_H
#define DRAAIBOEK_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct diags;
struct value;

enum figure_kind { FIGURE_POLL, FIGURE_TIMELINE, FIGURE_MOMENTS, FIGURE_KINDS };

/* False when a fenced block with this word behind the fence is no figure. */
bool figure_is(enum figure_kind *out, struct slice word);

/*
 * Parses and checks the block, of which the first line is line `first_line` of `path`. A poll is a
 * map with `vraag`, perhaps `deelnemers`, and `antwoorden`: a list of maps with `antwoord` and
 * `procent`. A timeline is a map with `fasen`: a list of maps with `naam`, and perhaps `duur` and
 * `tekst`. A plan of moments is a map with `momenten`: a list of maps with `moment`, one of `op`
 * ("start"), `na` and `voor` (a span), and perhaps `waar`, `wie` and `waarover`. Numbers are
 * VALUE_NUMBER, the rest is VALUE_TEXT. -1, with messages, when it is unfit.
 */
int figure_parse(const struct value **out, struct arena *arena, enum figure_kind kind,
	struct slice yaml, const char *path, unsigned first_line, struct diags *diags);

/* A time as people say it: "2 weken". */
struct figure_span {
	unsigned count; /* from 1 to 999 */
	char unit;	/* as ISO 8601 writes it: D, W or M */
};

/* Reads a number and dagen, weken or maanden (or days, weeks, months). False for anything else. */
bool figure_span(struct figure_span *out, struct slice text);

#endif
