/*
 * Small, and replaced as a whole. It is a help, not a ground for what is done: so a file that is
 * damaged counts as none.
 */
#include "jobs/outcome.h"

#include <time.h>

#include "base/diag.h"
#include "base/disk.h"
#include "base/json.h"
#include "base/value.h"
#include "check/report.h"
#include "model/date.h"
#include "output/releases.h"

#define FIRST ((size_t)10)
#define LIMIT ((uint64_t)1 << 20)

static void read_try(struct outcome_try *out, struct arena *arena, const struct value *value)
{
	const struct value *list = value_at(value, "first");
	int messages;

	out->commit = value_text_at(value, "commit");
	out->time = value_text_at(value, "time");
	out->release = value_text_at(value, "release");
	out->reason = value_text_at(value, "reason");
	out->version = value_text_at(value, "version");
	out->date = value_text_at(value, "date");
	messages = slice_number(value_at(value, "messages") != NULL
					? value_text(value_at(value, "messages"))
					: slice_of(""));
	out->messages = messages > 0 ? (size_t)messages : 0;
	if (list == NULL || list->kind != VALUE_LIST)
		return;
	out->first = arena_new(arena, list->count, sizeof(*out->first));
	for (const struct value *item = list->first; item != NULL; item = item->next)
		out->first[out->first_count++] = value_text(item);
}

void outcome_read(struct outcome *out, const struct releases *releases)
{
	struct diags *ignored = diag_new();
	struct text bytes = {0};
	struct value *value = NULL;

	if (disk_read(&bytes, &releases->root, RELEASES_STATUS, LIMIT, ignored) == 0 &&
		json_parse(&value, &out->arena, text_slice(&bytes), RELEASES_STATUS, ignored) ==
			0) {
		read_try(&out->good, &out->arena, value_at(value, "good"));
		read_try(&out->failed, &out->arena, value_at(value, "failed"));
	}
	text_free(&bytes);
	diag_free(ignored);
}

void outcome_note(struct outcome *outcome, struct outcome_try *attempt, struct diags *messages)
{
	const bool wrong = diag_status(messages) > 0;
	struct text moment = {0}, report = {0};
	struct slice rest, line;

	date_moment(&moment, (int64_t)time(NULL));
	attempt->time = text_keep(&outcome->arena, &moment);
	attempt->messages = 0;
	for (int level = DIAG_TIP; level <= DIAG_FATAL; level++)
		attempt->messages += diag_count(messages, (enum diag_level)level);
	report_text(&report, messages, wrong ? DIAG_ERROR : DIAG_TIP);
	rest = text_keep(&outcome->arena, &report);
	attempt->first = arena_new(&outcome->arena, FIRST, sizeof(*attempt->first));
	attempt->first_count = 0;
	while (attempt->first_count < FIRST && slice_next_line(&line, &rest))
		attempt->first[attempt->first_count++] = line;
}

static void write_text(struct text *out, const char *key, struct slice value)
{
	if (value.size == 0)
		return;
	text_printf(out, "\n    \"%s\": ", key);
	text_json(out, value);
	text_byte(out, ',');
}

static void write_try(struct text *out, const char *key, const struct outcome_try *attempt)
{
	text_printf(out, "  \"%s\": ", key);
	if (attempt->commit.size == 0) {
		text_puts(out, "null");
		return;
	}
	text_byte(out, '{');
	write_text(out, "commit", attempt->commit);
	write_text(out, "time", attempt->time);
	write_text(out, "release", attempt->release);
	write_text(out, "reason", attempt->reason);
	write_text(out, "version", attempt->version);
	write_text(out, "date", attempt->date);
	text_printf(out, "\n    \"messages\": %zu,\n    \"first\": [", attempt->messages);
	for (size_t i = 0; i < attempt->first_count; i++) {
		text_puts(out, i > 0 ? ",\n      " : "\n      ");
		text_json(out, attempt->first[i]);
	}
	text_puts(out, attempt->first_count > 0 ? "\n    ]\n  }" : "]\n  }");
}

int outcome_write(
	const struct outcome *outcome, const struct releases *releases, struct diags *diags)
{
	struct text bytes = {0};
	int result;

	text_puts(&bytes, "{\n");
	write_try(&bytes, "good", &outcome->good);
	text_puts(&bytes, ",\n");
	write_try(&bytes, "failed", &outcome->failed);
	text_puts(&bytes, "\n}\n");
	result = disk_replace(&releases->root, RELEASES_STATUS, text_slice(&bytes), diags);
	text_free(&bytes);
	return result;
}

void outcome_free(struct outcome *outcome)
{
	arena_free(&outcome->arena);
	*outcome = (struct outcome){0};
}
