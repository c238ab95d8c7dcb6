/*
 * The forms that messages leave in.
 */
#include "check/report.h"

void report_line(struct text *out, const struct diag *diag)
{
	text_puts(out, diag->place.path[0] != '\0' ? diag->place.path : "draaiboek");
	if (diag->place.line > 0)
		text_printf(out, ":%u", diag->place.line);
	if (diag->place.line > 0 && diag->place.column > 0)
		text_printf(out, ":%u", diag->place.column);
	text_printf(out, ": %s: %s [%s]\n", diag_level_name(diag->level), diag->text,
		diag_name(diag->code));
}

void report_text(struct text *out, struct diags *diags, enum diag_level least)
{
	size_t count;
	const struct diag *all = diag_sorted(diags, &count);

	for (size_t i = 0; i < count; i++)
		if (all[i].level >= least)
			report_line(out, &all[i]);
}

void report_json(struct text *out, struct diags *diags)
{
	static const char *const levels[] = {"tip", "warning", "error", "fatal"};
	size_t count;
	const struct diag *all = diag_sorted(diags, &count);

	text_printf(out, "{\"errors\":%zu,\"warnings\":%zu,\"messages\":[",
		diag_count(diags, DIAG_ERROR) + diag_count(diags, DIAG_FATAL),
		diag_count(diags, DIAG_WARNING));
	for (size_t i = 0; i < count; i++) {
		text_puts(out, i > 0 ? ",\n{\"path\":" : "\n{\"path\":");
		text_json(out, slice_of(all[i].place.path));
		text_printf(out,
			",\"line\":%u,\"column\":%u,\"level\":\"%s\",\"code\":\"%s\",\"text\":",
			all[i].place.line, all[i].place.column, levels[all[i].level],
			diag_name(all[i].code));
		text_json(out, slice_of(all[i].text));
		text_byte(out, '}');
	}
	text_puts(out, "\n]}\n");
}

/* The codes that came up, each once: a reader of SARIF wants them named beforehand. */
static void report_rules(struct text *out, const struct diag *all, size_t count)
{
	bool seen[DIAG_CODES] = {false};
	bool first = true;

	for (size_t i = 0; i < count; i++) {
		if (seen[all[i].code])
			continue;
		seen[all[i].code] = true;
		text_printf(out, "%s{\"id\":\"%s\"}", first ? "" : ",", diag_name(all[i].code));
		first = false;
	}
}

/* A path as a relative URI. */
static void report_uri(struct text *out, struct slice path)
{
	struct text uri = {0};

	while (path.size > 0) {
		size_t end = slice_find(path, '/');

		text_url_part(&uri, (struct slice){path.data, end});
		if (end < path.size)
			text_byte(&uri, '/');
		path = slice_from(path, end < path.size ? end + 1 : end);
	}
	text_json(out, text_slice(&uri));
	text_free(&uri);
}

static void report_location(struct text *out, const struct place *place)
{
	text_puts(out, ",\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
	report_uri(out, slice_of(place->path));
	text_puts(out, ",\"uriBaseId\":\"%SRCROOT%\"}");
	if (place->line > 0)
		text_printf(out, ",\"region\":{\"startLine\":%u", place->line);
	if (place->line > 0 && place->column > 0)
		text_printf(out, ",\"startColumn\":%u", place->column);
	text_puts(out, place->line > 0 ? "}}}]" : "}}]");
}

void report_sarif(struct text *out, struct diags *diags)
{
	static const char *const levels[] = {"note", "warning", "error", "error"};
	size_t count;
	const struct diag *all = diag_sorted(diags, &count);

	text_puts(out, "{\"version\":\"2.1.0\",\"$schema\":"
		       "\"https://json.schemastore.org/sarif-2.1.0.json\",\"runs\":[{\"tool\":"
		       "{\"driver\":{\"name\":\"draaiboek\",\"version\":\"" DRAAIBOEK_VERSION
		       "\",\"rules\":[");
	report_rules(out, all, count);
	text_puts(out, "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
	for (size_t i = 0; i < count; i++) {
		text_printf(out, "%s\n{\"ruleId\":\"%s\",\"level\":\"%s\",\"message\":{\"text\":",
			i > 0 ? "," : "", diag_name(all[i].code), levels[all[i].level]);
		text_json(out, slice_of(all[i].text));
		text_byte(out, '}');
		if (all[i].place.path[0] != '\0')
			report_location(out, &all[i].place);
		text_byte(out, '}');
	}
	text_puts(out, "\n]}]}\n");
}
