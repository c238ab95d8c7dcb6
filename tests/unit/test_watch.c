/* Watching: the ways in which editors save, folders that come and go, and what is passed over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "jobs/watch.h"

/* Two folders, of which `later` is not there at first. */
struct box {
	char root[64];
	char *folders[2];
	struct watch *watch;
	struct diags *diags;
};

static char *path_in(const struct box *box, const char *path)
{
	struct text full = {0};

	text_printf(&full, "%s/%s", box->root, path);
	return full.data;
}

static void make_folder(const struct box *box, const char *path)
{
	char *full = path_in(box, path);

	assert_int_equal(mkdir(full, 0777), 0);
	free(full);
}

static void put(const struct box *box, const char *path, const char *bytes)
{
	char *full = path_in(box, path);
	FILE *file = fopen(full, "w");

	assert_non_null(file);
	fputs(bytes, file);
	fclose(file);
	free(full);
}

static void move(const struct box *box, const char *from, const char *to)
{
	char *one = path_in(box, from), *two = path_in(box, to);

	assert_int_equal(rename(one, two), 0);
	free(one);
	free(two);
}

static uint64_t state_of(const struct box *box)
{
	return watch_state((const char *const *)box->folders, 2);
}

/* Whether the watch tells of something within so many milliseconds. */
static bool is_told(const struct box *box, int patience)
{
	struct pollfd descriptor = {.fd = watch_descriptor(box->watch), .events = POLLIN};

	return poll(&descriptor, 1, patience) == 1;
}

/* Lets what was done until now be told, and forgets it. */
static void settle(const struct box *box)
{
	while (is_told(box, 200))
		watch_clear(box->watch);
}

