/*
 * Drawings (SVG) run in the reader's browser when they are opened by themselves. This lets through
 * what only draws: no scripts, no handlers, nothing that is fetched or led to from elsewhere.
 */
#ifndef DRAAIBOEK_DRAWING_H
#define DRAAIBOEK_DRAWING_H

#include <stdbool.h>

#include "base/text.h"

struct diags;

/* True when the drawing may be published; else says what is in it that may not. */
bool drawing_check(const char *path, struct slice bytes, struct diags *diags);

#endif
