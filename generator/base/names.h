/*
 * A list of names that grows, each a copy of its own. Starts as all zeroes.
 */
#ifndef DRAAIBOEK_NAMES_H
#define DRAAIBOEK_NAMES_H

#include <stdbool.h>
#include <stddef.h>

struct names {
	char **all;
	size_t count;
	size_t capacity;
};

/* Returns 0, and takes the list as `void *`: so that it can be called for each name of a folder. */
int names_add(void *names, const char *name);
bool names_has(const struct names *names, const char *name);
void names_free(struct names *names);

#endif
