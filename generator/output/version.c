/*
 * Old versions were right once, by the rules of then: what is wrong with them by those of now is
 * not said, and no reason to leave them out.
 */
#include "output/version.h"

#include <string.h>

#include "base/diag.h"
#include "base/value.h"
#include "input/source.h"
#include "input/yaml.h"
#include "model/schema.h"

static void split(struct version *version, struct diags *diags)
{
	struct slice bytes = text_slice(&version->bytes), front, body;
	struct value *root;
	unsigned line;

	if (yaml_split(&front, &body, &line, bytes, "", diags) != 0) {
		passages_add_markdown(&version->passages, bytes);
		return;
	}
	if (yaml_parse(&root, &version->front, front, "", 1, 0, diags) == 0) {
		version->draft = schema_is_yes(value_text_at(root, "concept"));
		passages_add_fields(&version->passages, root);
	}
	passages_add_markdown(&version->passages, body);
}

const struct version *version_get(struct versions *versions, const unsigned char *blob)
{
	struct version *version;
	struct diags *quiet;
	int status;

	for (size_t i = 0; i < VERSIONS_KEPT; i++)
		if (memcmp(versions->kept[i].id, blob, 20) == 0)
			return &versions->kept[i];
	version = &versions->kept[versions->next];
	memset(version->id, 0, sizeof(version->id));
	version->draft = false;
	arena_reset(&version->front);
	passages_clear(&version->passages);
	quiet = diag_new();
	status = source_read_blob(&version->bytes, versions->reader, blob, quiet);
	if (status == 0)
		split(version, quiet);
	diag_free(quiet);
	if (status != 0)
		return NULL;
	memcpy(version->id, blob, sizeof(version->id));
	versions->next = (versions->next + 1) % VERSIONS_KEPT;
	return version;
}

void versions_free(struct versions *versions)
{
	for (size_t i = 0; i < VERSIONS_KEPT; i++) {
		passages_free(&versions->kept[i].passages);
		text_free(&versions->kept[i].bytes);
		arena_free(&versions->kept[i].front);
	}
	*versions = (struct versions){0};
}
