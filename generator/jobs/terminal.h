/*
 * Text for a terminal: what came from files is shown as it is but for what would steer the
 * terminal.
 */
#ifndef DRAAIBOEK_TERMINAL_H
#define DRAAIBOEK_TERMINAL_H

#include <stddef.h>

#include "base/text.h"

/* Appends the text; control characters, and those that turn the direction, become U+FFFD. */
void terminal_add(struct text *out, struct slice text);

/* How many characters it takes. */
size_t terminal_width(struct slice text);

/* Appends spaces up to `width` characters for a text of which `text` was written. */
void terminal_pad(struct text *out, struct slice text, size_t width);

#endif
