/* MANIFEST: what is written is read, what is not as draaiboek writes it is not, what differs is
 * found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/disk.h"
#include "output/inventory.h"
#include "sandbox.h"

#define COMMIT "0123456789abcdef0123456789abcdef01234567"
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define HEAD "draaiboek-release 1\ncommit " COMMIT "\nversion 0.1.0\ndate 2026-11-20\n"

static int open_sandbox(void **state)
{
	(void)state;
	sandbox_open();
	return 0;
}

static int close_sandbox(void **state)
{
	(void)state;
	sandbox_close();
	return 0;
}

static const struct inventory_source source = {{COMMIT, 40}, {"0.1.0", 5}, {"2026-11-20", 10}};

static void writes_sorted(void **state)
{
	static const char *const paths[] = {"b/index.html", "a", "b.html", "\xc3\xa9", "a/b c"};
	struct inventory inventory = {0};
	struct text out = {0};

	(void)state;
	inventory_start(&inventory, &source);
	for (size_t i = 0; i < 5; i++) {
		struct inventory_file *file = inventory_add(&inventory, slice_of(paths[i]));

		assert_non_null(file);
		file->size = i;
		digest_of(file->digest, (struct slice){0});
	}
	assert_null(inventory_add(&inventory, slice_of("a")));
	inventory_write(&out, &inventory);
	assert_string_equal(out.data,
		HEAD "file " EMPTY " 1 a\nfile " EMPTY " 4 a/b c\nfile " EMPTY
		     " 2 b.html\nfile " EMPTY " 0 b/index.html\nfile " EMPTY " 3 \xc3\xa9\n");
	assert_int_equal(inventory_find(&inventory, slice_of("a/b c"))->size, 4);
	assert_null(inventory_find(&inventory, slice_of("c")));
	text_free(&out);
	inventory_free(&inventory);
}

/* Reads a MANIFEST of these bytes. */
static int read_bytes(struct inventory *out, const char *bytes, struct diags *diags)
{
	struct disk folder;
	int result;

	assert_int_equal(disk_open(&folder, ".", false, diags), 0);
	assert_int_equal(disk_remove(&folder, INVENTORY_NAME, diags), 0);
	assert_int_equal(disk_write(&folder, INVENTORY_NAME, slice_of(bytes), -1, diags), 0);
	result = inventory_read(out, &folder, diags);
	disk_close(&folder);
	return result;
}

static void reads_what_it_writes(void **state)
{
	const char *bytes = HEAD "file " EMPTY " 0 a\nfile " EMPTY " 12345678901 b/c d.html\n";
	struct inventory_source other = source;
	struct inventory inventory;
	struct text again = {0};
	struct diags *diags = diag_new();

	(void)state;
	assert_int_equal(read_bytes(&inventory, bytes, diags), 0);
	inventory_write(&again, &inventory);
	assert_string_equal(again.data, bytes);
	assert_true(inventory_is_of(&inventory, &source));
	other.date = slice_of("2026-11-21");
	assert_false(inventory_is_of(&inventory, &other));
	inventory_free(&inventory);
	assert_false(inventory_is_of(&inventory, &source));
	text_free(&again);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
}

static void what_is_not_ours_counts_as_none(void **state)
{
	static const char *const wrong[] = {"", "\n", "draaiboek-release 1",
		"draaiboek-release 2\n", "draaiboek-release 1\ncommit " COMMIT "\nversion 0.1.0\n",
		"draaiboek-release 1\ncommit 0123\nversion 0.1.0\ndate 2026-11-20\n",
		HEAD "file " EMPTY " 0 a", HEAD "file " EMPTY " 0 a\nfile " EMPTY " 0 a\n",
		HEAD "file " EMPTY " 0 ../a\n", HEAD "file " EMPTY " 0 /a\n",
		HEAD "file " EMPTY " 0 \n", HEAD "file " EMPTY " -1 a\n",
		HEAD "file " EMPTY " 99999999999999999999 a\n", HEAD "file 00" EMPTY " 0 a\n",
		HEAD "file " EMPTY " 0 MANIFEST\n", HEAD "map a\n", HEAD "\n",
		HEAD "file " EMPTY " 0 a\tb\n"};
	struct diags *diags = diag_new();
	struct inventory inventory;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(read_bytes(&inventory, wrong[i], diags), 1);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
}

static void assert_verified(int wanted, const struct inventory *inventory)
{
	struct diags *diags = diag_new();
	const struct diag *list;
	struct disk folder;
	size_t count;

	assert_int_equal(disk_open(&folder, "r", false, diags), 0);
	assert_int_equal(inventory_verify(inventory, &folder, diags), wanted);
	list = diag_sorted(diags, &count);
	assert_int_equal(count, wanted == 0 ? 0 : 1);
	if (wanted != 0)
		assert_non_null(strstr(list[0].text, "b"));
	disk_close(&folder);
	diag_free(diags);
}

static void finds_every_harm(void **state)
{
	struct inventory inventory = {0};
	struct inventory_file *file;

	(void)state;
	inventory_start(&inventory, &source);
	sandbox_run("mkdir -p r/x; printf aaa >r/x/a; printf bbb >r/x/b");
	file = inventory_add(&inventory, slice_of("x/a"));
	file->size = 3;
	digest_of(file->digest, slice_of("aaa"));
	file = inventory_add(&inventory, slice_of("x/b"));
	file->size = 3;
	digest_of(file->digest, slice_of("bbb"));
	assert_verified(0, &inventory);
	sandbox_run("printf bbx >r/x/b");
	assert_verified(-1, &inventory);
	sandbox_run("printf bbbb >r/x/b");
	assert_verified(-1, &inventory);
	sandbox_run("rm r/x/b");
	assert_verified(-1, &inventory);
	sandbox_run("printf bbb >r/x/c; ln -s c r/x/b");
	assert_verified(-1, &inventory);
	sandbox_run("rm r/x/b; mkdir r/x/b");
	assert_verified(-1, &inventory);
	inventory_free(&inventory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_sorted),
		cmocka_unit_test(reads_what_it_writes),
		cmocka_unit_test(what_is_not_ours_counts_as_none),
		cmocka_unit_test(finds_every_harm),
	};

	return cmocka_run_group_tests(tests, open_sandbox, close_sandbox);
}
