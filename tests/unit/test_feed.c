/* Feeds, the sitemap, robots.txt and security.txt: their form, their order, and hostile words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "input/history.h"
#include "model/date.h"
#include "model/site.h"
#include "output/feed.h"

#define MOST 100
#define COMMITS 20

/* A page with its variant and its changes. */
struct made {
	struct page page;
	struct variant variant;
	struct history_file history;
	struct history_commit commits[COMMITS];
	struct history_change changes[COMMITS];
};

struct box {
	struct site site;
	struct value *settings;
	struct region region;
	struct made made[MOST];
	const struct variant *variants[MOST];
	size_t count;
	struct diags *diags;
	struct text out;
};

static int set_up(void **state)
{
	struct box *box = mem_new(1, sizeof(*box));

	box->settings = value_new(&box->site.arena, VALUE_MAP);
	box->site.settings = box->settings;
	box->site.title = slice_of("Draaiboek & meer");
	box->site.url = slice_of("https://draaiboek.example/nl");
	box->site.language = slice_of("nl");
	assert_int_equal(date_parse(&box->site.date, slice_of("2026-11-20")), 0);
	box->region =
		(struct region){.slug = slice_of("foodvalley"), .name = slice_of("FoodValley")};
	box->diags = diag_new();
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	struct box *box = *state;

	text_free(&box->out);
	diag_free(box->diags);
	arena_free(&box->site.arena);
	free(box);
	return 0;
}

static struct made *add_page(struct box *box, const char *address, const char *title)
{
	struct made *made = &box->made[box->count];

	made->page.address = slice_of(address);
	made->variant.page = &made->page;
	made->variant.title = slice_of(title);
	made->variant.summary = slice_of("Kort.");
	box->variants[box->count++] = &made->variant;
	return made;
}

/* Adds an older change. */
static struct history_commit *add_change(struct made *made, const char *author, int64_t time)
{
	size_t number = made->history.change_count++;
	struct history_commit *commit = &made->commits[number];

	commit->author = slice_of(author);
	commit->subject = slice_of("Iets & anders");
	commit->time = time;
	snprintf(commit->id, sizeof(commit->id), "%040zu", number);
	made->changes[number] =
		(struct history_change){.commit = commit, .path = slice_of("playbooks/x y.md")};
	made->history.changes = made->changes;
	made->page.history = &made->history;
	return commit;
}

static void make_feed(struct box *box, const struct region *region)
{
	struct feed_scope scope = {.site = &box->site,
		.region = region,
		.variants = box->variants,
		.count = box->count,
		.tells_changes = true};

	text_clear(&box->out);
	feed_atom(&box->out, &scope);
}

static bool has(const struct box *box, const char *part)
{
	return strstr(box->out.data, part) != NULL;
}

static size_t count_of(const struct box *box, const char *part)
{
	size_t count = 0;

	for (const char *at = box->out.data; (at = strstr(at, part)) != NULL; at++)
		count++;
	return count;
}

static void test_feed(void **state)
{
	struct box *box = *state;
	struct made *made = add_page(box, "subsidies/x/", "Werken & leren");

	add_change(made, "Noor", 1700003600);
	add_change(made, "", 1600000000);
	make_feed(box, NULL);
	assert_string_equal(box->out.data,
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"nl\">\n"
		"<title>Draaiboek &amp; meer</title>\n"
		"<id>https://draaiboek.example/nl/atom.xml</id>\n"
		"<link rel=\"self\" type=\"application/atom+xml\" "
		"href=\"https://draaiboek.example/nl/atom.xml\"/>\n"
		"<link rel=\"alternate\" type=\"text/html\" "
		"href=\"https://draaiboek.example/nl/\"/>\n"
		"<updated>2023-11-14T23:13:20Z</updated>\n"
		"<author><name>Draaiboek &amp; meer</name>\n</author>\n"
		"<generator>draaiboek</generator>\n"
		"<entry>\n<title>Werken &amp; leren: Iets &amp; anders</title>\n"
		"<id>https://draaiboek.example/nl/wijziging/"
		"0000000000000000000000000000000000000000/playbooks/x%20y.md</id>\n"
		"<link rel=\"alternate\" type=\"text/html\" "
		"href=\"https://draaiboek.example/nl/subsidies/x/geschiedenis/#w-0000000000\"/>\n"
		"<published>2023-11-14T23:13:20Z</published>\n"
		"<updated>2023-11-14T23:13:20Z</updated>\n"
		"<author><name>Noor</name>\n</author>\n"
		"<summary>Kort.</summary>\n</entry>\n"
		"<entry>\n<title>Werken &amp; leren: Iets &amp; anders</title>\n"
		"<id>https://draaiboek.example/nl/wijziging/"
		"0000000000000000000000000000000000000001/playbooks/x%20y.md</id>\n"
		"<link rel=\"alternate\" type=\"text/html\" "
		"href=\"https://draaiboek.example/nl/subsidies/x/geschiedenis/#w-0000000000\"/>\n"
		"<published>2020-09-13T12:26:40Z</published>\n"
		"<updated>2020-09-13T12:26:40Z</updated>\n"
		"<summary>Kort.</summary>\n</entry>\n</feed>\n");
}

