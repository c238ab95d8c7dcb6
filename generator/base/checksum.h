/*
 * CRC-32 (ISO 3309, as in gzip: RFC 1952 section 8): whether bytes changed by chance, at the speed
 * of memory. Against somebody who means harm, see base/digest. Hides zlib.
 */
#ifndef DRAAIBOEK_CHECKSUM_H
#define DRAAIBOEK_CHECKSUM_H

#include <stdint.h>

#include "base/text.h"

/* The checksum of what `before` is that of (0: nothing) and these bytes behind it. */
uint32_t checksum_of(uint32_t before, struct slice bytes);

#endif
