/*
 * Web and e-mail addresses in plain text, found as GitHub does
 * (https://github.github.com/gfm/#autolinks-extension-), but in time linear in the text: the
 * library's own extension is not.
 */
#ifndef DRAAIBOEK_AUTOLINK_H
#define DRAAIBOEK_AUTOLINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct autolink {
	size_t start, size;
	const char *scheme; /* to put in front: "http://", "mailto:", or "" */
};

/* Finds the first address in the text from byte `from` on, where a word or the text starts. */
bool autolink_find(struct autolink *out, struct slice text, size_t from);

#endif
