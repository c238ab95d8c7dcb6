/* However the work ends, the caller hears how, and where it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <signal.h>
#include <unistd.h>

#include "base/diag.h"
#include "jobs/watchdog.h"

static const struct watchdog_limits limits = {.seconds = 60, .memory = (uint64_t)1 << 30};

static struct watchdog_report run(int (*work)(void *context, struct diag_watch *watch))
{
	struct watchdog_report report;
	int number = 7;

	assert_int_equal(watchdog_run(&report, &limits, work, &number), 0);
	assert_int_equal(number, 7);
	return report;
}

static int return_number(void *context, struct diag_watch *watch)
{
	struct diags *diags = diag_new();
	int *number = context;

	diag_watch(diags, watch);
	diag_at(diags, 0, "a.md");
	diag_free(diags);
	*number += 1; /* of the child alone */
	return *number;
}

static void tells_what_the_work_returns(void **state)
{
	struct watchdog_report report = run(return_number);

	(void)state;
	assert_int_equal(report.end, WATCHDOG_DONE);
	assert_int_equal(report.status, 8);
	assert_string_equal(report.file, "");
}

static int stand_still(void *context, struct diag_watch *watch)
{
	struct diags *diags = diag_new();

	(void)context;
	diag_watch(diags, watch);
	diag_at(diags, 0, "a.md");
	diag_at(diags, 1, "b.md");
	diag_at(diags, 0, NULL);
	while (1)
		(void)pause();
	return 0;
}

static void ends_what_hangs_and_names_its_file(void **state)
{
	const struct watchdog_limits short_limits = {.seconds = 1, .memory = limits.memory};
	struct watchdog_report report;

	(void)state;
	assert_int_equal(watchdog_run(&report, &short_limits, stand_still, NULL), 0);
	assert_int_equal(report.end, WATCHDOG_LATE);
	assert_string_equal(report.file, "b.md");
	assert_false(report.several);
}

static int crash(void *context, struct diag_watch *watch)
{
	struct diags *diags = diag_new();
	char name[600];

	(void)context;
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	diag_watch(diags, watch);
	diag_at(diags, 3, name);
	diag_at(diags, DIAG_THREADS, "of no thread");
	diag_at(diags, 4, "b.md");
	(void)kill(getpid(), SIGKILL);
	return 0;
}

static void tells_of_a_crash_and_of_a_name_that_is_too_long(void **state)
{
	struct watchdog_report report = run(crash);

	(void)state;
	assert_int_equal(report.end, WATCHDOG_DEAD);
	assert_int_equal(strlen(report.file), sizeof(report.file) - 1);
	assert_true(report.several);
}

static int leave(void *context, struct diag_watch *watch)
{
	(void)context;
	(void)watch;
	_exit(0);
}

static void does_not_take_an_exit_for_a_result(void **state)
{
	(void)state;
	assert_int_equal(run(leave).end, WATCHDOG_DEAD);
}

static void waits_where_children_are_ignored(void **state)
{
	(void)state;
	(void)signal(SIGCHLD, SIG_IGN);
	assert_int_equal(run(return_number).end, WATCHDOG_DONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_the_work_returns),
		cmocka_unit_test(ends_what_hangs_and_names_its_file),
		cmocka_unit_test(tells_of_a_crash_and_of_a_name_that_is_too_long),
		cmocka_unit_test(does_not_take_an_exit_for_a_result),
		cmocka_unit_test(waits_where_children_are_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
