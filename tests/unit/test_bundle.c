/* The theme's files: what becomes of style sheets, scripts and pictures, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/value.h"
#include "input/source.h"
#include "input/theme.h"
#include "output/bundle.h"
#include "output/style.h"

/* A site of one file, and a folder of shared files with a theme of which a test writes the files.
 */
struct box {
	char root[64];
	struct source *source;
	struct source_reader *reader;
	struct theme *theme;
	struct arena arena;
	struct bundle bundle;
	struct diags *diags;
	struct text out;
	bool preview;
};

static void put(const struct box *box, const char *path, const char *bytes)
{
	struct text full = {0};
	FILE *file;

	text_printf(&full, "%s/%s", box->root, path);
	for (char *slash = full.data + strlen(box->root) + 1;
		(slash = strchr(slash, '/')) != NULL;) {
		*slash = '\0';
		mkdir(full.data, 0777);
		*slash++ = '/';
	}
	file = fopen(full.data, "w");
	assert_non_null(file);
	fputs(bytes, file);
	fclose(file);
	text_free(&full);
}

static void put_theme(const struct box *box, const char *path, const char *bytes)
{
	struct text full = {0};

	text_printf(&full, "share/themes/standaard/%s", path);
	put(box, full.data, bytes);
	text_free(&full);
}

static int set_up(void **state)
{
	struct box *box = mem_new(1, sizeof(*box));
	struct text site = {0};

	strncpy(box->root, "/tmp/draaiboek-test-XXXXXX", sizeof(box->root) - 1);
	if (mkdtemp(box->root) == NULL)
		return -1;
	box->diags = diag_new();
	put(box, "site/content/site.yml", "titel: x\n");
	text_printf(&site, "%s/site", box->root);
	if (source_open(&box->source, site.data, NULL, box->diags) != 0 ||
		source_reader_open(&box->reader, box->source, box->diags) != 0)
		return -1;
	text_free(&site);
	put_theme(box, "thema.yml", "stijl: []\n");
	*state = box;
	return 0;
}

static void remove_all(const char *path)
{
	DIR *stream = opendir(path);
	const struct dirent *entry;

	while (stream != NULL && (entry = readdir(stream)) != NULL) {
		struct text child = {0};
		struct stat status;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		text_printf(&child, "%s/%s", path, entry->d_name);
		if (lstat(child.data, &status) == 0 && S_ISDIR(status.st_mode))
			remove_all(child.data);
		else
			unlink(child.data);
		text_free(&child);
	}
	if (stream != NULL)
		closedir(stream);
	rmdir(path);
}

static int tear_down(void **state)
{
	struct box *box = *state;

	theme_free(box->theme);
	source_reader_free(box->reader);
	source_free(box->source);
	diag_free(box->diags);
	arena_free(&box->arena);
	text_free(&box->out);
	remove_all(box->root);
	free(box);
	return 0;
}

static int make(struct box *box)
{
	struct text share = {0};
	struct bundle_source source;
	int result;

	text_printf(&share, "%s/share", box->root);
	put(box, "share/soorten/pagina.yml", "titel: Pagina\n");
	theme_free(box->theme);
	assert_int_equal(
		theme_open(&box->theme, box->source, share.data, slice_of("standaard"), box->diags),
		0);
	text_free(&share);
	source = (struct bundle_source){box->theme, box->reader, .preview = box->preview};
	result = bundle_make(&box->bundle, &box->arena, &source, box->diags);
	return result;
}

/* The address that templates find under a name; it must be there. */
static const char *address_of(const struct box *box, const char *name)
{
	struct slice address = value_text_at(box->bundle.names, name);

	assert_true(address.size > 0);
	return address.data;
}

/* The bytes of the file with this name for templates. */
static struct slice bytes_of(const struct box *box, const char *name)
{
	const char *address = address_of(box, name);

	for (size_t i = 0; i < box->bundle.count; i++)
		if (slice_is(box->bundle.files[i].address, address))
			return box->bundle.files[i].bytes;
	fail();
	return (struct slice){0};
}

static void check_bytes(const struct box *box, const char *name, const char *want)
{
	struct text got = {0};

	text_add(&got, bytes_of(box, name));
	assert_string_equal(got.data != NULL ? got.data : "", want);
	text_free(&got);
}

