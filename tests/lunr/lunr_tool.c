/*
 * Lets the tests in Node see what the generator makes of texts.
 *
 *   lunr_tool index title:3 body:1    the index of the documents, of which each field is a text
 *   lunr_tool lower|trim|tokens|stem|normalise    the texts, changed; tokens are joined by "\n"
 *
 * Texts come on standard input and go to standard output as their size in bytes, a line end, and
 * their bytes. The index is written bare.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "language/dutch.h"
#include "search/lunr.h"
#include "search/lunr_part.h"
#include "search/lunr_whole.h"
#include "search/normalise.h"

#define MOST_FIELDS 8
#define COUNTERS 3
#define MOST_PARTS 1000

/* Reads the next text; false at the end. Ends the program when the input is cut short. */
static bool read_text(struct text *out)
{
	size_t size;

	text_clear(out);
	if (scanf("%zu", &size) != 1)
		return false;
	text_reserve(out, size);
	if (getchar() != '\n' || fread(out->data, 1, size, stdin) != size) {
		fputs("lunr_tool: the input is cut short\n", stderr);
		exit(2);
	}
	out->size = size;
	out->data[size] = '\0';
	return true;
}

static void write_text(struct slice text)
{
	printf("%zu\n", text.size);
	if (text.size > 0)
		fwrite(text.data, 1, text.size, stdout);
}

static size_t read_fields(struct lunr_field *fields, char **names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *colon = strchr(names[i], ':');

		fields[i] = (struct lunr_field){names[i], 1};
		if (colon != NULL) {
			*colon = '\0';
			fields[i].boost = strtod(colon + 1, NULL);
		}
	}
	return count;
}

static int put(void *context, struct slice piece)
{
	(void)context;
	return fwrite(piece.data, 1, piece.size, stdout) == piece.size ? 0 : -1;
}

/* Reads a document and counts its terms; false when there is none. */
static bool count_document(struct lunr_part *part, struct text *texts, size_t count)
{
	struct slice slices[MOST_FIELDS];

	if (!read_text(&texts[0]))
		return false;
	for (size_t i = 1; i < count; i++)
		read_text(&texts[i]);
	for (size_t i = 0; i < count; i++)
		slices[i] = text_slice(&texts[i]);
	lunr_part_add(part, slices);
	return true;
}

/* Counts in parts of 1, 2, 3, … documents, with one counter after the other, as threads would. */
static int write_index(const struct lunr_field *fields, size_t count, struct diags *diags)
{
	struct text texts[MOST_FIELDS] = {{0}};
	struct lunr_counter *counters[COUNTERS];
	struct lunr_part *parts[MOST_PARTS];
	struct lunr *index = lunr_new(fields, count);
	size_t used = 0;
	int status = 2;
	bool more = true;

	for (size_t i = 0; i < COUNTERS; i++)
		if (lunr_counter_new(&counters[i], diags) < 0)
			return 2;
	for (; more && used < MOST_PARTS; used++) {
		parts[used] = lunr_part_new(counters[used % COUNTERS], count, count);
		for (size_t i = 0; more && i <= used; i++)
			more = count_document(parts[used], texts, count);
		lunr_part_end(parts[used]);
	}
	for (size_t i = 0; i < used; i++)
		lunr_join(index, parts[i]);
	lunr_seal(index, NULL);
	if (!more)
		status = lunr_write(index, put, NULL) == 0 ? 0 : 2;
	lunr_free(index);
	for (size_t i = 0; i < used; i++)
		lunr_part_free(parts[i]);
	for (size_t i = 0; i < COUNTERS; i++)
		lunr_counter_free(counters[i]);
	for (size_t i = 0; i < count; i++)
		text_free(&texts[i]);
	return status;
}

static void add_tokens(struct text *out, struct slice rest)
{
	struct slice token;

	while (dutch_next_token(&token, &rest)) {
		if (out->size > 0)
			text_byte(out, '\n');
		text_add(out, token);
	}
}

static int change_texts(const char *how, struct diags *diags)
{
	struct text in = {0}, out = {0};
	struct dutch *dutch;

	if (dutch_new(&dutch, diags) < 0)
		return 2;
	while (read_text(&in)) {
		text_clear(&out);
		if (strcmp(how, "lower") == 0)
			dutch_lower(&out, text_slice(&in));
		else if (strcmp(how, "trim") == 0)
			text_add(&out, dutch_trim(text_slice(&in)));
		else if (strcmp(how, "tokens") == 0)
			add_tokens(&out, text_slice(&in));
		else if (strcmp(how, "stem") == 0)
			text_add(&out, dutch_stem(dutch, text_slice(&in)));
		else
			normalise_text(&out, text_slice(&in));
		write_text(text_slice(&out));
	}
	text_free(&in);
	text_free(&out);
	dutch_free(dutch);
	return 0;
}

int main(int argc, char **argv)
{
	struct diags *diags = diag_new();
	struct lunr_field fields[MOST_FIELDS];
	int status;

	if (argc < 2 || argc - 2 > MOST_FIELDS) {
		fputs("usage: lunr_tool index FIELD:BOOST… | lower | trim | tokens | stem | "
		      "normalise\n",
			stderr);
		return 2;
	}
	if (strcmp(argv[1], "index") == 0)
		status =
			write_index(fields, read_fields(fields, argv + 2, (size_t)argc - 2), diags);
	else
		status = change_texts(argv[1], diags);
	diag_free(diags);
	return status;
}