static void test_small_changes_are_left_out(void **state)
{
	struct box *box = *state;
	struct made *made = add_page(box, "x/", "X");

	add_change(made, "A", 1700003600)->subject = slice_of("klein: tikfout");
	add_change(made, "B", 1700000000)->subject = slice_of("Kleine: stap");
	make_feed(box, NULL);
	assert_int_equal(count_of(box, "<entry>"), 1);
	assert_false(has(box, "tikfout"));
	assert_true(has(box, "<updated>2023-11-14T22:13:20Z</updated>"));
}

static void test_unversioned_site_has_an_empty_feed(void **state)
{
	struct box *box = *state;

	add_page(box, "x/", "X");
	value_put_text(&box->site.arena, box->settings, "uitgever", slice_of("SBCM"));
	box->site.description = slice_of("Voor iedereen");
	make_feed(box, NULL);
	assert_true(has(box, "<updated>2026-11-20T00:00:00Z</updated>"));
	assert_true(has(box, "<name>SBCM</name>"));
	assert_true(has(box, "<subtitle>Voor iedereen</subtitle>"));
	assert_false(has(box, "<entry>"));
	assert_true(has(box, "</feed>\n"));
}

static void test_newest_fifty_come_newest_first(void **state)
{
	struct box *box = *state;
	char addresses[MOST][16];

	for (int i = 0; i < 60; i++) {
		snprintf(addresses[i], sizeof(addresses[i]), "p%02d/", i);
		add_change(add_page(box, addresses[i], "T"), "A", 1000000000 + i / 2 * 60);
	}
	make_feed(box, NULL);
	assert_int_equal(count_of(box, "<entry>"), 50);
	/* Two at each moment: those in the order of their addresses. */
	assert_true(strstr(box->out.data, "/p58/") < strstr(box->out.data, "/p59/"));
	assert_true(strstr(box->out.data, "/p59/") < strstr(box->out.data, "/p56/"));
	assert_false(has(box, "/p09/"));
	assert_true(has(box, "/p10/"));
}

static void test_region_has_its_own_addresses_and_dates(void **state)
{
	struct box *box = *state;
	struct made *made = add_page(box, "x/", "X"), *other = &box->made[50];

	add_change(made, "Landelijk", 1000000000);
	add_change(other, "Regio", 1700000000);
	made->variant.adaptation = &other->page;
	make_feed(box, &box->region);
	assert_true(has(box, "<title>Draaiboek &amp; meer – FoodValley</title>"));
	assert_true(has(box, "<id>https://draaiboek.example/nl/regio/foodvalley/atom.xml</id>"));
	assert_true(has(box, "/nl/regio/foodvalley/x/geschiedenis/#w-0000000000-regio\""));
	assert_true(has(box, "/nl/regio/foodvalley/x/geschiedenis/#w-0000000000\""));
	assert_true(has(box, "<updated>2023-11-14T22:13:20Z</updated>"));
	assert_true(has(box, "<published>2001-09-09T01:46:40Z</published>"));
	assert_true(
		strstr(box->out.data, "Regio</name>") < strstr(box->out.data, "Landelijk</name>"));
}

static void test_what_a_region_leaves_alone_is_told_at_the_nation(void **state)
{
	struct box *box = *state;

	add_change(add_page(box, "x/", "X"), "Landelijk", 1000000000);
	make_feed(box, &box->region);
	assert_true(has(box, "/nl/x/geschiedenis/#w-0000000000\""));
	assert_false(has(box, "/foodvalley/x/"));
}

