/* Addresses in text: where they start and end, what is none, and that long text takes little time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/text.h"
#include "input/autolink.h"

/* All addresses in the text, each with its scheme in front, between bars. */
static void assert_found(const char *text, const char *found)
{
	struct text shown = {0};
	struct autolink link = {0};

	text_puts(&shown, "");
	while (autolink_find(&link, slice_of(text), link.start + link.size)) {
		text_printf(&shown, "|%s", link.scheme);
		text_add(&shown, (struct slice){text + link.start, link.size});
	}
	assert_string_equal(shown.data, found);
	text_free(&shown);
}

static void finds_web_addresses(void **state)
{
	(void)state;
	assert_found("http://a.nl", "|http://a.nl");
	assert_found("Zie HTTPS://A.nl/b?c=d&e#f voor meer", "|HTTPS://A.nl/b?c=d&e#f");
	assert_found("www.a.nl en WWW.b.nl", "|http://www.a.nl|http://WWW.b.nl");
	assert_found("http://localhost:80/x", "|http://localhost:80/x");
	assert_found("https://é.nl/ü", "|https://é.nl/ü");
	assert_found("http://a.nl<b", "|http://a.nl");
	assert_found(
		"http://a.nl http://b.nl\thttp://c.nl", "|http://a.nl|http://b.nl|http://c.nl");
}

static void leaves_the_sentence_its_punctuation(void **state)
{
	(void)state;
	assert_found("Zie http://a.nl/b. Of http://c.nl?!, echt: www.d.nl...",
		"|http://a.nl/b|http://c.nl|http://www.d.nl");
	assert_found("(http://a.nl/b) (http://a.nl/b_(c)) http://a.nl/(d",
		"|http://a.nl/b|http://a.nl/b_(c)|http://a.nl/(d");
	assert_found("'http://a.nl' \"http://b.nl\"", "|http://a.nl|http://b.nl");
	assert_found("http://a.nl/b)))", "|http://a.nl/b");
	assert_found("*www.a.nl* _www.b.nl_", "|http://www.a.nl");
}

static void finds_mail_addresses(void **state)
{
	(void)state;
	assert_found("Mail a.b+c@d-e.nl. Of f@g.h.nl!", "|mailto:a.b+c@d-e.nl|mailto:f@g.h.nl");
	assert_found("x@y.z@w.nl", "|mailto:x@y.z");
	assert_found("a@b_c.nl", "|mailto:a@b_c.nl");
}

static void leaves_what_is_none(void **state)
{
	(void)state;
	assert_found("", "");
	assert_found(
		"a: b :// http:/a.nl http:// http://. xhttp://a.nl ftp://a.nl javascript://a.nl",
		"");
	assert_found("www. www.a awww.b.nl www..nl www.a_b.nl http://a.b_c", "");
	assert_found("@ a@ @b.nl a@b a@b- a@.nl a@b.nl- /a@b.nl", "");
	assert_found("http://", "");
	assert_found("www.", "");
}

static void long_rows_take_little_time(void **state)
{
	static const char *const units[] = {"www._", "http://", "a@", "@", "a@b.", "://", "www.a_",
		"http://a_.", "(http://a.nl", "http://a.nl)", "a.", "w", "http://a.nl/(((",
		"www.a.b)))"};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct text text = {0};
		struct autolink link = {0};

		while (text.size < 1 << 20)
			text_puts(&text, units[i]);
		alarm(10);
		while (autolink_find(&link, text_slice(&text), link.start + link.size))
			assert_true(link.size > 0);
		alarm(0);
		text_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_web_addresses),
		cmocka_unit_test(leaves_the_sentence_its_punctuation),
		cmocka_unit_test(finds_mail_addresses),
		cmocka_unit_test(leaves_what_is_none),
		cmocka_unit_test(long_rows_take_little_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