/* Asks for one message: with this code, at the end of this path, on this line. */
static void expect(struct box *box, enum diag_code code, const char *path, unsigned line)
{
	size_t count;
	const struct diag *list = diag_sorted(box->diags, &count);

	assert_int_equal(count, 1);
	assert_string_equal(diag_name(list[0].code), diag_name(code));
	assert_true(slice_ends(slice_of(list[0].place.path), path));
	assert_int_equal(list[0].place.line, line);
}

static void test_styles_are_joined_in_order(void **state)
{
	struct box *box = *state;

	put_theme(box, "thema.yml", "stijl: [b.css, a.css]\n");
	put_theme(box, "css/a.css", "a { color: red }\n");
	put_theme(box, "css/b.css", "b { color: blue; }\n");
	put_theme(box, "css/unused.css", "c {}\n");
	assert_int_equal(make(box), 0);
	check_bytes(box, "style", "b{color:blue}\na{color:red}\n");
	assert_int_equal(box->bundle.count, 1);
	assert_true(slice_starts(slice_of(address_of(box, "style")), "assets/stijl."));
	assert_int_equal(strlen(address_of(box, "style")), strlen("assets/stijl..css") + 16);
}

static void test_hash_changes_with_the_bytes_alone(void **state)
{
	struct box *box = *state;
	char first[64];

	put_theme(box, "thema.yml", "stijl: [a.css]\n");
	put_theme(box, "css/a.css", "a { color: red }");
	assert_int_equal(make(box), 0);
	snprintf(first, sizeof(first), "%s", address_of(box, "style"));
	assert_int_equal(make(box), 0);
	assert_string_equal(first, address_of(box, "style"));
	put_theme(box, "css/a.css", "a { color: blue }");
	assert_int_equal(make(box), 0);
	assert_string_not_equal(first, address_of(box, "style"));
}

static void test_scripts_import_by_hashed_names(void **state)
{
	struct box *box = *state;
	struct text want = {0};

	put_theme(box, "js/aa.js", "import { b } from './bb.js';\nimport './cc.js';\nb();\n");
	put_theme(box, "js/bb.js",
		"export * from \"./cc.js\";\nexport const b = () => import('./dd.js');\n"
		"const w = new URL('./dd.js', import.meta.url), x = new URL('../', "
		"import.meta.url);\n");
	put_theme(box, "js/cc.js", "import {\n  d,\n} from './dd.js';\n");
	put_theme(box, "js/dd.js",
		"// import './nothing.js'\n * from 'nothing'\nexport const d = 'x from ';\n"
		"const t = \"from\" + './aa.js';\n");
	assert_int_equal(make(box), 0);
	assert_int_equal(box->bundle.count, 5);
	text_printf(&want, "import { b } from './%s';\nimport './%s';\nb();\n",
		address_of(box, "js-bb") + strlen("assets/"),
		address_of(box, "js-cc") + strlen("assets/"));
	check_bytes(box, "js-aa", want.data);
	text_clear(&want);
	text_printf(&want,
		"export * from \"./%s\";\nexport const b = () => import('./%s');\n"
		"const w = new URL('./%s', import.meta.url), x = new URL('../', "
		"import.meta.url);\n",
		address_of(box, "js-cc") + strlen("assets/"),
		address_of(box, "js-dd") + strlen("assets/"),
		address_of(box, "js-dd") + strlen("assets/"));
	check_bytes(box, "js-bb", want.data);
	text_free(&want);
}

static void test_scripts_for_an_editor_are_not_published(void **state)
{
	struct box *box = *state;

	put_theme(box, "js/a.js", "one();\n");
	put_theme(box, "js/proef/b.js", "import './a.js';\n");
	assert_int_equal(make(box), 0);
	assert_int_equal(box->bundle.count, 2);
	assert_null(value_at(box->bundle.names, "js-b"));
	box->preview = true;
	assert_int_equal(make(box), 0);
	assert_int_equal(box->bundle.count, 3);
	assert_true(slice_starts(slice_of(address_of(box, "js-b")), "assets/b."));
}

static void test_hash_of_a_script_covers_its_imports(void **state)
{
	struct box *box = *state;
	char first[64];

	put_theme(box, "js/a.js", "import './b.js';\n");
	put_theme(box, "js/b.js", "import './c.js';\n");
	put_theme(box, "js/c.js", "one();\n");
	assert_int_equal(make(box), 0);
	snprintf(first, sizeof(first), "%s", address_of(box, "js-a"));
	put_theme(box, "js/c.js", "two();\n");
	assert_int_equal(make(box), 0);
	assert_string_not_equal(first, address_of(box, "js-a"));
}

