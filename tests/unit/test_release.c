/* A release: what is written is there, what is the same is shared, what fails is gone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/disk.h"
#include "base/pool.h"
#include "output/release.h"
#include "sandbox.h"

#define COMMIT "0123456789abcdef0123456789abcdef01234567"

struct fixture {
	struct disk releases;
	struct diags *diags;
	struct release_options options;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	sandbox_open();
	sandbox_run("mkdir releases");
	fixture->diags = diag_new();
	assert_int_equal(disk_open(&fixture->releases, "releases", false, fixture->diags), 0);
	fixture->options = (struct release_options){.releases = &fixture->releases,
		.id = "000001-0123456789ab",
		.source = {slice_of(COMMIT), slice_of("0.1.0"), slice_of("2026-11-20")},
		.time = 1700000000};
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	disk_close(&fixture->releases);
	diag_free(fixture->diags);
	free(fixture);
	sandbox_close();
	return 0;
}

static char long_text[5000];

static void put(const struct sink *sink, const char *path, const char *text, struct diags *diags)
{
	assert_int_equal(sink_write(sink, slice_of(path), slice_of(text), diags), 0);
}

static void put_in_pieces(
	const struct sink *sink, const char *path, const char *text, struct diags *diags)
{
	struct slice rest = slice_of(text);
	struct sink_file *file;

	assert_int_equal(sink_begin(&file, sink, slice_of(path), diags), 0);
	while (rest.size > 0) {
		size_t size = rest.size < 1000 ? rest.size : 1000;

		assert_int_equal(sink_append(file, (struct slice){rest.data, size}, diags), 0);
		rest = slice_from(rest, size);
	}
	assert_int_equal(sink_end(file, diags), 0);
}

/* Makes a release of three files, of which one in pieces. */
static void make(struct fixture *fixture, const char *first, const char *pieces)
{
	struct release *release;
	struct sink sink;
	size_t made, kept;

	assert_int_equal(release_open(&release, &fixture->options, fixture->diags), 0);
	sink = release_sink(release);
	put(&sink, "a/b/index.html", first, fixture->diags);
	put(&sink, "a/kort.txt", "kort", fixture->diags);
	put_in_pieces(&sink, "zoek/index.json", pieces, fixture->diags);
	assert_int_equal(release_finish(release, fixture->diags), 0);
	release_counts(&made, &kept, release);
	assert_int_equal(made + kept, 3);
	release_close(release, fixture->diags);
	assert_int_equal(diag_status(fixture->diags), 0);
}

static struct stat look(const char *path)
{
	struct stat status;

	assert_int_equal(lstat(path, &status), 0);
	return status;
}

static bool is_same_file(const char *path)
{
	struct text first = {0}, second = {0};
	struct stat one, other;

	text_printf(&first, "releases/000001-0123456789ab/%s", path);
	text_printf(&second, "releases/000002-0123456789ab/%s", path);
	one = look(first.data);
	other = look(second.data);
	text_free(&first);
	text_free(&second);
	return one.st_ino == other.st_ino;
}

static void makes_files_and_twins(void **state)
{
	static const char *const there[] = {"a/b/index.html", "a/b/index.html.gz",
		"a/b/index.html.br", "zoek/index.json", "zoek/index.json.gz", "zoek/index.json.br",
		"a/kort.txt", "MANIFEST"};
	struct fixture *fixture = *state;
	struct inventory inventory;
	struct disk folder;

	make(fixture, long_text, long_text);
	for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++) {
		struct text path = {0};
		struct stat status;

		text_printf(&path, "releases/000001-0123456789ab/%s", there[i]);
		status = look(path.data);
		assert_int_equal(status.st_mtim.tv_sec, 1700000000);
		text_free(&path);
	}
	sandbox_run("! ls releases/*/a/kort.txt.*; [ $(ls -A releases) = 000001-0123456789ab ]");
	assert_int_equal(disk_enter(&folder, &fixture->releases, "000001-0123456789ab", false,
				 fixture->diags),
		0);
	assert_int_equal(inventory_read(&inventory, &folder, fixture->diags), 0);
	assert_int_equal(inventory.count, 7);
	assert_true(inventory_is_of(&inventory, &fixture->options.source));
	assert_int_equal(inventory_verify(&inventory, &folder, fixture->diags), 0);
	inventory_free(&inventory);
	disk_close(&folder);
}

/* Makes a second release after the first, as `harm` has left it. */
static void make_after(
	struct fixture *fixture, const char *harm, const char *first, const char *pieces)
{
	struct inventory inventory;
	struct disk last, next;

	make(fixture, long_text, long_text);
	assert_int_equal(
		disk_enter(&last, &fixture->releases, "000001-0123456789ab", false, fixture->diags),
		0);
	assert_int_equal(inventory_read(&inventory, &last, fixture->diags), 0);
	sandbox_run(harm);
	fixture->options.last = &last;
	fixture->options.last_files = &inventory;
	fixture->options.id = "000002-0123456789ab";
	fixture->options.time = 1700000100;
	make(fixture, first, pieces);
	inventory_free(&inventory);
	assert_int_equal(
		disk_enter(&next, &fixture->releases, "000002-0123456789ab", false, fixture->diags),
		0);
	assert_int_equal(inventory_read(&inventory, &next, fixture->diags), 0);
	assert_int_equal(inventory_verify(&inventory, &next, fixture->diags), 0);
	inventory_free(&inventory);
	disk_close(&next);
	disk_close(&last);
}

