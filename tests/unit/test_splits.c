/* content/samenstellingen.yml: what is read of it, and what is said of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "input/yaml.h"
#include "language/compound.h"
#include "language/compound_table.h"
#include "model/splits.h"

/* Reads the file, and gives it back as it was understood. */
static void assert_read(const char *yaml, const char *want, size_t errors)
{
	struct arena arena = {0};
	struct diags *diags = diag_new();
	struct splits splits = {0};
	struct value *root;
	struct text got = {0};

	assert_int_equal(yaml_parse(&root, &arena, slice_of(yaml), "x.yml", 1, 0, diags), 0);
	splits_read(&splits, &arena, root, "x.yml", diags);
	text_puts(&got, "");
	for (size_t i = 0; i < splits.count; i++) {
		text_add(&got, splits.items[i].word);
		for (size_t p = 0; p < splits.items[i].count; p++)
			text_printf(&got, " %.*s", (int)splits.items[i].parts[p].size,
				splits.items[i].parts[p].data);
		text_byte(&got, ';');
	}
	assert_string_equal(got.data, want);
	assert_int_equal(diag_count(diags, DIAG_ERROR), errors);
	text_free(&got);
	diag_free(diags);
	arena_free(&arena);
}

static void reads_parts_and_no(void **state)
{
	(void)state;
	assert_read("werkervaringsplaats: [Werkervaring, plaats]\nRotterdam: nee\n",
		"werkervaringsplaats werkervaring plaats;rotterdam;", 0);
	assert_read("regiocoördinator:\n  - regio\n  - Éénmaal\n",
		"regiocoördinator regio éénmaal;", 0);
	assert_read("", "", 0);
	assert_read("# niets\n", "", 0);
}

static void says_what_it_cannot_read(void **state)
{
	(void)state;
	assert_read("- werkplek\n", "", 1);
	assert_read("werk-plek: nee\ntaal: nee\n", "taal;", 1);
	assert_read("zorg 2: nee\n", "", 1);
	assert_read("a: ja\nwerkplek: ja\ntaal: []\nzorg:\nloon: {x: y}\nrond: [[a]]\n", "", 6);
	assert_read("werkplek: [werk, '']\nloonkosten: [loon, 'de kosten']\n", "", 2);
	assert_read("werkplek: [aa, bb, cc, dd, ee, ff, gg, hh, ii, jj, kk, ll, mm, nn, oo, pp, qq,"
		    " rr, ss, tt, uu, vv, ww, xx, yy]\n",
		"", 1);
}

static void tells_the_splitter(void **state)
{
	const struct compound_form forms[] = {{slice_of("loon"), COMPOUND_BEGIN, 0},
		{slice_of("plek"), COMPOUND_END, 0}, {slice_of("werk"), COMPOUND_BEGIN, 0}};
	struct slice parts[] = {slice_of("taal")};
	struct split items[] = {{slice_of("loonplek"), parts, 1}, {slice_of("werkplek"), NULL, 0}};
	const struct splits splits = {items, ARRAY_LEN(items)};
	struct diags *diags = diag_new();
	struct slice nodes[COMPOUND_NODES];
	struct text table = {0};
	struct compounds *compounds;

	(void)state;
	compound_table_write(&table, forms, ARRAY_LEN(forms));
	assert_int_equal(compound_read(&compounds, text_slice(&table), "table", diags), 0);
	assert_int_equal(compound_split(nodes, compounds, slice_of("werkplek")), 2);
	splits_apply(compounds, &splits);
	assert_int_equal(compound_split(nodes, compounds, slice_of("werkplek")), 0);
	assert_int_equal(compound_split(nodes, compounds, slice_of("loonplek")), 1);
	assert_true(slice_is(nodes[0], "taal"));
	compound_free(compounds);
	text_free(&table);
	diag_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_parts_and_no),
		cmocka_unit_test(says_what_it_cannot_read),
		cmocka_unit_test(tells_the_splitter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
