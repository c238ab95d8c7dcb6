/*
 * Sets of templates: loads and parses each once with all that it names, has them checked, and hands
 * them out. See template_parse.c, template_context.c and template_write.c for what templates do.
 */
#include "output/template.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "output/template_context.h"
#include "output/template_parse.h"
#include "output/template_tree.h"
#include "output/template_write.h"

struct template_set {
	struct template_loader loader;
	bool required;
	struct diags *diags;
	struct map by_name;
	struct template *first; /* in the order in which they were asked for */
	struct template **end;
	unsigned searches;
};

struct template_set *template_set_new(
	struct template_loader loader, bool required, struct diags *diags)
{
	struct template_set *set = mem_new(1, sizeof(*set));

	set->loader = loader;
	set->required = required;
	set->diags = diags;
	set->end = &set->first;
	return set;
}

void template_set_free(struct template_set *set)
{
	if (set == NULL)
		return;
	while (set->first != NULL) {
		struct template *template = set->first;

		set->first = template->next;
		text_free(&template->path);
		text_free(&template->source);
		arena_free(&template->arena);
		free(template->nodes);
		free(template->sites);
		free(template->name);
		free(template);
	}
	map_free(&set->by_name);
	free(set);
}

/* The template of this name, which may not be loaded yet. */
static struct template *ask_for(struct template_set *set, struct slice name)
{
	struct template *template = map_get(&set->by_name, name);

	if (template != NULL)
		return template;
	template = mem_new(1, sizeof(*template));
	template->name = mem_copy(name.data, name.size);
	template->diags = set->diags;
	map_set(&set->by_name, (struct slice){template->name, name.size}, template);
	*set->end = template;
	set->end = &template->next;
	return template;
}

static void load(struct template_set *set, struct template *template)
{
	int result = set->loader.load(&template->source, &template->path, set->loader.context,
		slice_of(template->name), set->diags);

	if (template->path.size == 0)
		text_puts(&template->path, template->name);
	assert(template->source.size <= INT32_MAX);
	template->broken = result < 0;
	template->missing = result > 0;
	if (result == 0)
		template_parse(template);
}

/* Asks for the partials and parents of a template. */
static void ask_for_targets(struct template_set *set, struct template *template)
{
	for (size_t i = 0; i < template->count; i++) {
		struct template_node *node = &template->nodes[i];

		if (node->kind == TEMPLATE_PARTIAL || node->kind == TEMPLATE_PARENT)
			node->target = ask_for(set, node->text);
	}
}

/* Takes away what is not there; an error when templates have to be. */
static void drop_missing(struct template_set *set, struct template *template)
{
	for (size_t i = 0; i < template->count; i++) {
		struct template_node *node = &template->nodes[i];
		bool partial = node->kind == TEMPLATE_PARTIAL;

		if ((!partial && node->kind != TEMPLATE_PARENT) || !node->target->missing)
			continue;
		node->target = NULL;
		if (set->required)
			template_fail(template, DIAG_TEMPLATE_MISSING, node->tag,
				partial ? '>' : '<', node->text);
	}
}

/* Whether the template and all that it names are without errors. */
static bool is_sound(struct template *template, unsigned search)
{
	bool sound = !template->broken;

	if (template->search == search)
		return true;
	template->search = search;
	for (size_t i = 0; i < template->count; i++) {
		const struct template_node *node = &template->nodes[i];

		if ((node->kind == TEMPLATE_PARTIAL || node->kind == TEMPLATE_PARENT) &&
			node->target != NULL && !is_sound(node->target, search))
			sound = false;
	}
	return sound;
}

int template_compile(const struct template **out, struct template_set *set, const char *name)
{
	struct template *root = ask_for(set, slice_of(name));
	struct template *first = root->state == TEMPLATE_NEW ? root : NULL;

	for (struct template *template = first; template != NULL; template = template->next) {
		template->state = TEMPLATE_PARSED;
		load(set, template);
		ask_for_targets(set, template);
	}
	for (struct template *template = first; template != NULL; template = template->next)
		drop_missing(set, template);
	for (struct template *template = first; template != NULL; template = template->next)
		template_context_check(template, &set->searches);
	for (struct template *template = first; template != NULL; template = template->next)
		template_context_verify(template, &set->searches);
	if (root->missing)
		diag_add(set->diags, DIAG_TEMPLATE_MISSING, (struct place){.path = root->path.data},
			name, NULL);
	if (root->missing || !is_sound(root, ++set->searches))
		return -1;
	*out = root;
	return 0;
}

int template_render(struct text *out, const struct template *template,
	const struct value *const *context, size_t count)
{
	struct template_scope scopes[TEMPLATE_CONTEXTS];
	const struct template_scope *scope = NULL;

	assert(count <= TEMPLATE_CONTEXTS);
	for (size_t i = 0; i < count; i++) {
		scopes[i] = (struct template_scope){context[i], scope};
		scope = &scopes[i];
	}
	return template_write(out, template, scope, TEMPLATE_DEPTH_LIMIT);
}
