/*
 * Hands each call on to the kind of place.
 */
#include "output/sink.h"

#include <stdlib.h>

#include "base/mem.h"

struct sink_file {
	const struct sink_kind *kind;
	void *file;
};

int sink_write(const struct sink *sink, struct slice path, struct slice bytes, struct diags *diags)
{
	return sink->kind->write(sink->to, path, bytes, diags);
}

int sink_begin(
	struct sink_file **out, const struct sink *sink, struct slice path, struct diags *diags)
{
	void *file;

	if (sink->kind->begin(&file, sink->to, path, diags) != 0)
		return -1;
	*out = mem_new(1, sizeof(**out));
	**out = (struct sink_file){sink->kind, file};
	return 0;
}

int sink_append(struct sink_file *file, struct slice bytes, struct diags *diags)
{
	return file->kind->append(file->file, bytes, diags);
}

int sink_end(struct sink_file *file, struct diags *diags)
{
	int result = file->kind->end(file->file, diags);

	free(file);
	return result;
}

void sink_abandon(struct sink_file *file)
{
	if (file == NULL)
		return;
	file->kind->abandon(file->file);
	free(file);
}
