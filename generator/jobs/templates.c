/*
 * The templates of a build: one a page type, and those of the pages that draaiboek makes.
 */
#include "jobs/templates.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "input/theme.h"
#include "model/site.h"
#include "output/made.h"
#include "output/template.h"

/* Of pages beside those of output/made. */
static const char *const needed[] = {"404", "doorverwijzing", "verschil"};

/* Without it there are no such pages. */
static const char *const optional[] = {"geschiedenis"};

struct templates {
	struct template_set *set;
	struct map by_name; /* → const struct template * */
	const struct site *site;
	struct source_reader *reader;
};

/* Reads templates/NAME.mustache of the theme. */
static int templates_load(
	struct text *out, struct text *path, void *context, struct slice name, struct diags *diags)
{
	struct templates *templates = context;
	struct text file = {0};
	const struct theme_file *found;
	int result = 1;

	text_puts(&file, "templates/");
	text_add(&file, name);
	text_puts(&file, ".mustache");
	found = theme_find(templates->site->theme, text_slice(&file));
	text_puts(path, found != NULL ? found->full : file.data);
	if (found != NULL)
		result = theme_read(out, found, templates->reader, diags);
	text_free(&file);
	return result;
}

/* True when the theme has the template. */
static bool templates_has(const struct templates *templates, const char *name)
{
	struct text file = {0};
	bool has;

	text_printf(&file, "templates/%s.mustache", name);
	has = theme_find(templates->site->theme, text_slice(&file)) != NULL;
	text_free(&file);
	return has;
}

static int templates_add(struct templates *templates, struct slice name)
{
	const struct template *compiled;

	if (map_get(&templates->by_name, name) != NULL)
		return 0;
	if (template_compile(&compiled, templates->set, name.data) != 0)
		return -1;
	(void)map_set(&templates->by_name, name, (void *)(uintptr_t)compiled);
	return 0;
}

/* Those of the pages that draaiboek makes: what a theme may lack is not made. */
static int templates_add_made(struct templates *templates)
{
	size_t count;
	const struct made_kind *kinds = made_kinds(&count);
	int result = 0;

	for (size_t i = 0; i < count; i++)
		if (kinds[i].template != NULL &&
			(kinds[i].needed || templates_has(templates, kinds[i].template)) &&
			templates_add(templates, slice_of(kinds[i].template)) != 0)
			result = -1;
	return result;
}

static bool templates_is_used(const struct templates *templates, const struct page_type *type)
{
	const struct site *site = templates->site;

	for (size_t i = 0; i < site->page_count; i++)
		if (site->pages[i].type == type)
			return true;
	return false;
}

/*
 * A type may name a template that the theme does not have: the file of the type is to blame. A type
 * that comes with the program and that no page has asks nothing of a site's own theme.
 */
static int templates_add_type(
	struct templates *templates, const struct page_type *type, struct diags *diags)
{
	struct text file = {0};
	int result = -1;

	text_printf(
		&file, "templates/%.*s.mustache", (int)type->template.size, type->template.data);
	if (theme_find(templates->site->theme, text_slice(&file)) != NULL)
		result = templates_add(templates, type->template);
	else if (!slice_starts(slice_of(type->path), "content/soorten/") &&
		 !templates_is_used(templates, type))
		result = 0;
	else
		diag_add(diags, DIAG_TYPE_TEMPLATE, (struct place){type->path, 0, 0}, file.data,
			(char *)NULL);
	text_free(&file);
	return result;
}

int templates_open(struct templates **out, const struct site *site, struct source_reader *reader,
	struct diags *diags)
{
	struct templates *templates = mem_new(1, sizeof(*templates));
	struct template_loader loader = {templates_load, templates};
	int result = 0;

	templates->site = site;
	templates->reader = reader;
	templates->set = template_set_new(loader, true, diags);
	for (size_t i = 0; i < ARRAY_LEN(needed); i++)
		if (templates_add(templates, slice_of(needed[i])) != 0)
			result = -1;
	if (templates_add_made(templates) != 0)
		result = -1;
	for (size_t i = 0; i < ARRAY_LEN(optional); i++)
		if (templates_has(templates, optional[i]) &&
			templates_add(templates, slice_of(optional[i])) != 0)
			result = -1;
	for (size_t i = 0; i < site->type_count; i++)
		if (templates_add_type(templates, &site->types[i], diags) != 0)
			result = -1;
	if (result == 0)
		*out = templates;
	else
		templates_free(templates);
	return result;
}

const struct template *templates_get(const struct templates *templates, struct slice name)
{
	return map_get(&templates->by_name, name);
}

void templates_free(struct templates *templates)
{
	if (templates == NULL)
		return;
	map_free(&templates->by_name);
	template_set_free(templates->set);
	free(templates);
}
