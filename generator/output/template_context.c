/*
 * One walk over the nodes, with the context of HTML that their text leads to. A block that replaces
 * another stands where that one stands, so the parent is checked before it. A parent may have the
 * block from its own parent or a partial: all that it can reach is searched.
 */
#include "output/template_context.h"

#include "base/diag.h"
#include "output/template_parse.h"
#include "output/template_tree.h"

struct walk {
	struct template *template;
	unsigned *searches;
};

static char sign_of(const struct template_node *node)
{
	static const char signs[] = {
		[TEMPLATE_TEXT] = ' ',
		[TEMPLATE_VALUE] = ' ',
		[TEMPLATE_SECTION] = '#',
		[TEMPLATE_INVERTED] = '^',
		[TEMPLATE_PARTIAL] = '>',
		[TEMPLATE_PARENT] = '<',
		[TEMPLATE_BLOCK] = '$',
	};

	return signs[node->kind];
}

static void fail_at(const struct walk *walk, enum diag_code code, const struct template_node *node)
{
	char sign = node->escape == ESCAPE_NOT ? '&' : sign_of(node);

	template_fail(walk->template, code, node->tag, sign, node->text);
}

static void check_text(
	const struct walk *walk, const struct template_node *node, struct html_context *context)
{
	size_t fault;

	context->at = node->tag;
	fault = html_context_feed(context, node->text);
	if (fault == node->text.size)
		return;
	walk->template->broken = true;
	diag_add(walk->template->diags, DIAG_TEMPLATE_GLUED,
		template_place(walk->template, node->tag + fault), NULL);
}

static enum template_escape escape_of_url(enum html_url url)
{
	switch (url) {
	case HTML_URL_START:
		return ESCAPE_URL_START;
	case HTML_URL_PATH:
		return ESCAPE_URL;
	case HTML_URL_QUERY:
		break;
	}
	return ESCAPE_URL_PART;
}

static void check_attribute(
	const struct walk *walk, struct template_node *node, const struct html_context *context)
{
	if (context->attribute == HTML_CODE)
		fail_at(walk, DIAG_TEMPLATE_IN_SCRIPT, node);
	else if (node->escape == ESCAPE_NOT)
		fail_at(walk, DIAG_TEMPLATE_RAW, node);
	else if (context->attribute == HTML_URL)
		node->escape = (uint8_t)escape_of_url((enum html_url)context->url);
	else
		node->escape = ESCAPE_ATTRIBUTE;
}

static void check_value(
	const struct walk *walk, struct template_node *node, const struct html_context *context)
{
	switch ((enum html_place)context->place) {
	case HTML_TEXT:
	case HTML_RCDATA:
	case HTML_COMMENT:
		break;
	case HTML_SCRIPT:
		if (node->escape != ESCAPE_NOT)
			fail_at(walk, DIAG_TEMPLATE_IN_SCRIPT, node);
		break;
	case HTML_STYLE:
		fail_at(walk, DIAG_TEMPLATE_IN_SCRIPT, node);
		break;
	case HTML_VALUE:
		check_attribute(walk, node, context);
		break;
	case HTML_BEFORE_VALUE:
	case HTML_UNQUOTED:
		fail_at(walk, DIAG_TEMPLATE_UNQUOTED, node);
		break;
	case HTML_LESS_THAN:
	case HTML_TAG_NAME:
	case HTML_TAG:
	case HTML_TAG_JOINED:
	case HTML_NAME:
	case HTML_AFTER_NAME:
		fail_at(walk, DIAG_TEMPLATE_IN_TAG, node);
		break;
	}
}

static void check_nodes(
	const struct walk *walk, size_t from, size_t to, struct html_context *context);

/* Checks the content of a section or block, which begins at `start`. */
static void check_content(const struct walk *walk, const struct template_node *node,
	const struct html_context *start, struct html_context *out)
{
	struct template *template = walk->template;
	struct html_context end = *start;
	struct text line = {0};

	check_nodes(walk, (size_t)(node - template->nodes) + 1, node->end, &end);
	if (html_context_join(out, start, &end, node->kind == TEMPLATE_BLOCK))
		return;
	template->broken = true;
	text_number(&line, template_place(template, node->tag).line);
	diag_add(template->diags, DIAG_TEMPLATE_UNBALANCED, template_place(template, node->closing),
		template_show(template, sign_of(node), node->text), line.data, NULL);
	text_free(&line);
}

static void add_site(const struct walk *walk, const struct template_node *node,
	struct template *target, const struct html_context *context)
{
	struct template *template = walk->template;