static void test_circle_of_imports(void **state)
{
	struct box *box = *state;
	size_t count;

	put_theme(box, "js/a.js", "import './b.js';\n");
	put_theme(box, "js/b.js", "\nimport './c.js';\n");
	put_theme(box, "js/c.js", "\n\nimport './b.js';\n");
	assert_int_equal(make(box), -1);
	expect(box, DIAG_SCRIPT_CIRCLE, "standaard/js/c.js", 3);
	assert_non_null(strstr(diag_sorted(box->diags, &count)[0].text, "b.js → c.js → b.js"));
}

static void test_script_that_imports_itself(void **state)
{
	struct box *box = *state;

	put_theme(box, "js/a.js", "import './a.js';\n");
	assert_int_equal(make(box), -1);
	expect(box, DIAG_SCRIPT_CIRCLE, "js/a.js", 1);
}

static void test_unknown_imports(void **state)
{
	static const char *const imports[] = {"import './b.js';", "import x from 'lunr';",
		"import x from '../js/a.js';", "import 'https://cdn.example/x.js';",
		"export { y } from './sub/a.js';", "const z = await import('./b.js');",
		"new Worker(new URL('./b.js', import.meta.url));"};
	struct box *box = *state;

	for (size_t i = 0; i < ARRAY_LEN(imports); i++) {
		struct text bytes = {0};

		text_printf(&bytes, "// first line\n%s\n", imports[i]);
		put_theme(box, "js/a.js", bytes.data);
		assert_int_equal(make(box), -1);
		expect(box, DIAG_SCRIPT_IMPORT, "js/a.js", 2);
		diag_free(box->diags);
		box->diags = diag_new();
		text_free(&bytes);
	}
}

static void test_pictures_have_names_and_are_found_by_styles(void **state)
{
	struct box *box = *state;
	struct text want = {0};

	put_theme(box, "thema.yml", "stijl: [a.css]\n");
	put_theme(box, "beeld/favicon.svg", "<svg/>");
	put_theme(box, "css/a.css",
		"a{b:url(../beeld/favicon.svg)}c{d:URL( \"../beeld/favicon.svg#x\" )}e{f:url(#g)}");
	assert_int_equal(make(box), 0);
	assert_true(
		slice_starts(slice_of(address_of(box, "beeld-favicon")), "assets/beeld-favicon."));
	text_printf(&want, "a{b:url(%s)}c{d:url(%s#x)}e{f:url(#g)}\n",
		address_of(box, "beeld-favicon") + strlen("assets/"),
		address_of(box, "beeld-favicon") + strlen("assets/"));
	check_bytes(box, "style", want.data);
	text_free(&want);
}

static void test_pictures_with_one_name(void **state)
{
	struct box *box = *state;

	put_theme(box, "beeld/a.png", "1");
	put_theme(box, "beeld/a.svg", "2");
	assert_int_equal(make(box), -1);
	expect(box, DIAG_THEME_PICTURES, "beeld/a.svg", 0);
}

static void test_styles_that_are_not_there(void **state)
{
	struct box *box = *state;
	size_t count;

	put_theme(box, "thema.yml", "stijl:\n  - bass.css\n");
	put_theme(box, "css/base.css", "");
	assert_int_equal(make(box), -1);
	expect(box, DIAG_THEME_FILE_NEAR, "thema.yml", 2);
	assert_non_null(strstr(diag_sorted(box->diags, &count)[0].text, "base.css"));
}

static void test_bad_lists_of_styles(void **state)
{
	static const char *const settings[] = {"naam: x\n", "stijl: a.css\n", "stijl: {a: b}\n"};
	struct box *box = *state;

	for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
		put_theme(box, "thema.yml", settings[i]);
		assert_int_equal(make(box), -1);
		expect(box, DIAG_THEME_STYLES, "thema.yml", 1);
		diag_free(box->diags);
		box->diags = diag_new();
	}
	put_theme(box, "thema.yml", "stijl: [{a: b}, ../thema.yml]\n");
	assert_int_equal(make(box), -1);
	assert_int_equal(diag_count(box->diags, DIAG_ERROR), 2);
}