static void test_search_is_described(void **state)
{
	struct box *box = *state;

	box->site.title = slice_of("Draai & boek");
	feed_opensearch(&box->out, &box->site, NULL);
	assert_string_equal(box->out.data,
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		"<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
		"<ShortName>Draai &amp; boek</ShortName>\n"
		"<LongName>Draai &amp; boek</LongName>\n"
		"<Description>Draai &amp; boek</Description>\n"
		"<Language>nl</Language>\n"
		"<InputEncoding>UTF-8</InputEncoding>\n"
		"<Url type=\"text/html\" "
		"template=\"https://draaiboek.example/nl/zoek/?q={searchTerms}\"/>\n"
		"</OpenSearchDescription>\n");
}

static void test_search_of_a_region_has_a_short_name_of_its_own(void **state)
{
	struct box *box = *state;

	box->region.name = slice_of("Zuid-Holland <Één> lange");
	feed_opensearch(&box->out, &box->site, &box->region);
	assert_true(has(box, "<ShortName>Zuid-Holland &lt;Éé</ShortName>"));
	assert_true(has(box, "<LongName>Draaiboek &amp; meer Zuid-Holland &lt;Één&gt; lange</"));
	assert_true(has(box, "/nl/regio/foodvalley/zoek/?q={searchTerms}"));
	box->site.title = slice_of("Wegwijs");
	box->region.name = slice_of("Twente");
	text_clear(&box->out);
	feed_opensearch(&box->out, &box->site, &box->region);
	assert_true(has(box, "<ShortName>Wegwijs Twente</ShortName>"));
}

static void test_hidden_and_refused_pages_are_left_out(void **state)
{
	struct box *box = *state;
	struct made *hidden = add_page(box, "a/", "A"), *refused = add_page(box, "b/", "B");

	add_change(hidden, "A", 1);
	add_change(refused, "A", 1);
	hidden->variant.hidden = box->settings;
	refused->page.refused = true;
	make_feed(box, NULL);
	assert_false(has(box, "<entry>"));
}

static void test_text_takes_the_place_of_a_summary(void **state)
{
	struct box *box = *state;
	struct made *made = add_page(box, "a/", "A");
	struct section section = {.text = slice_of("\n Eerste zin. ")};
	struct block block = {.section = &section};
	struct part part = {.level = 1, .blocks = &block, .count = 1};
	struct text longer = {0};

	add_change(made, "A", 1);
	made->variant.summary = (struct slice){0};
	made->variant.parts = &part;
	made->variant.count = 1;
	make_feed(box, NULL);
	assert_true(has(box, "<summary>Eerste zin.</summary>"));
	for (int i = 0; i < 400; i++)
		text_puts(&longer, "ë");
	section.text = text_slice(&longer);
	make_feed(box, NULL);
	assert_true(has(box, "ë…</summary>"));
	assert_int_equal(count_of(box, "ë"), 300);
	text_free(&longer);
}

static void test_hostile_words_are_escaped(void **state)
{
	struct box *box = *state;
	struct made *made = add_page(box, "a\"><b/&'", "</title><x>\x01]]>\xff");

	add_change(made, "\x1b[31m<script>", 1);
	box->site.language = slice_of("\"><");
	make_feed(box, NULL);
	assert_false(has(box, "<x>"));
	assert_false(has(box, "<script>"));
	assert_false(has(box, "\x1b"));
	assert_false(has(box, "\x01"));
	assert_false(has(box, "\xff"));
	assert_false(has(box, "<b/"));
	assert_false(has(box, "]]>"));
}

static void test_absurd_times_stay_dates(void **state)
{
	struct box *box = *state;

	add_change(add_page(box, "a/", "A"), "A", INT64_MAX);
	add_change(&box->made[0], "A", INT64_MIN);
	make_feed(box, NULL);
	assert_true(has(box, "<updated>9999-12-31T23:59:59Z</updated>"));
	assert_true(has(box, "<published>1970-01-01T00:00:00Z</published>"));
}

static void test_sitemap(void **state)
{
	struct box *box = *state;
	struct feed_address addresses[] = {{slice_of("https://x.example/"), 0},
		{slice_of("https://x.example/a b&c/"), DATE_NONE}};

	feed_sitemap(&box->out, addresses, 2);
	assert_string_equal(box->out.data,
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		"<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
		"<url><loc>https://x.example/</loc><lastmod>1970-01-01</lastmod></url>\n"
		"<url><loc>https://x.example/a%20b&amp;c/</loc></url>\n"
		"</urlset>\n");
}

