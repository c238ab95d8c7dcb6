/* Messages: their order, each once, escapes, threads, translation; and the nearest word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <errno.h>
#include <libintl.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"

#define CATALOGUES "build/share/locale" /* the tests run at the top of the repository */

static struct place at(const char *path, unsigned line, unsigned column)
{
	return (struct place){.path = path, .line = line, .column = column};
}

static void assert_place(const struct diag *diag, const char *path, unsigned line, unsigned column)
{
	assert_string_equal(diag->place.path, path);
	assert_int_equal(diag->place.line, line);
	assert_int_equal(diag->place.column, column);
}

static void sorts_and_keeps_each_once(void **state)
{
	struct diags *diags = diag_new();
	const struct diag *list;
	size_t count;

	(void)state;
	diag_add(diags, DIAG_JSON_SYNTAX, at("b.md", 1, 1), "x", NULL);
	diag_add(diags, DIAG_JSON_SYNTAX, at("a.md", 10, 1), "x", NULL);
	diag_add(diags, DIAG_JSON_SYNTAX, at("a.md", 9, 2), "x", NULL);
	diag_add(diags, DIAG_JSON_SYNTAX, at("a.md", 9, 1), "y", NULL);
	diag_add(diags, DIAG_JSON_SYNTAX, at("a.md", 9, 1), "x", NULL);
	diag_add(diags, DIAG_JSON_SYNTAX, at("a.md", 9, 1), "x", NULL);
	diag_add(diags, DIAG_PATH_UNSAFE, at("a.md", 9, 1), "z", NULL);
	diag_add(diags, DIAG_PATH_UNSAFE, at("", 0, 0), "z", NULL);
	assert_int_equal(diag_count(diags, DIAG_FATAL), 7);
	list = diag_sorted(diags, &count);
	assert_int_equal(count, 7);
	assert_place(&list[0], "", 0, 0);
	assert_place(&list[1], "a.md", 9, 1);
	assert_int_equal(list[1].code, DIAG_PATH_UNSAFE);
	assert_non_null(strstr(list[2].text, "\"x\""));
	assert_non_null(strstr(list[3].text, "\"y\""));
	assert_place(&list[4], "a.md", 9, 2);
	assert_place(&list[5], "a.md", 10, 1);
	assert_place(&list[6], "b.md", 1, 1);

	diag_add(diags, DIAG_JSON_SYNTAX, at("a.md", 1, 1), "late", NULL);
	list = diag_sorted(diags, &count);
	assert_int_equal(count, 8);
	assert_place(&list[1], "a.md", 1, 1);
	diag_free(diags);
}

static void borrows_nothing(void **state)
{
	struct diags *diags = diag_new();
	char path[] = "a.md", argument[] = "near";
	size_t count;

	(void)state;
	diag_add(diags, DIAG_JSON_SYNTAX, at(path, 1, 1), argument, NULL);
	memset(path, 'x', sizeof(path) - 1);
	memset(argument, 'x', sizeof(argument) - 1);
	assert_string_equal(diag_sorted(diags, &count)->place.path, "a.md");
	assert_non_null(strstr(diag_sorted(diags, &count)->text, "\"near\""));
	diag_free(diags);
}

static void starts_empty(void **state)
{
	struct diags *diags = diag_new();
	size_t count = 1;

	(void)state;
	diag_sorted(diags, &count);
	assert_int_equal(count, 0);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
	diag_free(NULL);
}

static void asks_for_the_worst_exit_status(void **state)
{
	struct diags *diags = diag_new();

	(void)state;
	diag_add(diags, DIAG_FIELD_REQUIRED, at("a.md", 1, 1), "titel", NULL);
	assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
	assert_int_equal(diag_count(diags, DIAG_FATAL), 0);
	assert_int_equal(diag_status(diags), 1);
	assert_int_equal(diag_io(diags, "/x", ENOENT), -1);
	assert_int_equal(diag_status(diags), 2);
	diag_free(diags);
}

static void assert_shown(const char *argument, const char *want)
{
	struct diags *diags = diag_new();
	struct text text = {0};
	size_t count;

	text_printf(&text, "\"%s\"", want);
	diag_add(diags, DIAG_JSON_SYNTAX, at("a.md", 1, 1), argument, NULL);
	assert_non_null(strstr(diag_sorted(diags, &count)->text, text.data));
	text_free(&text);
	diag_free(diags);
}

