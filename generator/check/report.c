/*
 * The forms that messages leave in.
 */
#include "check/report.h"

void report_text(struct text *out, struct diags *diags, enum diag_level least)
{
	size_t count;
	const struct diag *all = diag_sorted(diags, &count);

	for (size_t i = 0; i < count; i++) {
		const struct diag *diag = &all[i];

		if (diag->level < least)
			continue;
		text_puts(out, diag->place.path[0] != '\0' ? diag->place.path : "draaiboek");
		if (diag->place.line > 0)
			text_printf(out, ":%u", diag->place.line);
		if (diag->place.line > 0 && diag->place.column > 0)
			text_printf(out, ":%u", diag->place.column);
		text_printf(out, ": %s: %s [%s]\n", diag_level_name(diag->level), diag->text,
			diag_name(diag->code));
	}
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
