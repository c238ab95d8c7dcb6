/*
 * Any bytes as a path or as a link: what comes of them stays within the folder or the site.
 * The input is a file's path and a link in it, divided by a line end.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/links.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* By another road than fs_is_safe(): part after part, each compared with what is not allowed. */
static void assert_inside(struct slice path)
{
	assert(path.size > 0 && memchr(path.data, '\0', path.size) == NULL);
	for (size_t at = 0; at <= path.size;) {
		struct slice rest = slice_from(path, at);
		struct slice part = {rest.data, slice_find(rest, '/')};

		assert(part.size > 0 && !slice_is(part, ".") && !slice_is(part, ".."));
		at += part.size + 1;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice target = {(const char *)data, size};
	struct slice file = {target.data, slice_find(target, '\n')};
	struct text out = {0};
	struct links_place place;

	target = slice_from(target, file.size < size ? file.size + 1 : size);
	if (fs_join(&out, "folder", file) == 0) {
		assert(slice_starts(text_slice(&out), "folder/"));
		assert_inside(file);
	} else {
		assert(out.size == 0);
	}
	text_clear(&out);
	/* Nothing is the site's own folder. */
	if (fs_is_safe(file) && links_follow(&out, file, target) == 0 && out.size > 0)
		assert_inside(text_slice(&out));
	if (fs_is_safe(file) && links_place_of(&place, file)) {
		struct arena arena = {0};
		struct slice address = links_address(&arena, place.key);

		text_clear(&out);
		links_relative(&out, address, address);
		text_clear(&out);
		links_root(&out, address);
		arena_free(&arena);
	}
	text_free(&out);
	return 0;
}
