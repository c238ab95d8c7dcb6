/*
 * One allocation a name: lists of branches and releases are short.
 */
#include "base/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int names_add(void *names, const char *name)
{
	struct names *list = names;

	list->all = mem_grow(list->all, list->count, &list->capacity, sizeof(char *));
	list->all[list->count++] = mem_copy(name, strlen(name));
	return 0;
}

bool names_has(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->all[i], name) == 0)
			return true;
	return false;
}

void names_free(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->all[i]);
	free(names->all);
	*names = (struct names){0};
}
