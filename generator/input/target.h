/*
 * Where links and images go: which addresses are allowed, what a relative one leads to, and how it
 * is written in a page. Every link that is written is kept in the section's list.
 */
#ifndef DRAAIBOEK_TARGET_H
#define DRAAIBOEK_TARGET_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/text.h"

struct writer;

/*
 * Writes the start tag of a link to `url`. False, with a message and nothing written, when that is
 * not allowed or not there.
 */
bool target_open(struct writer *writer, struct slice url, struct slice title, struct place place);
void target_close(struct writer *writer);

/* Writes an image of this site, as far as its alternative text. False as target_open(). */
bool target_image(struct writer *writer, struct slice url, struct place place);

#endif
