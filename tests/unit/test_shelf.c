/* The assets of all releases in one folder: links, once each, as long as a release has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/diag.h"
#include "output/releases.h"
#include "output/shelf.h"
#include "sandbox.h"

#define ONE "000001-111111111111"
#define TWO "000002-222222222222"

static int setup(void **state)
{
	(void)state;
	sandbox_open();
	sandbox_run(
		"mkdir -p to/releases/" ONE "/assets to/releases/" TWO "/assets; cd to/releases; "
		"echo a >" ONE "/assets/a.css; echo a >" ONE "/assets/a.css.br; "
		"echo both >" ONE "/assets/both.js; ln " ONE "/assets/both.js " TWO
		"/assets/both.js; "
		"echo b >" TWO "/assets/b.css; mkdir " TWO "/assets/folder");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	sandbox_close();
	return 0;
}

static void open_site(struct releases *out, struct diags *diags)
{
	assert_int_equal(releases_open(out, "to", false, diags), 0);
}

static void assert_shelf(const char *want)
{
	struct text names = {0};

	text_puts(&names, "");
	sandbox_read(&names, "ls to/assets | tr '\\n' ' '");
	assert_string_equal(names.data, want);
	text_free(&names);
}

static void test_releases_share_it(void **state)
{
	struct diags *diags = diag_new();
	struct releases site;

	(void)state;
	open_site(&site, diags);
	assert_int_equal(shelf_add(&site, ONE, diags), 0);
	assert_shelf("a.css a.css.br both.js ");
	assert_int_equal(shelf_add(&site, TWO, diags), 0);
	assert_int_equal(shelf_add(&site, TWO, diags), 0);
	assert_shelf("a.css a.css.br b.css both.js ");
	sandbox_run("cd to; [ assets/a.css -ef releases/" ONE "/assets/a.css ]; "
		    "[ assets/b.css -ef releases/" TWO "/assets/b.css ]");
	releases_close(&site);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
}

static void test_what_no_release_has_goes(void **state)
{
	struct diags *diags = diag_new();
	struct releases site;

	(void)state;
	open_site(&site, diags);
	assert_int_equal(shelf_prune(&site, diags), 0);
	assert_int_equal(shelf_add(&site, ONE, diags), 0);
	assert_int_equal(shelf_add(&site, TWO, diags), 0);
	sandbox_run("rm -r to/releases/" ONE "; echo x >to/assets/.left.tmp");
	assert_int_equal(shelf_prune(&site, diags), 0);
	assert_shelf("b.css both.js ");
	sandbox_run("[ ! -e to/assets/.left.tmp ]");
	releases_close(&site);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
}

static void test_a_release_without_assets(void **state)
{
	struct diags *diags = diag_new();
	struct releases site;

	(void)state;
	sandbox_run("rm -r to/releases/" ONE "/assets");
	open_site(&site, diags);
	assert_int_equal(shelf_add(&site, ONE, diags), 0);
	assert_shelf("");
	assert_int_equal(shelf_prune(&site, diags), 0);
	releases_close(&site);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
}

static void test_a_shelf_that_is_no_folder(void **state)
{
	struct diags *diags = diag_new();
	struct releases site;

	(void)state;
	sandbox_run("echo x >to/assets");
	open_site(&site, diags);
	assert_int_equal(shelf_add(&site, ONE, diags), -1);
	assert_int_equal(diag_status(diags), 2);
	releases_close(&site);
	diag_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_releases_share_it, setup, teardown),
		cmocka_unit_test_setup_teardown(test_what_no_release_has_goes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_release_without_assets, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_shelf_that_is_no_folder, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
