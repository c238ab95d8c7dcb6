/*
 * Partials and parents are files of one folder; one that is not there renders as nothing, so that a
 * template can be tried before all of it is written.
 */
#include "jobs/template.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/value.h"
#include "output/template.h"

#define LARGEST_TEMPLATE ((uint64_t)4 << 20) /* bytes */
#define LARGEST_DATA ((uint64_t)256 << 20)   /* bytes */
#define EXTENSION ".mustache"

/* What no partial can be called: the name of the template itself. */
#define ROOT ""

struct files {
	const char *root;
	struct text folder;
};

/* The folder that a file is in, as it was named. */
static void add_folder(struct text *out, const char *file)
{
	struct slice rest = slice_of(file);

	while (rest.size > 0 && rest.data[rest.size - 1] != '/')
		rest.size--;
	if (rest.size == 0)
		text_puts(out, "./");
	text_add(out, rest);
}

static int load(
	struct text *out, struct text *path, void *context, struct slice name, struct diags *diags)
{
	const struct files *files = context;
	struct text file = {0};
	int result = 1;

	if (slice_is(name, ROOT)) {
		text_puts(path, files->root);
		return fs_read(out, files->root, LARGEST_TEMPLATE, diags);
	}
	text_add(&file, name);
	text_puts(&file, EXTENSION);
	if (fs_join(path, files->folder.data, text_slice(&file)) == 0 &&
		(access(path->data, F_OK) == 0 || errno != ENOENT))
		result = fs_read(out, path->data, LARGEST_TEMPLATE, diags);
	text_free(&file);
	return result;
}

static int read_data(struct value **out, struct arena *arena, const char *path, struct diags *diags)
{
	struct text bytes = {0};
	int result = fs_read(&bytes, path, LARGEST_DATA, diags);

	if (result == 0)
		result = json_parse(out, arena, text_slice(&bytes), path, diags);
	text_free(&bytes);
	return result;
}

static int print(const struct text *text, struct diags *diags)
{
	if (fwrite(text->data, 1, text->size, stdout) != text->size || fflush(stdout) != 0)
		return diag_io(diags, "standard output", errno);
	return 0;
}

int job_template(const struct template_options *options, struct diags *diags)
{
	struct files files = {.root = options->file};
	struct template_set *set = template_set_new(
		(struct template_loader){.load = load, .context = &files}, false, diags);
	const struct template *template;
	struct arena arena = {0};
	struct text page = {0};
	struct value *data = NULL;
	const struct value *context;
	int result = -1;

	if (options->partials != NULL)
		text_puts(&files.folder, options->partials);
	else
		add_folder(&files.folder, options->file);
	text_reserve(&page, 1);
	if (options->data != NULL && read_data(&data, &arena, options->data, diags) != 0)
		goto out;
	if (template_compile(&template, set, ROOT) != 0)
		goto out;
	context = data;
	if (template_render(&page, template, &context, data != NULL) != 0)
		goto out;
	result = print(&page, diags);
out:
	template_set_free(set);
	text_free(&files.folder);
	text_free(&page);
	arena_free(&arena);
	return result;
}
