/*
 * JSON as input, for the data of `draaiboek template`. Hides cJSON. To write JSON, see text_json().
 */
#ifndef DRAAIBOEK_JSON_H
#define DRAAIBOEK_JSON_H

#include "base/text.h"

struct arena;
struct diags;
struct value;

/* Parses the whole slice. On failure adds a message for `path` and returns -1. */
int json_parse(struct value **out, struct arena *arena, struct slice bytes, const char *path,
	struct diags *diags);

#endif
