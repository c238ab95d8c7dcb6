/* Paths to addresses, ways between all depths, and links that try to leave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "model/links.h"

static void assert_place(
	const char *file, const char *region, const char *key, const char *collection)
{
	struct links_place place;

	assert_true(links_place_of(&place, slice_of(file)));
	assert_true(slice_is(place.region, region));
	assert_true(slice_is(place.key, key));
	assert_true(slice_is(place.collection, collection));
}

static void tells_where_a_file_belongs(void **state)
{
	(void)state;
	assert_place("content/index.md", "", "index", "");
	assert_place("content/over.md", "", "over", "");
	assert_place("content/hulp/privacy.md", "", "hulp/privacy", "");
	assert_place("playbooks/subsidies/x.md", "", "subsidies/x", "subsidies");
	assert_place("playbooks/subsidies/index.md", "", "subsidies/index", "subsidies");
	assert_place("playbooks/subsidies/diep/x.md", "", "subsidies/diep/x", "subsidies");
	assert_place("playbooks/los.md", "", "los", "");
	assert_place("content/regios/twente/agenda.md", "twente", "agenda", "");
	assert_place("content/regios/twente/index.md", "twente", "index", "");
	assert_place("content/regios/twente/subsidies/x.md", "twente", "subsidies/x", "subsidies");
	assert_place("content/regiosfeer.md", "", "regiosfeer", "");
}

static void knows_what_is_no_page(void **state)
{
	static const char *const others[] = {"", "README.md", "content", "content/site.yml",
		"content/afbeeldingen/x.svg", "themes/standaard/x.md", "docs/x.md",
		"content/regios/x.md", "contents/x.md", "playbooks/x.md.txt",
		"content/regios/twente"};
	struct links_place place;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_false(links_place_of(&place, slice_of(others[i])));
}

static void makes_addresses(void **state)
{
	static const char *const pairs[][2] = {{"index", ""}, {"over", "over/"},
		{"subsidies/index", "subsidies/"}, {"subsidies/x", "subsidies/x/"}, {"", ""},
		{"subsidies/mijn-index", "subsidies/mijn-index/"}, {"a/b/index", "a/b/"}};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		assert_true(slice_is(links_address(&arena, slice_of(pairs[i][0])), pairs[i][1]));
	arena_free(&arena);
}

static void knows_names_that_an_address_may_have(void **state)
{
	(void)state;
	assert_true(links_is_slug(slice_of("a")));
	assert_true(links_is_slug(slice_of("2023-nieuw")));
	assert_true(links_is_slug(slice_of("a-")));
	assert_false(links_is_slug(slice_of("")));
	assert_false(links_is_slug(slice_of("-a")));
	assert_false(links_is_slug(slice_of("A")));
	assert_false(links_is_slug(slice_of("a_b")));
	assert_false(links_is_slug(slice_of("a b")));
	assert_false(links_is_slug(slice_of("\u00e9\u00e9n")));
	assert_false(links_is_slug(slice_of("a.b")));
}

static void knows_addresses_that_are_taken(void **state)
{
	(void)state;
	assert_string_equal(links_reserved(slice_of("regio")), "regio");
	assert_string_equal(links_reserved(slice_of("zoek/")), "zoek");
	assert_string_equal(links_reserved(slice_of("oogst/vraag")), "oogst");
	assert_string_equal(links_reserved(slice_of("assets/x")), "assets");
	assert_string_equal(links_reserved(slice_of("geschiedenis")), "geschiedenis");
	assert_string_equal(links_reserved(slice_of("subsidies/x/geschiedenis")), "geschiedenis");
	assert_string_equal(links_reserved(slice_of("subsidies/x/geschiedenis/")), "geschiedenis");
	assert_null(links_reserved(slice_of("")));
	assert_null(links_reserved(slice_of("regios")));
	assert_null(links_reserved(slice_of("subsidies/zoek")));
	assert_null(links_reserved(slice_of("geschiedenis/van-het-wsp")));
	assert_null(links_reserved(slice_of("zoeken")));
}

/* What a browser makes of `way`, seen from `from`. */
static void resolve(struct text *out, const char *from, const char *way)
{
	struct slice rest = slice_of(way);

	text_puts(out, from);
	while (rest.size > 0) {
		if (slice_starts(rest, "./")) {
			rest = slice_from(rest, 2);
		} else if (slice_starts(rest, "../")) {
			assert_true(out->size > 0);
			out->size--;
			while (out->size > 0 && out->data[out->size - 1] != '/')
				out->size--;
			rest = slice_from(rest, 3);
		} else {
			text_add(out, rest);
			return;
		}
	}
}

