/* The lists of what a reader may keep: whose files they name, and when their version changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/map.h"
#include "base/mem.h"
#include "model/site.h"
#include "output/offline.h"

/* What was written, by path. */
struct folder {
	struct arena arena;
	struct map files; /* → struct slice * */
};

static int folder_write(void *to, struct slice path, struct slice bytes, struct diags *diags)
{
	struct folder *folder = to;
	struct slice *kept = arena_new(&folder->arena, 1, sizeof(*kept));

	(void)diags;
	*kept = slice_keep(&folder->arena, bytes);
	assert_null(map_set(&folder->files, slice_keep(&folder->arena, path), kept));
	return 0;
}

/* The file that is written in pieces, as it grows. */
struct growing {
	struct folder *folder;
	struct text path;
	struct text bytes;
};

static int folder_begin(void **out, void *to, struct slice path, struct diags *diags)
{
	struct growing *growing = mem_new(1, sizeof(*growing));

	(void)diags;
	growing->folder = to;
	text_add(&growing->path, path);
	*out = growing;
	return 0;
}

static int folder_append(void *file, struct slice bytes, struct diags *diags)
{
	(void)diags;
	text_add(&((struct growing *)file)->bytes, bytes);
	return 0;
}

static void folder_abandon(void *file)
{
	struct growing *growing = file;

	text_free(&growing->path);
	text_free(&growing->bytes);
	free(growing);
}

static int folder_end(void *file, struct diags *diags)
{
	struct growing *growing = file;
	int result = folder_write(
		growing->folder, text_slice(&growing->path), text_slice(&growing->bytes), diags);

	folder_abandon(file);
	return result;
}

static const struct sink_kind in_folder = {
	folder_write, folder_begin, folder_append, folder_end, folder_abandon};

/* The files of a site with two regions; `home` is what the home page of one says. */
static void build(struct folder *folder, const char *home, size_t pages)
{
	static const char *const paths[] = {"index.html", "404.html", "a/index.html",
		"a/geschiedenis/index.html", "assets/stijl.0123.css", "atom.xml", "offline.js",
		"op-dit-apparaat/geen-verbinding/index.html", "regio/index.html",
		"regio/noord/a/index.html", "regio/noord/zoek/index.json",
		"regio/noord/zoek/index/0.json", "regio/zuid/index.html", "zoek/index.html",
		"zoek/zoek.json", "robots.txt", ".well-known/security.txt"};
	struct region regions[] = {{.slug = slice_of("noord")}, {.slug = slice_of("zuid")}};
	struct site site = {.regions = regions, .region_count = 2, .national_count = pages};
	struct sink sink = {&in_folder, folder};
	struct offline *offline;
	struct sink_file *file;

	offline_open(&offline, &site, &sink);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		assert_int_equal(
			sink_write(offline_sink(offline), slice_of(paths[i]), slice_of("x"), NULL),
			0);
	assert_int_equal(sink_write(offline_sink(offline), slice_of("regio/noord/index.html"),
				 slice_of(home), NULL),
		0);
	assert_int_equal(
		sink_begin(&file, offline_sink(offline), slice_of("zoek/woorden.json"), NULL), 0);
	assert_int_equal(sink_append(file, slice_of("in "), NULL), 0);
	assert_int_equal(sink_append(file, slice_of("pieces"), NULL), 0);
	assert_int_equal(sink_end(file, NULL), 0);
	assert_int_equal(offline_write(offline, NULL), 0);
	offline_close(offline);
}

static void release(struct folder *folder)
{
	map_free(&folder->files);
	arena_free(&folder->arena);
	*folder = (struct folder){0};
}

/* The list without its version. */
static const char *list(const struct folder *folder, const char *path)
{
	const struct slice *file = map_get(&folder->files, slice_of(path));

	assert_non_null(file);
	assert_true(slice_starts(*file, "{\"versie\":\""));
	return strstr(file->data, "\"bytes\"");
}

static void test_a_region_has_its_pages_and_what_they_ask_for(void **state)
{
	struct folder folder = {0};

	(void)state;
	build(&folder, "noord", 1);
	assert_string_equal(list(&folder, "regio/noord/offline.json"),
		"\"bytes\":19,\"bestanden\":[\"assets/stijl.0123.css\","
		"\"op-dit-apparaat/geen-verbinding/\",\"regio/noord/a/\",\"regio/noord/\","
		"\"regio/noord/zoek/index/0.json\",\"zoek/woorden.json\",\"zoek/zoek.json\"]}\n");
	release(&folder);
}

static void test_the_nation_has_no_region_but_the_choice_of_one(void **state)
{
	struct folder folder = {0};

	(void)state;
	build(&folder, "noord", 1);
	assert_string_equal(list(&folder, "offline.json"),
		"\"bytes\":16,\"bestanden\":[\"a/\",\"assets/stijl.0123.css\",\"\","
		"\"op-dit-apparaat/geen-verbinding/\",\"regio/\",\"zoek/\","
		"\"zoek/woorden.json\",\"zoek/zoek.json\"]}\n");
	release(&folder);
}

static void test_only_the_region_that_changed_has_a_new_version(void **state)
{
	static const char *const paths[] = {
		"offline.json", "regio/noord/offline.json", "regio/zuid/offline.json"};
	struct folder one = {0}, two = {0};

	(void)state;
	build(&one, "noord", 1);
	build(&two, "daden", 1);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		const struct slice *old = map_get(&one.files, slice_of(paths[i]));
		const struct slice *new = map_get(&two.files, slice_of(paths[i]));

		assert_non_null(old);
		assert_non_null(new);
		assert_int_equal(slice_equal(*old, *new), i != 1);
	}
	release(&one);
	release(&two);
}

static void test_a_site_that_is_too_large_has_no_lists(void **state)
{
	struct folder folder = {0};

	(void)state;
	build(&folder, "noord", OFFLINE_PAGES + 1);
	assert_null(map_get(&folder.files, slice_of("offline.json")));
	assert_non_null(map_get(&folder.files, slice_of("zoek/woorden.json")));
	release(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_region_has_its_pages_and_what_they_ask_for),
		cmocka_unit_test(test_the_nation_has_no_region_but_the_choice_of_one),
		cmocka_unit_test(test_only_the_region_that_changed_has_a_new_version),
		cmocka_unit_test(test_a_site_that_is_too_large_has_no_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