static void check_style(struct box *box, const char *css, const char *want)
{
	struct map pictures = {0};

	text_clear(&box->out);
	text_byte(&box->out, '|');
	assert_int_equal(
		style_add(&box->out, slice_of(css), "css/a.css", &pictures, box->diags), 0);
	assert_string_equal(box->out.data + 1, want);
}

static void test_white_space_and_comments(void **state)
{
	struct box *box = *state;

	check_style(box, "", "");
	check_style(box, " /* x */ ", "");
	check_style(box, "/* x */ a  >\n\tb ,\r\n c { d : e ; }\n", "a > b,c{d :e}");
	check_style(box, "a :hover { b: calc( 1px + 2px ) }", "a :hover{b:calc( 1px + 2px )}");
	check_style(box, "a/* x */:hover{}", "a/**/:hover{}");
	check_style(box, "a /* x */:hover{}", "a :hover{}");
	check_style(box, "a{/* x */b:c/* y */;/* z */}", "a{b:c}");
	check_style(box, "@media (x) and (y) { a { b: c } }", "@media (x) and (y){a{b:c}}");
	check_style(box, "a { --leeg: ; --b:\n}", "a{--leeg: ;--b: }");
}

static void test_strings_and_escapes_stay(void **state)
{
	struct box *box = *state;

	check_style(box, "a::after { content: \" /* x */  ; \" }",
		"a::after{content:\" /* x */  ; \"}");
	check_style(box, "a { b: '\\'  {' ; }", "a{b:'\\'  {'}");
	check_style(box, "a { b: \"x\\\n  y\" }", "a{b:\"x\\\n  y\"}");
	check_style(box, ".a\\, b { }", ".a\\, b{}");
	check_style(box, ".md\\:x\\ y z { }", ".md\\:x\\ y z{}");
	check_style(box, "curl( 1 ) my-url( 1 ) é{}", "curl( 1 ) my-url( 1 ) é{}");
	check_style(box, "a\\", "a\\");
}

static void check_bad_style(struct box *box, const char *css, enum diag_code code, unsigned line)
{
	struct map pictures = {0};

	assert_int_equal(
		style_add(&box->out, slice_of(css), "css/a.css", &pictures, box->diags), -1);
	expect(box, code, "css/a.css", line);
	diag_free(box->diags);
	box->diags = diag_new();
}

static void test_bad_styles(void **state)
{
	struct box *box = *state;

	check_bad_style(box, "a {}\n/* x", DIAG_STYLE_OPEN, 2);
	check_bad_style(box, "/*/", DIAG_STYLE_OPEN, 1);
	check_bad_style(box, "a {\nb: \"x\n\"}", DIAG_STYLE_OPEN, 2);
	check_bad_style(box, "a { b: 'x\\", DIAG_STYLE_OPEN, 1);
	check_bad_style(box, "a { b: url(", DIAG_STYLE_OPEN, 1);
	check_bad_style(box, "a { b: url( 'x", DIAG_STYLE_OPEN, 1);
	check_bad_style(box, "a { b: url(x y) }", DIAG_STYLE_OPEN, 1);
	check_bad_style(box, "a{}\n@IMPORT 'b.css';", DIAG_STYLE_IMPORT, 2);
	check_bad_style(box, "a { b: url(https://x.example/a.png) }", DIAG_STYLE_ELSEWHERE, 1);
	check_bad_style(box, "a { b: url(data:image/png;base64,x) }", DIAG_STYLE_ELSEWHERE, 1);
	check_bad_style(box, "a { b: url(../beeld/no.svg) }", DIAG_STYLE_ELSEWHERE, 1);
	check_bad_style(box, "a { b: url('#x)y') }", DIAG_STYLE_ELSEWHERE, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_styles_are_joined_in_order),
		TEST(test_hash_changes_with_the_bytes_alone),
		TEST(test_scripts_import_by_hashed_names),
		TEST(test_scripts_for_an_editor_are_not_published),
		TEST(test_hash_of_a_script_covers_its_imports),
		TEST(test_circle_of_imports),
		TEST(test_script_that_imports_itself),
		TEST(test_unknown_imports),
		TEST(test_pictures_have_names_and_are_found_by_styles),
		TEST(test_pictures_with_one_name),
		TEST(test_styles_that_are_not_there),
		TEST(test_bad_lists_of_styles),
		TEST(test_white_space_and_comments),
		TEST(test_strings_and_escapes_stay),
		TEST(test_bad_styles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
