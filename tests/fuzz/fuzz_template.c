/*
 * Any bytes as a template and a partial, divided by a NUL: refused with a message, or it renders
 * hostile data without letting it out of its place. Partials that name themselves end too.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/diag.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/value.h"
#include "output/html_context.h"
#include "output/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Lists have one item, so that sections in each other do not multiply. */
static const char data_json[] =
	"{\"t\": \"<i>\\\"'&{{t}}\", \"u\": \"javascript:alert(1)\", \"n\": 3, \"e\": \"\", \"z\": "
	"null,"
	" \"l\": [{\"t\": \"x\"}], \"y\": true, \"m\": {\"t\": \"</script>\", \"m\": {\"n\": 0}}}";

struct texts {
	struct slice main;
	struct slice partial;
};

static int load(
	struct text *out, struct text *path, void *context, struct slice name, struct diags *diags)
{
	const struct texts *texts = context;

	(void)diags;
	text_add(path, name);
	if (slice_is(name, "main")) {
		text_add(out, texts->main);
		return 0;
	}
	if (!slice_is(name, "p"))
		return 1;
	text_add(out, texts->partial);
	return 0;
}

static bool has(struct slice text, const char *needle)
{
	return slice_search(text, slice_of(needle)) < text.size;
}

/* What it takes to put HTML as it is; a set delimiter tag could make other ways. */
static bool may_be_raw(struct slice text)
{
	return has(text, "&") || has(text, "}}}") || has(text, "=}}");
}

static bool either_has(const struct texts *texts, const char *needle)
{
	return has(texts->main, needle) || has(texts->partial, needle);
}

/* Whether the value of an attribute that is a URL runs a script. */
static bool runs_script(struct slice out)
{
	struct html_context context = {0};

	while (out.size > 0) {
		bool before = context.place == HTML_BEFORE_VALUE;

		html_context_feed(&context, (struct slice){out.data, 1});
		out = slice_from(out, 1);
		if (before && context.place == HTML_VALUE && context.attribute == HTML_URL &&
			slice_starts(slice_trim(out), "javascript:"))
			return true;
	}
	return false;
}

/* Data that would be a tag, or run something, stands in the output only as a template has it. */
static void check(const struct texts *texts, struct slice out)
{
	if (may_be_raw(texts->main) || may_be_raw(texts->partial))
		return;
	assert(!has(out, "<i>") || either_has(texts, "i>"));
	assert(!has(out, "</script>") || either_has(texts, "script"));
	assert(!runs_script(out) || either_has(texts, "javascript"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice input = {(const char *)data, size};
	size_t end = slice_find(input, '\0');
	struct texts texts = {{input.data, end}, slice_from(input, end < size ? end + 1 : size)};
	struct arena arena = {0};
	struct diags *diags = diag_new();
	struct text out = {0};
	struct value *value = NULL;
	const struct template *template = NULL;
	struct template_set *set =
		template_set_new((struct template_loader){load, &texts}, false, diags);

	assert(json_parse(&value, &arena, slice_of(data_json), "", diags) == 0);
	if (template_compile(&template, set, "main") == 0) {
		const struct value *context[] = {value};

		if (template_render(&out, template, context, 1) == 0)
			check(&texts, text_slice(&out));
	}
	template_set_free(set);
	text_free(&out);
	diag_free(diags);
	arena_free(&arena);
	return 0;
}