static int set_up(void **state)
{
	struct box *box = mem_new(1, sizeof(*box));

	strncpy(box->root, "/tmp/draaiboek-test-XXXXXX", sizeof(box->root) - 1);
	if (mkdtemp(box->root) == NULL)
		return -1;
	box->diags = diag_new();
	box->folders[0] = path_in(box, "content");
	box->folders[1] = path_in(box, "later");
	make_folder(box, "content");
	make_folder(box, "content/a");
	make_folder(box, "elsewhere");
	put(box, "content/a/page.md", "one");
	if (watch_open(&box->watch, (const char *const *)box->folders, 2, box->diags) != 0)
		return -1;
	settle(box);
	*state = box;
	return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

static int tear_down(void **state)
{
	struct box *box = *state;

	watch_close(box->watch);
	nftw(box->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	diag_free(box->diags);
	free(box->folders[0]);
	free(box->folders[1]);
	free(box);
	return 0;
}

/* Asks that a change was told, and that the state is another one. */
static void expect_change(const struct box *box, uint64_t *state)
{
	uint64_t now;

	assert_true(is_told(box, 3000));
	settle(box);
	now = state_of(box);
	assert_true(now != *state);
	*state = now;
}

static void test_saves(void **state)
{
	struct box *box = *state;
	uint64_t before = state_of(box);

	put(box, "content/a/page.md", "other");
	expect_change(box, &before);
	put(box, "content/a/new.md", "new");
	expect_change(box, &before);
	/* By a copy that takes the file's place, of the same size. */
	put(box, "content/a/.page.md.swp", "OTHER");
	move(box, "content/a/.page.md.swp", "content/a/page.md");
	expect_change(box, &before);
	/* By moving the old one out of the way. */
	move(box, "content/a/page.md", "content/a/page.md~");
	put(box, "content/a/page.md", "third");
	expect_change(box, &before);
	move(box, "content/a/new.md", "content/a/renamed.md");
	expect_change(box, &before);
	move(box, "content/a/renamed.md", "elsewhere/renamed.md");
	expect_change(box, &before);
	move(box, "elsewhere/renamed.md", "content/a/again.md");
	expect_change(box, &before);
}

static void test_folders(void **state)
{
	struct box *box = *state;
	uint64_t before = state_of(box);

	make_folder(box, "content/b");
	put(box, "content/b/page.md", "x");
	expect_change(box, &before);
	put(box, "content/b/page.md", "y and more");
	expect_change(box, &before);
	move(box, "content/b", "content/c");
	expect_change(box, &before);
	put(box, "content/c/page.md", "z");
	expect_change(box, &before);
	move(box, "content/c", "elsewhere/c");
	expect_change(box, &before);
	/* What is in it now is no longer ours. */
	put(box, "elsewhere/c/page.md", "changed");
	settle(box);
	assert_true(state_of(box) == before);
}

static void test_folder_that_comes_and_goes(void **state)
{
	struct box *box = *state;
	uint64_t before = state_of(box);

	make_folder(box, "later");
	expect_change(box, &before);
	put(box, "later/page.md", "x");
	expect_change(box, &before);
	move(box, "content", "gone");
	expect_change(box, &before);
	move(box, "gone", "content");
	expect_change(box, &before);
	put(box, "content/a/page.md", "after all that");
	expect_change(box, &before);
}

static void test_what_is_passed_over_does_not_count(void **state)
{
	struct box *box = *state;
	uint64_t before = state_of(box);

	put(box, "content/a/.hidden", "x");
	put(box, "content/a/page.md~", "x");
	make_folder(box, "content/node_modules");
	put(box, "content/node_modules/x.js", "x");
	make_folder(box, "content/.git");
	put(box, "content/.git/index", "x");
	settle(box);
	assert_true(state_of(box) == before);
	put(box, "elsewhere/x", "x");
	assert_false(is_told(box, 300));
}

static void test_many_events_at_once(void **state)
{
	struct box *box = *state;
	uint64_t before = state_of(box);

	for (int i = 0; i < 3000; i++) {
		struct text path = {0};

		text_printf(&path, "content/a/page-%d.md", i % 300);
		put(box, path.data, "x");
		text_free(&path);
	}
	expect_change(box, &before);
	put(box, "content/a/page.md", "the last");
	expect_change(box, &before);
	assert_false(watch_is_polling(box->watch));
}

static void test_state_is_of_the_files_alone(void **state)
{
	struct box *box = *state;
	uint64_t before = state_of(box);
	char *file = path_in(box, "content/a/page.md");
	struct timespec times[2] = {{1000, 0}, {1000, 1}};

	assert_true(state_of(box) == before);
	assert_int_equal(utimensat(AT_FDCWD, file, times, 0), 0);
	assert_true(state_of(box) != before);
	before = state_of(box);
	times[1].tv_nsec = 2;
	assert_int_equal(utimensat(AT_FDCWD, file, times, 0), 0);
	assert_true(state_of(box) != before);
	free(file);
}

static void test_looks_every_second_where_the_system_cannot_watch(void **state)
{
	struct box *box = *state;
	struct rlimit before, none;
	uint64_t now;
	int lowest;

	watch_close(box->watch);
	box->watch = NULL;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	lowest = dup(0);
	close(lowest);
	none = before;
	none.rlim_cur = (rlim_t)lowest + 2; /* two for a pipe, none for the events */
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_int_equal(
		watch_open(&box->watch, (const char *const *)box->folders, 2, box->diags), 0);
	for (int i = 0; i < 500 && !watch_is_polling(box->watch); i++)
		nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_true(watch_is_polling(box->watch));
	while (is_told(box, 1500))
		watch_clear(box->watch);
	now = state_of(box);
	put(box, "content/a/page.md", "found all the same");
	expect_change(box, &now);
	make_folder(box, "content/b");
	expect_change(box, &now);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_saves),
		TEST(test_folders),
		TEST(test_folder_that_comes_and_goes),
		TEST(test_what_is_passed_over_does_not_count),
		TEST(test_many_events_at_once),
		TEST(test_looks_every_second_where_the_system_cannot_watch),
		TEST(test_state_is_of_the_files_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
