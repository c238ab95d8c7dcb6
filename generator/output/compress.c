/*
 * How hard to try was measured on a site of 11,000 pages, in MB/s a thread. HTML of 16 KB: gzip 9
 * does 57 and leaves 35.9 %; brotli 6 does 61 and leaves 34.7, where 9 does 2.5 (it clears a table
 * of megabytes for each file) for 34.6, and 11 does 1.4 for 32.3. An index of 4 MB: gzip 9 does 8
 * for 28.2 %, 4 does 100 for 30.3; brotli 9 does 13 for 25.6, 4 does 82 for 27.5. So: what seldom
 * changes and is sent with every first visit, style and scripts, is worth the most; the megabytes
 * of the index are worth least.
 */
#include "output/compress.h"

#include <assert.h>
#include <brotli/encode.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"

#define LEAST ((uint64_t)512) /* bytes: less than that goes in one packet anyway */
#define MIDDLE ((uint64_t)64 * 1024)
#define LARGE ((uint64_t)1024 * 1024)
#define ROOM ((size_t)64 * 1024)
#define GZIP_WINDOW (15 + 16) /* the largest; with a header of gzip */

const char *const compress_suffixes[COMPRESS_FORMATS] = {".gz", ".br"};

struct compress {
	enum compress_format format;
	z_stream gzip;
	BrotliEncoderState *brotli;
};

static bool ends_with_one_of(struct slice path, const char *const *ends, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_ends(path, ends[i]))
			return true;
	return false;
}

bool compress_is_worth(struct slice path, uint64_t size)
{
	static const char *const types[] = {".html", ".css", ".js", ".mjs", ".json", ".xml", ".svg",
		".txt", ".csv", ".webmanifest", ".ico", ".ttf", ".otf"};

	return size >= LEAST && ends_with_one_of(path, types, ARRAY_LEN(types));
}

/* An index that is read whole by few, and that any change of a page changes. */
static bool is_bulk(struct slice path, uint64_t size)
{
	return size > MIDDLE && slice_ends(path, ".json");
}

static int gzip_level(struct slice path, uint64_t size)
{
	if (is_bulk(path, size))
		return 4;
	return size <= MIDDLE ? 9 : 6;
}

static uint32_t brotli_quality(struct slice path, uint64_t size)
{
	static const char *const lasting[] = {".css", ".js", ".mjs", ".svg"};

	if (size <= LARGE && ends_with_one_of(path, lasting, ARRAY_LEN(lasting)))
		return 11;
	if (is_bulk(path, size))
		return 4;
	return size <= MIDDLE ? 6 : 5;
}

/*
 * The smallest that the whole file fits in: with more, brotli takes and clears megabytes of memory
 * for a file of a few kilobytes. As RFC 7932 has it, a window is 2^n - 16 bytes.
 */
static uint32_t brotli_window(uint64_t size)
{
	uint32_t window = BROTLI_MIN_WINDOW_BITS;

	while (window < BROTLI_DEFAULT_WINDOW && ((uint64_t)1 << window) - 16 < size)
		window++;
	return window;
}

static void *gzip_memory(void *context, unsigned count, unsigned size)
{
	(void)context;
	return mem_new(count, size);
}

static void gzip_free(void *context, void *memory)
{
	(void)context;
	free(memory);
}

static void *brotli_memory(void *context, size_t size)
{
	(void)context;
	return mem_resize(NULL, 1, size);
}

static void brotli_free(void *context, void *memory)
{
	(void)context;
	free(memory);
}

/* Memory is never lacking (base/mem), and the settings are right: so neither library can fail. */
struct compress *compress_new(enum compress_format format, struct slice path, uint64_t size)
{
	struct compress *compress = mem_new(1, sizeof(*compress));
	int status = Z_OK;

	compress->format = format;
	if (format == COMPRESS_GZIP) {
		compress->gzip.zalloc = gzip_memory;
		compress->gzip.zfree = gzip_free;
		status = deflateInit2(&compress->gzip, gzip_level(path, size), Z_DEFLATED,
			GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY);
	} else {
		compress->brotli = BrotliEncoderCreateInstance(brotli_memory, brotli_free, NULL);
		(void)BrotliEncoderSetParameter(
			compress->brotli, BROTLI_PARAM_QUALITY, brotli_quality(path, size));
		(void)BrotliEncoderSetParameter(
			compress->brotli, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT);
		(void)BrotliEncoderSetParameter(
			compress->brotli, BROTLI_PARAM_LGWIN, brotli_window(size));
		(void)BrotliEncoderSetParameter(compress->brotli, BROTLI_PARAM_SIZE_HINT,
			size < UINT32_MAX ? (uint32_t)size : UINT32_MAX);
	}
	assert(status == Z_OK);
	(void)status;
	return compress;
}

static void add_gzip(struct text *out, z_stream *gzip, struct slice piece, bool last)
{
	int status;

	assert(piece.size <= UINT_MAX);
	/* zlib does not write to its input; its type is older than const. */
	gzip->next_in = (Bytef *)(uintptr_t)piece.data;
	gzip->avail_in = (uInt)piece.size;
	do {
		text_reserve(out, ROOM);
		gzip->next_out = (Bytef *)(out->data + out->size);
		gzip->avail_out = ROOM;
		status = deflate(gzip, last ? Z_FINISH : Z_NO_FLUSH);
		out->size += ROOM - gzip->avail_out;
	} while (last ? status != Z_STREAM_END : gzip->avail_out == 0);
	out->data[out->size] = '\0';
}

static void add_brotli(struct text *out, BrotliEncoderState *brotli, struct slice piece, bool last)
{
	BrotliEncoderOperation operation =
		last ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS;
	const uint8_t *in = (const uint8_t *)piece.data;
	size_t left = piece.size;

	do {
		size_t room = 0, made = 0;
		const uint8_t *bytes;

		(void)BrotliEncoderCompressStream(brotli, operation, &left, &in, &room, NULL, NULL);
		bytes = BrotliEncoderTakeOutput(brotli, &made);
		text_add(out, (struct slice){(const char *)bytes, made});
	} while (left > 0 || BrotliEncoderHasMoreOutput(brotli) ||
		 (last && !BrotliEncoderIsFinished(brotli)));
}

void compress_add(struct text *out, struct compress *compress, struct slice piece, bool last)
{
	if (compress->format == COMPRESS_GZIP)
		add_gzip(out, &compress->gzip, piece, last);
	else
		add_brotli(out, compress->brotli, piece, last);
}

void compress_free(struct compress *compress)
{
	if (compress == NULL)
		return;
	if (compress->format == COMPRESS_GZIP)
		(void)deflateEnd(&compress->gzip);
	else
		BrotliEncoderDestroyInstance(compress->brotli);
	free(compress);
}