static void escapes_what_writes_on_a_terminal(void **state)
{
	(void)state;
	assert_shown("a\nb\tc\rd", "a\\nb\\tc\\rd");
	assert_shown("\x1b[31mrood\x07\x7f", "\\x1b[31mrood\\x07\\x7f");
	assert_shown("\xc2\x9b"
		     "2J",
		"\\u009b2J");
	assert_shown("\xe2\x80\xae"
		     "abc",
		"\\u202eabc");
	assert_shown("\xff\xc3", "\\xff\\xc3");
	assert_shown("\xef\xbf\xbd", "\xef\xbf\xbd");
	assert_shown("caf\xc3\xa9 \xf0\x9f\x91\x89", "caf\xc3\xa9 \xf0\x9f\x91\x89");
}

static void takes_arguments_for_text_only(void **state)
{
	(void)state;
	assert_shown("{0}{1}%s%n", "{0}{1}%s%n");
	assert_shown("", "");
}

static void escapes_paths(void **state)
{
	struct diags *diags = diag_new();
	size_t count;

	(void)state;
	diag_add(diags, DIAG_JSON_SYNTAX, at("a\x1b]0;x\x07\n.md", 1, 1), "", NULL);
	assert_string_equal(diag_sorted(diags, &count)->place.path, "a\\x1b]0;x\\x07\\n.md");
	diag_free(diags);
}

static void cuts_long_arguments(void **state)
{
	struct diags *diags = diag_new();
	struct text argument = {0};
	size_t count;

	(void)state;
	for (int i = 0; i < 100000; i++)
		text_puts(&argument, "\xc3\xa9");
	diag_add(diags, DIAG_JSON_SYNTAX, at("a.md", 1, 1), argument.data, NULL);
	assert_in_range(strlen(diag_sorted(diags, &count)->text), 2000, 2200);
	assert_non_null(strstr(diag_sorted(diags, &count)->text, "\xc3\xa9\xe2\x80\xa6\""));
	text_free(&argument);
	diag_free(diags);
}

static void names_the_file_and_the_error(void **state)
{
	struct diags *diags = diag_new();
	const struct diag *diag;
	size_t count;

	(void)state;
	diag_io(diags, "/nergens/a", EACCES);
	diag_io(diags, "/nergens/b", EDOM); /* one that only the system has words for */
	diag = diag_sorted(diags, &count);
	assert_int_equal(count, 2);
	assert_int_equal(diag->code, DIAG_IO);
	assert_int_equal(diag->level, DIAG_FATAL);
	assert_non_null(strstr(diag[0].text, "/nergens/a: permission denied."));
	assert_non_null(strstr(diag[1].text, "/nergens/b: "));
	assert_non_null(strstr(diag[1].text, strerror(EDOM)));
	diag_free(diags);
}

enum { THREADS = 8, MESSAGES = 2000 };

struct adder {
	struct diags *diags;
	pthread_barrier_t *start;
	unsigned number;
};

static void *add_many(void *argument)
{
	struct adder *adder = argument;

	pthread_barrier_wait(adder->start);
	for (unsigned i = 0; i < MESSAGES; i++) {
		diag_add(adder->diags, DIAG_FIELD_REQUIRED, at("all.md", i, 1), "titel", NULL);
		diag_add(adder->diags, DIAG_FIELD_REQUIRED, at("one.md", i, adder->number), "x",
			NULL);
	}
	return NULL;
}