static void finds_the_way_between_all_addresses(void **state)
{
	static const char *const addresses[] = {
		"", "a/", "ab/", "a/b/", "a/bc/", "a/b/c/", "b/", "b/a/", "a/b/c/d/e/", "ab/c/"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(addresses); i++)
		for (size_t j = 0; j < ARRAY_LEN(addresses); j++) {
			struct text way = {0}, arrived = {0};

			links_relative(&way, slice_of(addresses[i]), slice_of(addresses[j]));
			assert_true(way.size > 0);
			assert_int_not_equal(way.data[0], '/');
			resolve(&arrived, addresses[i], way.data);
			assert_true(slice_is(text_slice(&arrived), addresses[j]));
			text_free(&way);
			text_free(&arrived);
		}
}

static void finds_the_shortest_way(void **state)
{
	static const char *const ways[][3] = {{"subsidies/x/", "subsidies/y/", "../y/"},
		{"subsidies/x/", "over/", "../../over/"}, {"", "over/", "over/"},
		{"over/", "", "../"}, {"over/", "over/", "./"}, {"", "", "./"},
		{"a/", "a/b/", "b/"}, {"a/b/", "a/", "../"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct text way = {0};

		links_relative(&way, slice_of(ways[i][0]), slice_of(ways[i][1]));
		assert_string_equal(way.data, ways[i][2]);
		text_free(&way);
	}
}

static void finds_the_way_up(void **state)
{
	struct text way = {0};

	(void)state;
	links_root(&way, slice_of(""));
	text_byte(&way, ' ');
	links_root(&way, slice_of("a/"));
	text_byte(&way, ' ');
	links_root(&way, slice_of("a/b/c/"));
	assert_string_equal(way.data, "./ ../ ../../../");
	text_free(&way);
}

static void follows_links(void **state)
{
	static const char *const ways[][3] = {{"playbooks/a/x.md", "y.md", "playbooks/a/y.md"},
		{"playbooks/a/x.md", "./y.md", "playbooks/a/y.md"},
		{"playbooks/a/x.md", "../b/y.md", "playbooks/b/y.md"},
		{"playbooks/a/x.md", "../../content/over.md", "content/over.md"},
		{"playbooks/a/x.md", "..//b/./y.md", "playbooks/b/y.md"},
		{"playbooks/a/x.md", "../a", "playbooks/a"},
		{"playbooks/a/x.md", "../a/", "playbooks/a"},
		{"playbooks/a/x.md", "met%20spatie.md", "playbooks/a/met spatie.md"},
		{"playbooks/a/x.md", "%2e%2E/b/y.md", "playbooks/b/y.md"},
		{"playbooks/a/x.md", "..%2fb%2Fy.md", "playbooks/b/y.md"},
		{"playbooks/a/x.md", "c%C3%A9.md", "playbooks/a/c\u00e9.md"},
		{"playbooks/a/x.md", "100%.md", "playbooks/a/100%.md"},
		{"playbooks/a/x.md", "a%2", "playbooks/a/a%2"},
		{"playbooks/a/x.md", "a%zz", "playbooks/a/a%zz"}, {"x.md", "y.md", "y.md"},
		{"playbooks/a/x.md", "../..", ""}, {"playbooks/a/x.md", "", "playbooks/a"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct text path = {0};

		text_puts(&path, "");
		assert_int_equal(
			links_follow(&path, slice_of(ways[i][0]), slice_of(ways[i][1])), 0);
		assert_true(slice_is(text_slice(&path), ways[i][2]));
		text_free(&path);
	}
}

static void lets_no_link_out(void **state)
{
	static const char *const ways[] = {"../../../x", "/etc/passwd", "%2fetc/passwd",
		"../%2e%2e/../etc", "..%2f..%2f..%2fx", "a%00.md", "..\\..\\x", "%5c",
		"../../../../x/../.."};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct text path = {0};

		text_puts(&path, "voor");
		assert_int_equal(
			links_follow(&path, slice_of("playbooks/a/x.md"), slice_of(ways[i])), -1);
		assert_true(slice_is(text_slice(&path), "voor"));
		text_free(&path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_where_a_file_belongs),
		cmocka_unit_test(knows_what_is_no_page),
		cmocka_unit_test(makes_addresses),
		cmocka_unit_test(knows_names_that_an_address_may_have),
		cmocka_unit_test(knows_addresses_that_are_taken),
		cmocka_unit_test(finds_the_way_between_all_addresses),
		cmocka_unit_test(finds_the_shortest_way),
		cmocka_unit_test(finds_the_way_up),
		cmocka_unit_test(follows_links),
		cmocka_unit_test(lets_no_link_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
