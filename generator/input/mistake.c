/*
 * libyaml reports where it could not go on, which is often a line below the mistake and always in
 * the terms of YAML's grammar. The mistakes that people make are few: they are told apart here by
 * libyaml's words and by what the lines look like. What is none of them is passed on as it is.
 */
#include "input/mistake.h"

#include <stdbool.h>
#include <string.h>

#include "base/unicode.h"

struct verdict {
	enum diag_code code;
	struct mistake_mark at;
	struct slice argument; /* for {0}; may be empty */
};

static bool says(const char *words, const char *part)
{
	return strstr(words, part) != NULL;
}

static struct slice line_at(struct slice bytes, size_t number)
{
	struct slice line = {0};

	for (size_t i = 0; i <= number; i++)
		if (!slice_next_line(&line, &bytes))
			return (struct slice){0};
	return line;
}

/* The bytes of the line before a column; what stands there is the rest. */
static size_t offset_of(struct slice line, size_t column)
{
	size_t offset = 0;
	uint32_t point;

	for (size_t i = 0; i < column && offset < line.size; i++)
		offset += unicode_next(&point, slice_from(line, offset));
	return offset;
}

/* The sign that stands at a mark; empty at the end of a line. */
static struct slice sign_at(struct slice bytes, struct mistake_mark mark)
{
	struct slice line = line_at(bytes, mark.line);
	struct slice rest = slice_from(line, offset_of(line, mark.column));
	uint32_t point;

	return (struct slice){rest.data, rest.size > 0 ? unicode_next(&point, rest) : 0};
}

static struct slice before(struct slice bytes, struct mistake_mark mark)
{
	struct slice line = line_at(bytes, mark.line);

	return (struct slice){line.data, offset_of(line, mark.column)};
}

/* Finds a tab in the white space that a line starts with. */
static bool has_tab(size_t *column, struct slice line)
{
	for (size_t i = 0; i < line.size; i++) {
		if (line.data[i] == '\t') {
			*column = i;
			return true;
		}
		if (line.data[i] != ' ')
			return false;
	}
	return false;
}

/* "soort:stappenplan": a key, a colon and no space. An address such as https://x is none. */
static bool lacks_space(struct slice line)
{
	struct slice text = slice_trim(line);
	size_t colon;

	if (slice_starts(text, "- "))
		text = slice_trim(slice_from(text, 2));
	if (slice_search(text, slice_of(": ")) < text.size || slice_ends(text, ":"))
		return false;
	colon = slice_find(text, ':');
	return colon > 0 && colon + 1 < text.size && text.data[colon + 1] != '/' &&
	       slice_find((struct slice){text.data, colon}, ' ') == colon;
}

static bool lacks_space_after_dash(struct slice line)
{
	struct slice text = slice_trim(line);

	return text.size > 1 && text.data[0] == '-' && text.data[1] != ' ' && text.data[1] != '-';
}

/* The line above that is not blank, or the line itself when there is none. */
static size_t line_above(struct slice bytes, size_t line)
{
	for (size_t above = line; above > 0; above--)
		if (slice_trim(line_at(bytes, above - 1)).size > 0)
			return above - 1;
	return line;
}

static struct verdict judge_line(struct slice bytes, size_t number, enum diag_code otherwise)
{
	struct slice line = line_at(bytes, number);
	struct verdict verdict = {.code = otherwise, .at = {.line = number}};

	while (verdict.at.column < line.size && line.data[verdict.at.column] == ' ')
		verdict.at.column++;
	if (lacks_space(line))
		verdict.code = DIAG_YAML_COLON_SPACE;
	else if (lacks_space_after_dash(line))
		verdict.code = DIAG_YAML_DASH;
	return verdict;
}

/* "mapping values are not allowed in this context": a colon that comes too late. */
static struct verdict judge_colon(const struct mistake *mistake, struct slice bytes)
{
	size_t above = line_above(bytes, mistake->at.line);
	struct slice start = before(bytes, mistake->at);
	struct verdict verdict;

	if (slice_search(start, slice_of(": ")) < start.size)
		return (struct verdict){DIAG_YAML_COLON_VALUE, mistake->at, {0}};
	verdict = judge_line(bytes, above, DIAG_YAML_INDENT);
	if (verdict.code == DIAG_YAML_INDENT)
		verdict.at = judge_line(bytes, mistake->at.line, DIAG_YAML_INDENT).at;
	return verdict;
}