static void takes_messages_of_threads_at_once(void **state)
{
	struct diags *diags = diag_new();
	const struct diag *list;
	struct adder adders[THREADS];
	pthread_t threads[THREADS];
	pthread_barrier_t start;
	size_t count;

	(void)state;
	assert_int_equal(pthread_barrier_init(&start, NULL, THREADS), 0);
	for (unsigned i = 0; i < THREADS; i++) {
		adders[i] = (struct adder){diags, &start, i};
		assert_int_equal(pthread_create(&threads[i], NULL, add_many, &adders[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&start);
	list = diag_sorted(diags, &count);
	assert_int_equal(count, MESSAGES + MESSAGES * THREADS);
	assert_int_equal(diag_count(diags, DIAG_ERROR), count);
	for (unsigned i = 0; i < MESSAGES; i++)
		assert_place(&list[i], "all.md", i, 1);
	for (unsigned i = 0; i < MESSAGES * THREADS; i++)
		assert_place(&list[MESSAGES + i], "one.md", i / THREADS, i % THREADS);
	diag_free(diags);
}

static void names_codes_and_levels(void **state)
{
	(void)state;
	assert_string_equal(diag_name(DIAG_IO), "io");
	assert_string_equal(diag_name(DIAG_JSON_SYNTAX), "json-syntax");
	assert_string_equal(diag_level_name(DIAG_TIP), "tip");
	assert_string_equal(diag_level_name(DIAG_WARNING), "warning");
	assert_string_equal(diag_level_name(DIAG_ERROR), "error");
	assert_string_equal(diag_level_name(DIAG_FATAL), "error");
}

static void names_every_code_in_plain_words(void **state)
{
	(void)state;
	for (unsigned i = 0; i < DIAG_CODES; i++) {
		const char *name = diag_name((enum diag_code)i);

		assert_true(strlen(name) > 1);
		assert_int_equal(
			strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(name));
	}
}

static void speaks_dutch(void **state)
{
	struct diags *diags = diag_new();
	size_t count;

	(void)state;
	if (access(CATALOGUES "/nl/LC_MESSAGES/draaiboek.mo", R_OK) != 0 ||
		setlocale(LC_ALL, "C.UTF-8") == NULL) {
		diag_free(diags);
		skip();
	}
	setenv("LANGUAGE", "nl", 1);
	bindtextdomain("draaiboek", CATALOGUES);
	assert_string_equal(diag_level_name(DIAG_FATAL), "fout");
	assert_string_equal(diag_level_name(DIAG_WARNING), "waarschuwing");
	diag_io(diags, "/x", ENOSPC);
	assert_non_null(strstr(diag_sorted(diags, &count)->text, "/x: de schijf is vol. "));
	diag_free(diags);
	unsetenv("LANGUAGE");
	setlocale(LC_ALL, "C");
}

static void assert_nearest(const char *word, const char *want)
{
	static const char *const candidates[] = {"titel", "samenvatting", "soort", "onderwerpen",
		"doelgroep", "eigenaar", "gecontroleerd", "herzien-voor", "geldig-tot", "bron",
		"oude-adressen", "concept", "id", "re\xc3\xafntegratie"};
	const char *nearest = diag_nearest(word, candidates, ARRAY_LEN(candidates));

	if (want == NULL)
		assert_null(nearest);
	else
		assert_string_equal(nearest, want);
}

static void finds_the_nearest_word(void **state)
{
	(void)state;
	assert_nearest("title", "titel");
	assert_nearest("Titel", "titel");
	assert_nearest("titels", "titel");
	assert_nearest("tietel", "titel");
	assert_nearest("samevatting", "samenvatting");
	assert_nearest("onderwerp", "onderwerpen");
	assert_nearest("brno", "bron");
	assert_nearest("geldigtot", "geldig-tot");
	assert_nearest("herzien_voor", "herzien-voor");
	assert_nearest("RE\xc3\x8fNTEGRATIE", "re\xc3\xafntegratie");
	assert_nearest("reintegratie", "re\xc3\xafntegratie");
	assert_nearest("ID", "id");
}

static void suggests_nothing_far_off(void **state)
{
	char longest[1000];

	(void)state;
	assert_nearest("", NULL);
	assert_nearest("ie", NULL);
	assert_nearest("x", NULL);
	assert_nearest("auteur", NULL);
	assert_nearest("bon-dieu", NULL);
	assert_nearest("\xff\xff", NULL);
	memset(longest, 't', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_nearest(longest, NULL);
	assert_null(diag_nearest("titel", NULL, 0));
}

static void passes_over_long_candidates(void **state)
{
	char longest[1000];
	const char *candidates[] = {longest, "", "titel", "tatel"};

	(void)state;
	memset(longest, 't', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_string_equal(diag_nearest("tutel", candidates, ARRAY_LEN(candidates)), "titel");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorts_and_keeps_each_once),
		cmocka_unit_test(borrows_nothing),
		cmocka_unit_test(starts_empty),
		cmocka_unit_test(asks_for_the_worst_exit_status),
		cmocka_unit_test(escapes_what_writes_on_a_terminal),
		cmocka_unit_test(takes_arguments_for_text_only),
		cmocka_unit_test(escapes_paths),
		cmocka_unit_test(cuts_long_arguments),
		cmocka_unit_test(names_the_file_and_the_error),
		cmocka_unit_test(takes_messages_of_threads_at_once),
		cmocka_unit_test(names_codes_and_levels),
		cmocka_unit_test(names_every_code_in_plain_words),
		cmocka_unit_test(speaks_dutch),
		cmocka_unit_test(finds_the_nearest_word),
		cmocka_unit_test(suggests_nothing_far_off),
		cmocka_unit_test(passes_over_long_candidates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