static void shares_what_is_the_same(void **state)
{
	make_after(*state, "true", "anders", long_text);
	assert_false(is_same_file("a/b/index.html"));
	assert_true(is_same_file("a/kort.txt"));
	assert_true(is_same_file("zoek/index.json"));
	assert_true(is_same_file("zoek/index.json.gz"));
	assert_true(is_same_file("zoek/index.json.br"));
	assert_int_equal(
		look("releases/000002-0123456789ab/a/b/index.html").st_mtim.tv_sec, 1700000100);
	sandbox_run("! ls releases/000002-*/zoek/*.last");
}

static void makes_anew_what_cannot_be_shared(void **state)
{
	make_after(*state,
		"cd releases/*; rm a/kort.txt zoek/index.json.gz; truncate -s 1 zoek/index.json; "
		"touch a/b/index.html.br",
		long_text, long_text);
	assert_true(is_same_file("a/b/index.html"));
	assert_true(is_same_file("a/b/index.html.gz"));
	/* Its time was not that of its file any more. */
	assert_false(is_same_file("a/b/index.html.br"));
	assert_int_equal(
		look("releases/000002-0123456789ab/a/b/index.html.br").st_mtim.tv_sec, 1700000000);
	assert_false(is_same_file("zoek/index.json"));
}

static void fails_at_two_of_one_name_and_leaves_nothing(void **state)
{
	static const char *const unsafe[] = {"../x", "/x", "MANIFEST", "a//b", "a\nb"};
	struct fixture *fixture = *state;
	struct release *release;
	struct sink sink;

	assert_int_equal(release_open(&release, &fixture->options, fixture->diags), 0);
	sink = release_sink(release);
	put(&sink, "a/index.html", long_text, fixture->diags);
	assert_int_equal(
		sink_write(&sink, slice_of("a/index.html"), slice_of("x"), fixture->diags), -1);
	assert_int_equal(
		sink_write(&sink, slice_of("a/index.html.gz"), slice_of("x"), fixture->diags), -1);
	for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++)
		assert_int_equal(
			sink_write(&sink, slice_of(unsafe[i]), slice_of("x"), fixture->diags), -1);
	assert_int_equal(diag_count(fixture->diags, DIAG_FATAL), 7);
	release_close(release, fixture->diags);
	sandbox_run("[ -z \"$(ls -A releases)\" ]");
}

static void abandoned_pieces_leave_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct release *release;
	struct sink_file *file;
	struct sink sink;

	assert_int_equal(release_open(&release, &fixture->options, fixture->diags), 0);
	sink = release_sink(release);
	assert_int_equal(sink_begin(&file, &sink, slice_of("x/y.json"), fixture->diags), 0);
	assert_int_equal(sink_append(file, slice_of("half"), fixture->diags), 0);
	sink_abandon(file);
	release_close(release, fixture->diags);
	sandbox_run("[ -z \"$(ls -A releases)\" ]");
	assert_int_equal(diag_status(fixture->diags), 0);
}

/* What threads need. */
struct work {
	const struct sink *sink;
	struct diags *diags;
	int results[400];
};

static void work(void *context, size_t item, size_t thread)
{
	struct work *all = context;
	struct text path = {0};

	(void)thread;
	text_printf(&path, "map-%zu/onder-%zu/%zu.html", item % 7, item % 3, item);
	all->results[item] =
		sink_write(all->sink, text_slice(&path), slice_of(long_text), all->diags);
	text_free(&path);
}

static void threads_write_at_once(void **state)
{
	struct fixture *fixture = *state;
	struct work all = {.diags = fixture->diags};
	struct release *release;
	struct sink sink;

	assert_int_equal(release_open(&release, &fixture->options, fixture->diags), 0);
	sink = release_sink(release);
	all.sink = &sink;
	pool_run(4, 400, 3, &all, work);
	for (size_t i = 0; i < 400; i++)
		assert_int_equal(all.results[i], 0);
	assert_int_equal(release_finish(release, fixture->diags), 0);
	release_close(release, fixture->diags);
	sandbox_run("[ $(grep -c ^file releases/*/MANIFEST) -eq 1200 ]");
	sandbox_run("[ $(find releases -name '*.html' | wc -l) -eq 400 ]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(makes_files_and_twins, set_up, tear_down),
		cmocka_unit_test_setup_teardown(shares_what_is_the_same, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			makes_anew_what_cannot_be_shared, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			fails_at_two_of_one_name_and_leaves_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(abandoned_pieces_leave_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(threads_write_at_once, set_up, tear_down),
	};

	for (size_t i = 0; i + 1 < sizeof(long_text); i++)
		long_text[i] = "Een lange tekst. "[i % 17];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
