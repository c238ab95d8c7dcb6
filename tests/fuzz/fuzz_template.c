/*
 * Any bytes as a template and a partial, divided by a NUL. It is refused with a message, or it
 * renders hostile data without letting it out of its place.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/diag.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/value.h"
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

/* A partial that names itself twice would render for longer than the world lasts. */
static bool multiplies(const struct texts *texts)
{
	return slice_search(texts->partial, slice_of(">")) < texts->partial.size &&
	       slice_search(texts->partial, slice_of("p")) < texts->partial.size;
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
	if (template_compile(&template, set, "main") == 0 && !multiplies(&texts)) {
		const struct value *context[] = {value};

		if (template_render(&out, template, context, 1) == 0 &&
			slice_search(texts.main, slice_of("javascript")) == texts.main.size &&
			slice_search(texts.main, slice_of("{{{")) == texts.main.size &&
			slice_search(texts.main, slice_of("&")) == texts.main.size)
			assert(slice_search(text_slice(&out), slice_of("=\"javascript:")) ==
				out.size);
	}
	template_set_free(set);
	text_free(&out);
	diag_free(diags);
	arena_free(&arena);
	return 0;
}
