/*
 * The only door to libqrencode.
 */
#include "output/qr.h"

#include <qrencode.h>

#define QUIET 4	  /* modules, on each side */
#define DARK 1	  /* the bit of a module that is black */
#define MOST 2331 /* bytes in the largest code of level M */

/* The modules of one row as moves and lines; the pen goes on from where the last one left it. */
static void qr_add_row(struct text *out, const unsigned char *row, int width, int *pen, int *down)
{
	int x = 0;

	while (x < width) {
		int start;

		while (x < width && (row[x] & DARK) == 0)
			x++;
		start = x;
		while (x < width && (row[x] & DARK) != 0)
			x++;
		if (x > start) {
			text_printf(out, "m%d %dh%d", start - *pen, *down, x - start);
			*pen = x;
			*down = 0;
		}
	}
	(*down)++;
}

int qr_path(struct text *out, size_t *side, struct slice text)
{
	QRcode *code;
	int pen = 0, down = 0;

	if (text.size == 0 || text.size > MOST)
		return -1;
	code = QRcode_encodeData((int)text.size, (const unsigned char *)text.data, 0, QR_ECLEVEL_M);
	if (code == NULL)
		return -1;
	text_printf(out, "M%d %d.5", QUIET, QUIET);
	for (int y = 0; y < code->width; y++)
		qr_add_row(out, code->data + y * code->width, code->width, &pen, &down);
	*side = (size_t)code->width + (size_t)2 * QUIET;
	QRcode_free(code);
	return 0;
}
