/*
 * Any bytes as the target and the headers of a request: a path that is taken leads nowhere but
 * below the site, and only this machine's own names are taken for a host.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/fs.h"
#include "base/text.h"
#include "base/unicode.h"
#include "jobs/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice bytes = {(const char *)data, size};
	struct text path = {0};

	if (http_decode(&path, bytes) == 0) {
		struct slice decoded = text_slice(&path);

		if (slice_ends(decoded, "/"))
			decoded.size--;
		assert(decoded.size == 0 || fs_is_safe(decoded));
		assert(unicode_valid(decoded));
		for (size_t i = 0; i < decoded.size; i++)
			assert((unsigned char)decoded.data[i] >= ' ' && decoded.data[i] != 0x7f);
	} else {
		assert(path.size == 0);
	}
	if (http_is_host(bytes, 8000))
		assert(slice_ends(bytes, ":8000") && bytes.size <= strlen("127.0.0.1:8000"));
	(void)http_has_tag(bytes, slice_of("\"a\""));
	text_free(&path);
	return 0;
}