static void test_sitemap_index(void **state)
{
	struct box *box = *state;

	feed_sitemap_index(&box->out, &box->site, 2);
	assert_string_equal(box->out.data,
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		"<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
		"<sitemap><loc>https://draaiboek.example/nl/sitemap-1.xml</loc></sitemap>\n"
		"<sitemap><loc>https://draaiboek.example/nl/sitemap-2.xml</loc></sitemap>\n"
		"</sitemapindex>\n");
}

static void test_robots(void **state)
{
	struct box *box = *state;

	feed_robots(&box->out, &box->site);
	assert_string_equal(box->out.data, "User-agent: *\nDisallow:\n\n"
					   "Sitemap: https://draaiboek.example/nl/sitemap.xml\n");
}

static void set_security(struct box *box, const char *contact, const char *expires)
{
	struct value *map;

	box->settings = value_new(&box->site.arena, VALUE_MAP);
	box->site.settings = box->settings;
	map = value_put_map(&box->site.arena, box->settings, "beveiliging");
	if (contact != NULL)
		value_put_text(&box->site.arena, map, "contact", slice_of(contact));
	if (expires != NULL)
		value_put_text(&box->site.arena, map, "verloopt", slice_of(expires));
}

static void test_security(void **state)
{
	struct box *box = *state;

	set_security(box, "mailto:veilig@draaiboek.example", "2027-01-31");
	feed_security(&box->out, &box->site);
	assert_string_equal(box->out.data,
		"Contact: mailto:veilig@draaiboek.example\n"
		"Expires: 2027-01-31T00:00:00Z\n"
		"Preferred-Languages: nl, en\n"
		"Canonical: https://draaiboek.example/nl/.well-known/security.txt\n");
	set_security(box, "veilig@draaiboek.example", "2027-01-31");
	text_clear(&box->out);
	feed_security(&box->out, &box->site);
	assert_true(has(box, "Contact: mailto:veilig@draaiboek.example\n"));
	set_security(box, "https://draaiboek.example/lek", "2027-01-31");
	text_clear(&box->out);
	feed_security(&box->out, &box->site);
	assert_true(has(box, "Contact: https://draaiboek.example/lek\n"));
	feed_check_security(&box->site, box->diags);
	assert_int_equal(diag_status(box->diags), 0);
}

static void test_bad_security_is_left_out_and_reported(void **state)
{
	static const char *const contacts[] = {NULL, "", "veilig", "https://", "mailto:", "@", "a@",
		"javascript:a@b", "http://x.example", "a@b\nEvil: x", "a b@c", "http:a@b"};
	struct box *box = *state;

	feed_security(&box->out, &box->site);
	feed_check_security(&box->site, box->diags);
	assert_int_equal(diag_status(box->diags), 0);
	for (size_t i = 0; i < ARRAY_LEN(contacts); i++) {
		struct diags *diags = diag_new();
		size_t count;

		set_security(box, contacts[i], "2027-01-31");
		feed_security(&box->out, &box->site);
		feed_check_security(&box->site, diags);
		assert_int_equal(diag_sorted(diags, &count)[0].code, DIAG_SECURITY_CONTACT);
		assert_int_equal(count, 1);
		diag_free(diags);
	}
	set_security(box, "a@b.example", "31-1-2027");
	feed_security(&box->out, &box->site);
	feed_check_security(&box->site, box->diags);
	assert_int_equal(diag_count(box->diags, DIAG_ERROR), 1);
	assert_int_equal(box->out.size, 0);
}

static void test_expired_security_is_a_warning(void **state)
{
	struct box *box = *state;

	set_security(box, "a@b.example", "2026-11-19");
	feed_check_security(&box->site, box->diags);
	assert_int_equal(diag_count(box->diags, DIAG_WARNING), 1);
	assert_int_equal(diag_status(box->diags), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_feed),
		TEST(test_unversioned_site_has_an_empty_feed),
		TEST(test_newest_fifty_come_newest_first),
		TEST(test_region_has_its_own_addresses_and_dates),
		TEST(test_search_is_described),
		TEST(test_search_of_a_region_has_a_short_name_of_its_own),
		TEST(test_hidden_and_refused_pages_are_left_out),
		TEST(test_text_takes_the_place_of_a_summary),
		TEST(test_hostile_words_are_escaped),
		TEST(test_absurd_times_stay_dates),
		TEST(test_small_changes_are_left_out),
		TEST(test_what_a_region_leaves_alone_is_told_at_the_nation),
		TEST(test_sitemap),
		TEST(test_sitemap_index),
		TEST(test_robots),
		TEST(test_security),
		TEST(test_bad_security_is_left_out_and_reported),
		TEST(test_expired_security_is_a_warning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
