/*
 * Files and folders are compared by the ids that git has for them, so nothing is read.
 */
#include "jobs/push.h"

#include <string.h>

#include "input/source.h"
#include "jobs/build.h"
#include "model/region.h"

/* The id of what stood at the path before. False when nothing did, or it cannot be told. */
static bool find_before(unsigned char *out, const struct push *push, struct slice path)
{
	return push->before != NULL && source_id_at(out, push->build->reading.readers[0],
					       push->before, path, push->diags) == 0;
}

bool push_changes(const struct push *push, struct slice path)
{
	const struct source_file *file = source_find(push->build->reading.source, path);
	unsigned char id[20];

	return file == NULL || !find_before(id, push, path) ||
	       memcmp(id, file->id, sizeof(id)) != 0;
}

bool push_had(const struct push *push, struct slice path)
{
	unsigned char id[20];

	return find_before(id, push, path);
}

bool push_spares(const struct push *push, const struct region *region)
{
	const struct reading *reading = &push->build->reading;
	unsigned char before[20], now[20];
	struct text path = {0};
	bool same;

	text_printf(&path, "content/regios/%s", region->slug.data);
	same = find_before(before, push, text_slice(&path)) &&
	       source_id_at(now, reading->readers[0], source_commit(reading->source),
		       text_slice(&path), push->diags) == 0 &&
	       memcmp(before, now, sizeof(now)) == 0;
	text_free(&path);
	return same;
}
