/*
 * An address as a QR code (ISO/IEC 18004), for whoever holds a page on paper and has a telephone.
 */
#ifndef DRAAIBOEK_QR_H
#define DRAAIBOEK_QR_H

#include <stddef.h>

#include "base/text.h"

/*
 * Appends the code of `text` as the data of one SVG path: lines of width 1, each a run of dark
 * modules, in a square of `side` units with the quiet zone of 4 around it. What a template needs
 * besides is a white ground, black lines and a viewBox of "0 0 side side". Error correction is of
 * level M: 15 percent may be lost to a fold or a stain. Returns -1, and appends nothing, when the
 * text is empty or longer than the largest code takes (2,331 bytes). Threads may call it at once.
 */
int qr_path(struct text *out, size_t *side, struct slice text);

#endif
