/*
 * Mustache templates that write HTML: the whole specification (https://github.com/mustache/spec,
 * version 1.4: comments, delimiters, interpolation, inverted, partials, sections) and its module
 * inheritance; no lambdas. Compiled once, rendered many times, from several threads at once.
 *
 * {{name}} is escaped by where it stands, {{{name}}} and {{&name}} put HTML as it is:
 *
 *   text, <title>, <textarea>, comments   & < > " as entities, as the specification has it
 *   the value of an attribute             text_attr()
 *   a URL (href, src, action, cite, poster, data, formaction, xlink:href)
 *     its start                           text_url(); "#" for a scheme other than http, https,
 *                                         mailto and tel
 *     then, and behind ? or #             text_url(), text_url_part()
 *   a tag, a value without quotes, style="", on…="", <script>, <style>
 *                                         nowhere: an error. {{{name}}} may stand in <script>: JSON
 *
 * A section, a block or a partial must end in the same kind of place as it begins in; a section or
 * block may hold whole attributes. A block that replaces another is escaped for the place of that
 * one. Data is never read as a template.
 *
 * False to a section are: what is not there, null, false, the number 0, empty text, the empty list.
 */
#ifndef DRAAIBOEK_TEMPLATE_H
#define DRAAIBOEK_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct diags;
struct value;
struct template;
struct template_set;

/*
 * Where templates come from: appends the text of template `name` ("layout", "partials/header"), of
 * less than 2 GB, to `out`, and its path, for messages, to `path`. Returns 1 when there is none, -1
 * on failure.
 */
struct template_loader {
	int (*load)(struct text *out, struct text *path, void *context, struct slice name,
		struct diags *diags);
	void *context;
};

/*
 * An empty set. With `required`, a partial or parent that does not exist is an error; else it
 * renders as nothing, as the specification has it. `diags` must outlive the set.
 */
struct template_set *template_set_new(
	struct template_loader loader, bool required, struct diags *diags);
void template_set_free(struct template_set *set);

/*
 * Compiles the template and all the partials and parents that it names, each once in a set.
 * Returns -1 when one of them is wrong or not there; the messages name file, line and column. The
 * template is the set's. Not for several threads.
 */
int template_compile(const struct template **out, struct template_set *set, const char *name);

#define TEMPLATE_CONTEXTS 8

/*
 * Renders with the values of `context` (at most TEMPLATE_CONTEXTS), of which the later ones hide
 * names of the earlier. Returns -1, with a message, when partials nest deeper than
 * TEMPLATE_DEPTH_LIMIT: what is in `out` then is not whole.
 */
int template_render(struct text *out, const struct template *template,
	const struct value *const *context, size_t count);

#define TEMPLATE_DEPTH_LIMIT 64

#endif
