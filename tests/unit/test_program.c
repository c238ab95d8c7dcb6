/* Another program: its words as they are, its input, output and end, and what stays open in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include "jobs/program.h"
#include "sandbox.h"

static int run(struct text *out, const char *input, int kept, const char *const *words)
{
	const struct program program = {
		.words = words, .input = slice_of(input), .output = out, .kept = kept};
	int status = -1;

	assert_int_equal(program_run(&status, &program), 0);
	return status;
}

static void test_words_are_not_read_by_a_shell(void **state)
{
	const char *const words[] = {"printf", "%s|", "$HOME; a  b", "*", "", NULL};
	struct text out = {0};

	(void)state;
	assert_int_equal(run(&out, "", -1, words), 0);
	assert_string_equal(out.data, "$HOME; a  b|*||");
	text_free(&out);
}

static void test_input_and_output_of_any_size(void **state)
{
	const char *const words[] = {"cat", NULL};
	struct text in = {0}, out = {0};

	(void)state;
	for (size_t i = 0; i < 50000; i++)
		text_number(&in, i);
	assert_int_equal(run(&out, in.data, -1, words), 0);
	assert_true(slice_equal(text_slice(&in), text_slice(&out)));
	text_free(&in);
	text_free(&out);
}

static void test_how_it_ends(void **state)
{
	const char *const fails[] = {"sh", "-c", "exit 7", NULL};
	const char *const dies[] = {"sh", "-c", "kill -9 $$", NULL};
	const char *const none[] = {"draaiboek-there-is-no-such-program", NULL};
	const struct program program = {.words = none, .kept = -1};
	struct text out = {0};
	int status = -1;

	(void)state;
	assert_int_equal(run(&out, "", -1, fails), 7);
	assert_int_equal(run(&out, "", -1, dies), 128 + SIGKILL);
	assert_int_equal(program_run(&status, &program), ENOENT);
	assert_int_equal(status, -1);
	text_free(&out);
}

static void test_only_what_is_kept_stays_open(void **state)
{
	int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 20);
	int other = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 30);
	struct text script = {0}, out = {0};
	const char *words[] = {"sh", "-c", NULL, NULL};

	(void)state;
	text_printf(&script, "[ -e /proc/self/fd/%d ] && [ ! -e /proc/self/fd/%d ]", kept, other);
	words[2] = script.data;
	assert_int_equal(run(&out, "", kept, words), 0);
	assert_int_equal(fcntl(kept, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	(void)close(kept);
	(void)close(other);
	text_free(&script);
	text_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_are_not_read_by_a_shell),
		cmocka_unit_test(test_input_and_output_of_any_size),
		cmocka_unit_test(test_how_it_ends),
		cmocka_unit_test(test_only_what_is_kept_stays_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