	template->sites = mem_grow(template->sites, template->sites_count,
		&template->sites_capacity, sizeof(*template->sites));
	template->sites[template->sites_count++] =
		(struct template_site){(uint32_t)(node - template->nodes), target, *context};
}

struct search {
	struct slice name;
	unsigned number;
	bool found;
	bool clash; /* two places that no text can stand in both */
	struct html_context context;
};

static void search_template(struct search *search, struct template *template)
{
	if (template->search == search->number)
		return;
	template->search = search->number;
	for (size_t i = 0; i < template->sites_count; i++) {
		const struct template_site *site = &template->sites[i];
		struct html_context before = search->context;

		if (site->target != NULL ||
			!slice_equal(template->nodes[site->node].text, search->name))
			continue;
		if (!search->found)
			search->context = site->context;
		else if (!html_context_merge(&search->context, &before, &site->context))
			search->clash = true;
		search->found = true;
	}
	for (size_t i = 0; i < template->count; i++) {
		const struct template_node *node = &template->nodes[i];

		if ((node->kind == TEMPLATE_PARTIAL || node->kind == TEMPLATE_PARENT) &&
			node->target != NULL)
			search_template(search, node->target);
	}
}

static struct search search_block(struct slice name, struct template *target, unsigned *searches)
{
	struct search search = {.name = name, .number = ++*searches};

	search_template(&search, target);
	return search;
}

/* The blocks in a parent tag, each in the context of the one that it replaces. */
static void check_parent(const struct walk *walk, const struct template_node *parent)
{
	struct template *template = walk->template;
	size_t index = (size_t)(parent - template->nodes) + 1;

	while (index < parent->end) {
		const struct template_node *node = &template->nodes[index];
		struct search search = {0};
		struct html_context end;

		if (parent->target != NULL) {
			search = search_block(node->text, parent->target, walk->searches);
			add_site(walk, node, parent->target, &search.context);
		}
		if (search.clash)
			fail_at(walk, DIAG_TEMPLATE_BLOCK_PLACES, node);
		check_content(walk, node, &search.context, &end);
		index = node->end;
	}
}

static void check_partial(
	const struct walk *walk, const struct template_node *node, struct html_context *context)
{
	if (context->place == HTML_LESS_THAN && !context->closing)
		context->place = HTML_TEXT;
	if (context->place != HTML_TEXT && context->place != HTML_RCDATA)
		fail_at(walk, DIAG_TEMPLATE_PARTIAL_PLACE, node);
	if (node->target != NULL)
		template_context_check(node->target, walk->searches);
	if (node->kind == TEMPLATE_PARENT)
		check_parent(walk, node);
}

static void check_nodes(
	const struct walk *walk, size_t from, size_t to, struct html_context *context)
{
	while (from < to) {
		struct template_node *node = &walk->template->nodes[from];
		struct html_context start;

		switch ((enum template_kind)node->kind) {
		case TEMPLATE_TEXT:
			check_text(walk, node, context);
			break;
		case TEMPLATE_VALUE:
			check_value(walk, node, context);
			break;
		case TEMPLATE_PARTIAL:
		case TEMPLATE_PARENT:
			check_partial(walk, node, context);
			break;
		case TEMPLATE_SECTION:
		case TEMPLATE_INVERTED:
		case TEMPLATE_BLOCK:
			html_context_break(context);
			start = *context;
			if (node->kind == TEMPLATE_BLOCK)
				add_site(walk, node, NULL, &start);
			check_content(walk, node, &start, context);
			break;
		}
		from = node->end;
	}
}

void template_context_check(struct template *template, unsigned *searches)
{
	struct walk walk = {template, searches};
	struct html_context context = {0};

	if (template->state == TEMPLATE_CHECKED)
		return;
	template->state = TEMPLATE_CHECKED;
	check_nodes(&walk, 0, template->count, &context);
	if (context.place != HTML_TEXT && context.place != HTML_LESS_THAN) {
		template->broken = true;
		diag_add(template->diags, DIAG_TEMPLATE_HTML_END,
			template_place(template, context.start), NULL);
	}
}

void template_context_verify(struct template *template, unsigned *searches)
{
	struct walk walk = {template, searches};

	for (size_t i = 0; i < template->sites_count; i++) {
		const struct template_site *site = &template->sites[i];
		const struct template_node *node = &template->nodes[site->node];
		struct search search;

		if (site->target == NULL)
			continue;
		search = search_block(node->text, site->target, searches);
		if (!html_context_equal(&search.context, &site->context))
			fail_at(&walk, DIAG_TEMPLATE_BLOCK_PLACES, node);
	}
}
