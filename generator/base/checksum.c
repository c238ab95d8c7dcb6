#include "base/checksum.h"

#include <zlib.h>

uint32_t checksum_of(uint32_t before, struct slice bytes)
{
	if (bytes.size == 0)
		return before;
	return (uint32_t)crc32_z(before, (const unsigned char *)bytes.data, bytes.size);
}