/* "did not find expected key": something stands where a new key or entry should. */
static struct verdict judge_entry(const struct mistake *mistake, struct slice bytes)
{
	struct verdict verdict = {DIAG_YAML_SYNTAX, mistake->at, slice_of(mistake->problem)};
	struct slice start = slice_trim(before(bytes, mistake->at));
	struct slice sign = sign_at(bytes, mistake->at);

	if (slice_ends(start, "\"") || slice_ends(start, "'"))
		verdict.code = DIAG_YAML_QUOTE_REST;
	else if (slice_is(sign, ":"))
		verdict.code = DIAG_YAML_KEY;
	else if (slice_is(sign, "]") || slice_is(sign, "}"))
		verdict = (struct verdict){DIAG_YAML_SIGN, mistake->at, sign};
	else if (start.size == 0)
		verdict.code = DIAG_YAML_INDENT;
	return verdict;
}

static struct verdict judge_scanned(const struct mistake *mistake, struct slice bytes)
{
	const char *problem = mistake->problem, *context = mistake->context;
	struct verdict verdict = {DIAG_YAML_SYNTAX, mistake->at, slice_of(problem)};

	if (says(context, "quoted scalar") && says(problem, "unexpected"))
		verdict = (struct verdict){DIAG_YAML_QUOTE_OPEN, mistake->from, {0}};
	else if (says(context, "quoted scalar"))
		verdict.code = DIAG_YAML_ESCAPE;
	else if (says(context, "an alias") || says(context, "an anchor"))
		verdict = (struct verdict){
			DIAG_YAML_SIGN, mistake->from, sign_at(bytes, mistake->from)};
	else if (says(context, " tag") || says(context, "%TAG"))
		verdict = (struct verdict){DIAG_YAML_SIGN, mistake->from, slice_of("!")};
	else if (says(context, "directive"))
		verdict = (struct verdict){DIAG_YAML_SIGN, mistake->from, slice_of("%")};
	else if (says(context, "block scalar"))
		verdict.code = DIAG_YAML_BLOCK;
	else if (says(problem, "cannot start any token"))
		verdict =
			(struct verdict){DIAG_YAML_SIGN, mistake->at, sign_at(bytes, mistake->at)};
	else if (says(problem, "could not find expected ':'"))
		verdict = judge_line(bytes, mistake->from.line, DIAG_YAML_COLON_MISSING);
	else if (says(problem, "mapping values are not allowed"))
		verdict = judge_colon(mistake, bytes);
	else if (says(problem, "block sequence entries are not allowed"))
		verdict.code = DIAG_YAML_LIST_PLACE;
	else if (says(problem, "mapping keys are not allowed"))
		verdict = (struct verdict){DIAG_YAML_SIGN, mistake->at, slice_of("?")};
	return verdict;
}

static struct verdict judge(const struct mistake *mistake, struct slice bytes)
{
	const char *problem = mistake->problem, *context = mistake->context;
	struct verdict verdict = {DIAG_YAML_TAB, mistake->at, {0}};

	if (says(problem, "tab character") || slice_is(sign_at(bytes, mistake->at), "\t"))
		return verdict;
	if (has_tab(&verdict.at.column, line_at(bytes, mistake->at.line)))
		return verdict;
	if (says(context, "flow "))
		return (struct verdict){
			DIAG_YAML_BRACKET, mistake->open, sign_at(bytes, mistake->open)};
	if (says(problem, "expected node content"))
		return (struct verdict){DIAG_YAML_SIGN, mistake->at, sign_at(bytes, mistake->at)};
	if (says(problem, "did not find expected key") ||
		says(problem, "did not find expected '-'"))
		return judge_entry(mistake, bytes);
	return judge_scanned(mistake, bytes);
}

void mistake_add(const struct mistake *mistake, struct slice bytes, const char *path,
	unsigned first_line, struct diags *diags)
{
	struct verdict verdict = judge(mistake, bytes);
	struct place place = {
		path, first_line + (unsigned)verdict.at.line, (unsigned)verdict.at.column + 1};
	struct text argument = {0};

	text_reserve(&argument, 0);
	text_add(&argument, verdict.argument);
	diag_add(diags, verdict.code, place, argument.data, (char *)NULL);
	text_free(&argument);
}
