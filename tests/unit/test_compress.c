/* Twins: the same each time, in whatever pieces, and what comes out of gzip's is what went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>
#include <zlib.h>

#include "base/mem.h"
#include "output/compress.h"

/* Text with something new in it now and then. */
static char *make_text(size_t size)
{
	char *bytes = mem_new(size + 1, 1);
	uint32_t random = 1;

	for (size_t i = 0; i < size; i++) {
		random = random * 1664525 + 1013904223;
		bytes[i] =
			random >> 28 == 0 ? (char)('a' + (random >> 8) % 26) : "draaiboek "[i % 10];
	}
	return bytes;
}

static void squeeze(struct text *out, enum compress_format format, const char *path,
	struct slice bytes, size_t step)
{
	struct compress *compress = compress_new(format, slice_of(path), bytes.size);

	while (bytes.size > step) {
		compress_add(out, compress, (struct slice){bytes.data, step}, false);
		bytes = slice_from(bytes, step);
	}
	compress_add(out, compress, bytes, true);
	compress_free(compress);
}

static void assert_unpacks(const struct text *packed, struct slice wanted)
{
	char *bytes = mem_new(wanted.size + 1, 1);
	z_stream stream = {0};

	assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
	stream.next_in = (Bytef *)packed->data;
	stream.avail_in = (uInt)packed->size;
	stream.next_out = (Bytef *)bytes;
	stream.avail_out = (uInt)wanted.size + 1;
	assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
	assert_int_equal(stream.total_out, wanted.size);
	assert_int_equal(stream.avail_in, 0);
	assert_memory_equal(bytes, wanted.data, wanted.size);
	inflateEnd(&stream);
	free(bytes);
}

static void same_in_pieces(void **state)
{
	static const char *const paths[] = {"x/index.html", "assets/x.js"};
	static const size_t sizes[] = {0, 1, 600, 70 * 1000, 1200 * 1000};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes) * ARRAY_LEN(paths) * COMPRESS_FORMATS; i++) {
		const enum compress_format format = (enum compress_format)(i % COMPRESS_FORMATS);
		const char *path = paths[i / COMPRESS_FORMATS % ARRAY_LEN(paths)];
		const size_t size = sizes[i / COMPRESS_FORMATS / ARRAY_LEN(paths)];
		char *bytes = make_text(size);
		struct text whole = {0}, pieces = {0};

		squeeze(&whole, format, path, (struct slice){bytes, size}, SIZE_MAX);
		squeeze(&pieces, format, path, (struct slice){bytes, size}, 4096 + 7);
		assert_int_equal(whole.size, pieces.size);
		assert_memory_equal(whole.data, pieces.data, whole.size);
		if (size >= 600)
			assert_true(whole.size < size);
		if (format == COMPRESS_GZIP)
			assert_unpacks(&whole, (struct slice){bytes, size});
		text_free(&whole);
		text_free(&pieces);
		free(bytes);
	}
}

/* RFC 1952: no name, no time. */
static void gzip_says_nothing_of_when(void **state)
{
	struct text packed = {0};
	static const char zeroes[4];

	(void)state;
	squeeze(&packed, COMPRESS_GZIP, "index.html", slice_of("tekst"), SIZE_MAX);
	assert_true(packed.size > 18);
	assert_memory_equal(packed.data, "\x1f\x8b\x08\0", 4);
	assert_memory_equal(packed.data + 4, zeroes, 4);
	text_free(&packed);
}

static void worth_it_for_text_only(void **state)
{
	(void)state;
	assert_true(compress_is_worth(slice_of("a/index.html"), 4000));
	assert_true(compress_is_worth(slice_of("zoek/index.json"), 512));
	assert_true(compress_is_worth(slice_of("beeld.svg"), 512));
	assert_false(compress_is_worth(slice_of("a/index.html"), 511));
	assert_false(compress_is_worth(slice_of("foto.jpg"), 100000));
	assert_false(compress_is_worth(slice_of("wet.pdf"), 100000));
	assert_false(compress_is_worth(slice_of("letter.woff2"), 100000));
	assert_false(compress_is_worth(slice_of("html"), 100000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_in_pieces),
		cmocka_unit_test(gzip_says_nothing_of_when),
		cmocka_unit_test(worth_it_for_text_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
