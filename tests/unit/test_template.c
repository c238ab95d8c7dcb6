/*
 * Templates: what hostile data becomes in each place, what is false, every message with its place,
 * partials that never end, several threads. The language itself is tested in tests/template/.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/value.h"
#include "output/template.h"

/* Templates in memory: names and texts by turns, ended by NULL. The first is "main". */
struct files {
	const char *const *list;
};

static int load(
	struct text *out, struct text *path, void *context, struct slice name, struct diags *diags)
{
	const struct files *files = context;

	(void)diags;
	text_add(path, name);
	for (size_t i = 0; files->list[i] != NULL; i += 2) {
		if (slice_is(name, files->list[i])) {
			text_puts(out, files->list[i + 1]);
			return 0;
		}
	}
	return slice_is(name, "fails") ? -1 : 1;
}

struct run {
	struct diags *diags;
	struct arena arena;
	struct text out;
	struct text messages; /* "path:line:column code text", a line each */
	int result;
};

static void run_files(struct run *run, const char *const *list, const char *json, bool required)
{
	struct files files = {list};
	struct template_set *set;
	const struct template *template;
	struct value *data = NULL;
	const struct diag *diags;
	size_t count;

	*run = (struct run){.diags = diag_new(), .result = -1};
	set = template_set_new((struct template_loader){load, &files}, required, run->diags);
	assert_int_equal(json_parse(&data, &run->arena, slice_of(json), "data", run->diags), 0);
	text_reserve(&run->out, 1);
	run->out.data[0] = '\0';
	if (template_compile(&template, set, "main") == 0) {
		const struct value *context = data;

		run->result = template_render(&run->out, template, &context, 1);
	}
	template_set_free(set);
	text_reserve(&run->messages, 1);
	run->messages.data[0] = '\0';
	diags = diag_sorted(run->diags, &count);
	for (size_t i = 0; i < count; i++)
		text_printf(&run->messages, "%s:%u:%u %s %s\n", diags[i].place.path,
			diags[i].place.line, diags[i].place.column, diag_name(diags[i].code),
			diags[i].text);
}

static void end_run(struct run *run)
{
	text_free(&run->out);
	text_free(&run->messages);
	arena_free(&run->arena);
	diag_free(run->diags);
}

/* The template "main" renders the data as `want`, without a message. */
static void assert_renders(const char *template, const char *json, const char *want)
{
	struct run run;

	run_files(&run, (const char *const[]){"main", template, NULL}, json, true);
	assert_string_equal(run.messages.data, "");
	assert_int_equal(run.result, 0);
	assert_string_equal(run.out.data, want);
	end_run(&run);
}

static void assert_files_render(const char *const *list, const char *json, const char *want)
{
	struct run run;

	run_files(&run, list, json, false);
	assert_string_equal(run.messages.data, "");
	assert_int_equal(run.result, 0);
	assert_string_equal(run.out.data, want);
	end_run(&run);
}

/* Compiling the files gives these messages, of which the start of each line is given. */
static void assert_files_fail(const char *const *list, const char *want)
{
	struct run run;
	struct slice rest, got, line, start;

	run_files(&run, list, "{}", true);
	rest = slice_of(want);
	got = text_slice(&run.messages);
	while (slice_next_line(&start, &rest)) {
		if (!slice_next_line(&line, &got) || line.size < start.size ||
			memcmp(line.data, start.data, start.size) != 0)
			fail_msg("%s\nwant: %s\ngot: %s", list[1], want, run.messages.data);
	}
	if (got.size > 0)
		fail_msg("%s\nalso: %.*s", list[1], (int)got.size, got.data);
	assert_int_equal(run.result, -1);
	end_run(&run);
}

static void assert_fails(const char *template, const char *want)
{
	assert_files_fail((const char *const[]){"main", template, NULL}, want);
}

/* ---- Escaping */

static const char hostile[] =
	"{\"t\": \"<b>\\\"it's\\\"</b> & {{t}}\", \"u\": \"javascript:alert(1)\"}";

static void escapes_text(void **state)
{
	const char *text = "&lt;b&gt;&quot;it's&quot;&lt;/b&gt; &amp; {{t}}";
	struct text want = {0};

	(void)state;
	assert_renders("{{t}}", hostile, text);
	text_printf(&want, "<title>%s</title>", text);
	assert_renders("<title>{{t}}</title>", hostile, want.data);
	text_clear(&want);
	text_printf(&want, "<!-- %s -->", text);
	assert_renders("<!-- {{t}} -->", hostile, want.data);
	text_free(&want);
}

static void escapes_attributes(void **state)
{
	const char *attr = "&lt;b&gt;&quot;it&#39;s&quot;&lt;/b&gt; &amp; {{t}}";
	struct text want = {0};

	(void)state;
	text_printf(&want, "<a title=\"%s\">", attr);
	assert_renders("<a title=\"{{t}}\">", hostile, want.data);
	text_clear(&want);
	text_printf(&want, "<a title='x %s'>", attr);
	assert_renders("<a title='x {{t}}'>", hostile, want.data);
	text_free(&want);
}

static void escapes_addresses(void **state)
{
	(void)state;
	assert_renders("<a href=\"{{t}}\">", hostile,
		"<a href=\"%3Cb%3E%22it&#39;s%22%3C/b%3E%20&amp;%20%7B%7Bt%7D%7D\">");
	assert_renders("<a href=\"/x/{{t}}\">", hostile,
		"<a href=\"/x/%3Cb%3E%22it&#39;s%22%3C/b%3E%20&amp;%20%7B%7Bt%7D%7D\">");
	assert_renders("<a href=\"/?q={{q}}\">", "{\"q\": \"a&b=c/d é\"}",
		"<a href=\"/?q=a%26b%3Dc%2Fd%20%C3%A9\">");
	assert_renders("<a href=\"#{{q}}\">", "{\"q\": \"kop-2\"}", "<a href=\"#kop-2\">");
	assert_renders(
		"<a href=\"mailto:{{q}}\">", "{\"q\": \"a@b.nl\"}", "<a href=\"mailto:a@b.nl\">");
}

static void lets_no_scheme_run_anything(void **state)
{
	static const char *const refused[] = {"javascript:alert(1)", "JavaScript:alert(1)",
		"\\tjavascript:alert(1)", "  javascript:alert(1)", "java\\nscript:alert(1)",
		"\\u0001javascript:alert(1)", "vbscript:x", "data:text/html,x", ":alert(1)",
		"file:/x", "é:x"};
	static const char *const allowed[] = {"https://a.nl/", "http://a.nl/", "HTTPS://a.nl/",
		"mailto:a@b.nl", "tel:+31", "/a:b", "a/b:c", "?a:b", "#a:b", "../a", "//a.nl", ""};
	struct text json = {0}, want = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		text_clear(&json);
		text_printf(&json, "{\"u\": \"%s\"}", refused[i]);
		assert_renders("<a href=\"{{u}}\">", json.data, "<a href=\"#\">");
		assert_renders("<form action='{{u}}'>", json.data, "<form action='#'>");
	}
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++) {
		text_clear(&json);
		text_clear(&want);
		text_printf(&json, "{\"u\": \" %s \"}", allowed[i]);
		text_printf(&want, "<img src=\"%s\">", allowed[i]);
		assert_renders("<img src=\"{{u}}\">", json.data, want.data);
	}
	text_free(&json);
	text_free(&want);
}

static void checks_the_scheme_of_each_value_that_may_come_first(void **state)
{
	(void)state;
	assert_renders("<a href=\"{{a}}{{b}}\">", "{\"a\": \"\", \"b\": \"javascript:x\"}",
		"<a href=\"#\">");
	assert_renders("<a href=\"{{a}}{{b}}\">", "{\"a\": \"javascript\", \"b\": \":x\"}",
		"<a href=\"javascript#\">");
	assert_renders(
		"<a href=\"{{#a}}/x/{{/a}}{{b}}\">", "{\"b\": \"javascript:x\"}", "<a href=\"#\">");
	assert_renders(
		"<a href=\"{{^a}}{{b}}{{/a}}\">", "{\"b\": \"javascript:x\"}", "<a href=\"#\">");
	assert_renders(
		"<a href=\"{{a}}/{{b}}\">", "{\"a\": \"x\", \"b\": \"y:z\"}", "<a href=\"x/y:z\">");
}

static void puts_html_as_it_is_where_asked(void **state)
{
	const char *json = "{\"h\": \"<b>&amp;</b>\"}";

	(void)state;
	assert_renders("<p>{{{h}}}</p>", json, "<p><b>&amp;</b></p>");
	assert_renders("<p>{{&h}}</p>", json, "<p><b>&amp;</b></p>");
	assert_renders("<script>x = {{{h}}};</script>", json, "<script>x = <b>&amp;</b>;</script>");
}

static void takes_parts_of_a_tag(void **state)
{
	const char *tag = "<a{{#hier}} aria-current=\"page\"{{/hier}} href=\"{{u}}\">";

	(void)state;
	assert_renders(
		tag, "{\"hier\": true, \"u\": \"/\"}", "<a aria-current=\"page\" href=\"/\">");
	assert_renders(tag, "{\"u\": \"/\"}", "<a href=\"/\">");
	assert_renders("<input {{#aan}}checked {{/aan}}disabled{{#x}} a{{/x}}>", "{\"aan\": 1}",
		"<input checked disabled>");
	assert_renders("<p class=\"a{{#b}} b-{{c}}{{/b}}\">", "{\"b\": {\"c\": \"\\\"\"}}",
		"<p class=\"a b-&quot;\">");
	assert_renders("<h{{#a}}2{{/a}}{{^a}}3{{/a}} id=\"{{b}}\">", "{\"b\": \"\\\"\"}",
		"<h3 id=\"&quot;\">");
	assert_renders("<a\n{{! x }}\n  {{#b}}\n  href=\"{{b}}\"\n  {{/b}}\n>", "{\"b\": \"y:\"}",
		"<a\n  href=\"#\"\n>");
}

/* ---- What counts */

static void knows_what_is_false(void **state)
{
	static const char *const no[] = {"null", "false", "0", "0.0", "-0", "\"\"", "[]"};
	static const char *const yes[] = {
		"true", "1", "0.5", "-1", "10", "1e3", "\"0\"", "\" \"", "{}", "[0]", "[[]]"};
	struct text json = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(no) + ARRAY_LEN(yes); i++) {
		bool is_yes = i >= ARRAY_LEN(no);

		text_clear(&json);
		text_printf(&json, "{\"x\": %s}", is_yes ? yes[i - ARRAY_LEN(no)] : no[i]);
		assert_renders("{{#x}}yes{{/x}}{{^x}}no{{/x}}", json.data, is_yes ? "yes" : "no");
	}
	assert_renders("{{#x}}yes{{/x}}{{^x}}no{{/x}}{{#x.y}}yes{{/x.y}}", "{}", "no");
	text_free(&json);
}

static void looks_names_up_in_what_is_nearest(void **state)
{
	(void)state;
	assert_renders("{{#a}}{{x}}{{#b}}{{x}}{{y}}{{/b}}{{/a}}{{x}}",
		"{\"x\": 1, \"y\": 2, \"a\": {\"x\": 3, \"b\": [{\"x\": 4}, {}]}}", "342321");
	assert_renders("{{#a}}{{b.c}}{{/a}}", "{\"b\": {\"c\": 1}, \"a\": {\"b\": {}}}", "");
	assert_renders(
		"{{#a}}{{.}}{{b}}{{/a}}", "{\"a\": [1, \"x\", true], \"b\": \"-\"}", "1-x-true-");
	assert_renders("{{a}}{{b}}", "{\"a\": {\"x\": 1}, \"b\": [1]}", "");
	assert_renders("{{.}}", "\"<\"", "&lt;");
	assert_renders("{{aantal-deelnemers}} {{größe}}",
		"{\"aantal-deelnemers\": 3, \"größe\": 4}", "3 4");
}

static void takes_names_of_later_contexts_first(void **state)
{
	const char *const list[] = {"main", "{{a}}{{b}}{{c}}{{d}}", NULL};
	struct files files = {list};
	struct diags *diags = diag_new();
	struct template_set *set =
		template_set_new((struct template_loader){load, &files}, true, diags);
	const struct template *template;
	const struct value *contexts[3];
	const char *json[] = {"{\"a\":1,\"b\":1,\"c\":1}", "{\"b\":2,\"c\":2}", "{\"c\":null}"};
	struct arena arena = {0};
	struct text out = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(json); i++) {
		struct value *value = NULL;

		assert_int_equal(json_parse(&value, &arena, slice_of(json[i]), "", diags), 0);
		contexts[i] = value;
	}
	assert_int_equal(template_compile(&template, set, "main"), 0);
	assert_int_equal(template_render(&out, template, contexts, 3), 0);
	assert_string_equal(out.data, "12");
	text_clear(&out);
	text_byte(&out, '>');
	assert_int_equal(template_render(&out, template, contexts, 0), 0);
	assert_string_equal(out.data, ">");
	text_free(&out);
	arena_free(&arena);
	template_set_free(set);
	diag_free(diags);
}

static void never_reads_data_as_a_template(void **state)
{
	const char *json = "{\"t\": \"{{x}}{{{x}}}{{>p}}{{#x}}\", \"x\": \"secret\"}";

	(void)state;
	assert_renders("{{t}}|{{{t}}}|{{#t}}{{.}}{{/t}}", json,
		"{{x}}{{{x}}}{{&gt;p}}{{#x}}|{{x}}{{{x}}}{{>p}}{{#x}}|"
		"{{x}}{{{x}}}{{&gt;p}}{{#x}}");
	assert_renders("{{=[ ]=}}[t]", json, "{{x}}{{{x}}}{{&gt;p}}{{#x}}");
}

/* ---- Messages */

static void reports_tags(void **state)
{
	(void)state;
	assert_fails("a\n é {{naam", "main:2:4 template-tag-open ");
	assert_fails("{{a {{b}}", "main:1:1 template-tag-open ");
	assert_fails(
		"{{a\n{{#b}}x", "main:1:1 template-tag-open \nmain:2:1 template-open \"{{#b}}\"");
	assert_fails("{{{a}}", "main:1:1 template-tag-open ");
	assert_fails("{{! a", "main:1:1 template-tag-open ");
	assert_fails("{{=<% %>}}", "main:1:1 template-tag-open ");
	assert_fails("{{}}", "main:1:1 template-name \"{{}}\"");
	assert_fails("x{{# }}", "main:1:2 template-name \"{{#}}\"");
	assert_fails("{{a b}}", "main:1:1 template-name \"{{a b}}\"");
	assert_fails("{{a..b}}", "main:1:1 template-name \"{{a..b}}\"");
	assert_fails("{{.a}}", "main:1:1 template-name \"{{.a}}\"");
	assert_fails("{{#a.}}{{/a.}}", "main:1:1 template-name \"{{#a.}}\"");
	assert_fails("{{> a b}}", "main:1:1 template-name \"{{>a b}}\"");
	assert_fails("{{=<%=}}", "main:1:1 template-delimiters ");
	assert_fails("{{=< > x=}}", "main:1:1 template-delimiters ");
	assert_fails("{{==a b=}}", "main:1:1 template-delimiters ");
	assert_fails("{{= =}}", "main:1:1 template-delimiters ");
}

static void reports_sections(void **state)
{
	(void)state;
	assert_fails("a\n{{#b}}\n{{^c}}\n",
		"main:2:1 template-open \"{{#b}}\"\nmain:3:1 template-open \"{{^c}}\"");
	assert_fails("{{<b}}", "main:1:1 template-open \"{{<b}}\"");
	assert_fails("{{$b}}", "main:1:1 template-open \"{{$b}}\"");
	assert_fails("a {{/b}}", "main:1:3 template-closes-nothing \"{{/b}}\"");
	assert_fails("{{#a}}\n\n {{/b}}\n{{/a}}",
		"main:3:2 template-closes-other \"{{/b}}\" stands where \"{{#a}}\" of line 1");
	assert_fails("{{#a}}\n{{#b}}\n{{/a}}",
		"main:3:1 template-closes-other \"{{/a}}\" stands where \"{{#b}}\" of line 2");
	assert_fails("{{#a}}{{/A}}{{/a}}", "main:1:7 template-closes-other ");
}

static void reports_all_not_the_first(void **state)
{
	(void)state;
	assert_files_fail((const char *const[]){"main", "{{a b}}\n{{>p}}\n{{/c}}\n", NULL},
		"main:1:1 template-name\nmain:3:1 template-closes-nothing");
	assert_files_fail((const char *const[]){"main", "{{>p}}{{<q}}{{/q}}{{>weg}}", "p",
				  "\n{{/c}}", "q", "<a {{x}}>", NULL},
		"main:1:19 template-missing there is no template for {{>weg}}\n"
		"p:2:1 template-closes-nothing\nq:1:4 template-in-tag");
}

static void reports_what_is_not_there(void **state)
{
	struct run run;

	(void)state;
	assert_fails("a\n{{>weg}}", "main:2:1 template-missing there is no template for {{>weg}}");
	assert_fails(
		"{{<weg}}{{/weg}}", "main:1:1 template-missing there is no template for {{<weg}}");
	assert_files_fail((const char *const[]){"other", "x", NULL},
		"main:0:0 template-missing there is no template for main");
	run_files(&run, (const char *const[]){"main", "a{{>weg}}b", NULL}, "{}", false);
	assert_string_equal(run.out.data, "ab");
	end_run(&run);
	run_files(&run, (const char *const[]){"main", "{{>fails}}", NULL}, "{}", false);
	assert_int_equal(run.result, -1);
	end_run(&run);
}

static void reports_values_where_none_is_safe(void **state)
{
	(void)state;
	assert_fails("<a {{b}}>", "main:1:4 template-in-tag \"{{b}}\"");
	assert_fails("<{{b}}>", "main:1:2 template-in-tag ");
	assert_fails("</{{b}}>", "main:1:3 template-in-tag ");
	assert_fails("<h{{b}}>", "main:1:3 template-in-tag ");
	assert_fails("<a b{{b}}>", "main:1:5 template-in-tag ");
	assert_fails("<a {{{b}}}>", "main:1:4 template-in-tag \"{{&b}}\"");
	assert_fails("<a b={{b}}>", "main:1:6 template-unquoted \"{{b}}\"");
	assert_fails("<a b=c{{b}}>", "main:1:7 template-unquoted ");
	assert_fails("<a b={{{b}}}>", "main:1:6 template-unquoted ");
	assert_fails("<script>{{b}}</script>", "main:1:9 template-in-script ");
	assert_fails(
		"<script src=\"x\">\nvar a = '{{b}}';</script>", "main:2:10 template-in-script ");
	assert_fails("<style>{{b}}</style>", "main:1:8 template-in-script ");
	assert_fails("<style>{{{b}}}</style>", "main:1:8 template-in-script ");
	assert_fails("<a onclick=\"{{b}}\">", "main:1:13 template-in-script ");
	assert_fails("<a style=\"color: {{b}}\">", "main:1:18 template-in-script ");
	assert_fails("<iframe srcdoc=\"{{{b}}}\">", "main:1:17 template-in-script ");
	assert_fails("<a b=\"{{{c}}}\">", "main:1:7 template-raw \"{{&c}}\"");
	assert_fails("<a href='{{&c}}'>", "main:1:10 template-raw ");
}

static void reports_what_does_not_end_where_it_began(void **state)
{
	(void)state;
	assert_fails("{{#a}}\n<p {{/a}}>", "main:2:4 template-unbalanced \"{{#a}}\" of line 1 ");
	assert_fails("<a b=\"{{^c}}\"{{/c}}\">", "main:1:14 template-unbalanced ");
	assert_fails("{{$a}}<script>{{/a}}</script>", "main:1:15 template-unbalanced ");
	assert_fails("{{#a}}x <{{/a}}", "main:1:10 template-unbalanced ");
	assert_fails("<a {{#b}}c{{/b}}d=\"{{e}}\">", "main:1:17 template-glued ");
	assert_fails("<a b{{#c}}d{{/c}}>", "main:1:11 template-glued ");
	assert_fails("<a href{{#c}}{{/c}}=\"{{d}}\">", "main:1:20 template-glued ");
	assert_fails("a\n<p class=\"b>", "main:2:1 template-html-end ");
	assert_fails("a <!-- a", "main:1:3 template-html-end ");
	assert_fails("<p>\n é<script>", "main:2:3 template-html-end ");
}

static void reports_partials_and_blocks_in_the_wrong_place(void **state)
{
	const char *const partial[] = {"main", "<a b=\"{{>p}}\">", "p", "x", NULL};
	const char *const parent[] = {"main", "<a {{<p}}{{/p}}>", "p", "x", NULL};
	const char *const script[] = {"main", "<script>{{>p}}</script>", "p", "x", NULL};
	const char *const clash[] = {"main", "{{<p}}{{$a}}x{{/a}}{{/p}}", "p",
		"{{$a}}{{/a}}<a b=\"{{$a}}{{/a}}\">", NULL};
	const char *const raw[] = {"main", "{{<p}}{{$a}}{{{x}}}{{/a}}{{/p}}", "p", "{{>q}}", "q",
		"<a b=\"{{$a}}{{/a}}\">", NULL};
	const char *const ends[] = {
		"main", "{{<p}}{{$a}}\">{{/a}}{{/p}}", "p", "<a b=\"{{$a}}{{/a}}\">", NULL};

	(void)state;
	assert_files_fail(partial, "main:1:7 template-partial-place \"{{>p}}\"");
	assert_files_fail(parent, "main:1:4 template-partial-place \"{{<p}}\"");
	assert_files_fail(script, "main:1:9 template-partial-place \"{{>p}}\"");
	assert_files_fail(clash, "main:1:7 template-block-places \"{{$a}}\"");
	assert_files_fail(raw, "main:1:13 template-raw \"{{&x}}\"");
	assert_files_fail(ends, "main:1:15 template-unbalanced \"{{$a}}\" of line 1 ");
}

static void reports_a_block_whose_place_comes_to_light_late(void **state)
{
	/* p brings in main, which is not read to its end when p's blocks are looked for. */
	const char *const list[] = {"main",
		"{{#x}}{{<p}}{{$a}}{{{x}}}{{/a}}{{/p}}{{/x}}<i b=\"{{$a}}{{/a}}\">", "p",
		"{{>main}}", NULL};

	(void)state;
	assert_files_fail(list, "main:1:13 template-block-places \"{{$a}}\"");
}

static void warns_of_what_does_nothing(void **state)
{
	const char *const list[] = {"main",
		"{{<p}}\n{{x}}{{#y}}{{$a}}b{{/a}}{{/y}}{{>z}}{{$a}}c{{/a}}{{/p}}", "p",
		"({{$a}}{{/a}})", NULL};
	struct run run;

	(void)state;
	run_files(&run, list, "{\"x\": 1, \"y\": 2}", true);
	assert_string_equal(run.out.data, "(c)");
	assert_non_null(strstr(run.messages.data, "main:2:1 template-ignored \"{{x}}\""));
	assert_non_null(strstr(run.messages.data, "main:2:6 template-ignored \"{{#y}}\""));
	assert_non_null(strstr(run.messages.data, "main:2:31 template-ignored \"{{>z}}\""));
	assert_int_equal(diag_count(run.diags, DIAG_WARNING), 3);
	end_run(&run);
}

static void reports_nesting(void **state)
{
	struct text template = {0}, want = {0};
	struct run run;

	(void)state;
	for (size_t i = 0; i < 60; i++)
		text_puts(&template, "{{#a}}");
	assert_fails(template.data, "main:1:301 template-nested \"{{#a}}\"");
	text_clear(&template);
	for (size_t i = 0; i < 50; i++)
		text_puts(&template, "{{#a}}");
	for (size_t i = 0; i < 50; i++)
		text_puts(&template, "{{/a}}");
	assert_renders(template.data, "{\"a\": true}", "");
	text_free(&template);
	text_free(&want);
	run_files(&run, (const char *const[]){"main", "\n{{>main}}{{>main}}", NULL}, "{}", true);
	assert_int_equal(run.result, -1);
	assert_non_null(strstr(run.messages.data, "main:2:1 template-depth \"{{>main}}\" is nested "
						  "more than 64 deep"));
	end_run(&run);
	run_files(&run, (const char *const[]){"main", "{{<main}}{{$a}}{{/a}}{{/main}}", NULL}, "{}",
		true);
	assert_int_equal(run.result, -1);
	assert_non_null(strstr(run.messages.data, "template-depth \"{{<main}}\""));
	end_run(&run);
}

/* ---- Sets */

static void renders_partials_that_data_ends(void **state)
{
	struct text json = {0}, want = {0};

	(void)state;
	assert_files_render((const char *const[]){"main", "{{>li}}", "li",
				    "<li>{{n}}{{#in}}<ul>{{>li}}</ul>{{/in}}</li>", NULL},
		"{\"n\": 1, \"in\": [{\"n\": 2, \"in\": []}, {\"n\": 3, \"in\": [{\"n\": 4, "
		"\"in\": 0}]}]}",
		"<li>1<ul><li>2</li></ul><ul><li>3<ul><li>4</li></ul></li></ul></li>");
	/* As deep as it may go. */
	for (size_t i = 0; i < 64; i++)
		text_puts(&json, "{\"a\":");
	text_puts(&json, "0");
	for (size_t i = 0; i < 64; i++)
		text_byte(&json, '}');
	for (size_t i = 0; i < 63; i++)
		text_byte(&want, 'x');
	assert_files_render(
		(const char *const[]){"main", "{{>p}}", "p", "{{#a}}x{{>p}}{{/a}}", NULL},
		json.data, want.data);
	text_free(&json);
	text_free(&want);
}

static void compiles_each_template_once_and_keeps_the_sound_ones(void **state)
{
	const char *const list[] = {"good", "{{>part}}{{>weg}}", "part", "x", "bad", "{{>worse}}",
		"worse", "{{/a}}", NULL};
	struct files files = {list};
	struct diags *diags = diag_new();
	struct template_set *set =
		template_set_new((struct template_loader){load, &files}, false, diags);
	const struct template *good, *again, *untouched = NULL;
	struct text out = {0};

	(void)state;
	assert_int_equal(template_compile(&good, set, "good"), 0);
	assert_int_equal(template_compile(&untouched, set, "bad"), -1);
	assert_null(untouched);
	assert_int_equal(template_compile(&untouched, set, "worse"), -1);
	assert_int_equal(template_compile(&untouched, set, "weg"), -1);
	assert_null(untouched);
	assert_int_equal(template_compile(&again, set, "good"), 0);
	assert_ptr_equal(good, again);
	assert_int_equal(template_compile(&again, set, "part"), 0);
	assert_int_equal(template_render(&out, again, NULL, 0), 0);
	assert_string_equal(out.data, "x");
	assert_int_equal(diag_count(diags, DIAG_ERROR), 2);
	text_free(&out);
	template_set_free(set);
	template_set_free(NULL);
	diag_free(diags);
}

struct job {
	const struct template *template;
	const struct value *data;
	bool same;
};

static void *render_often(void *context)
{
	struct job *job = context;
	struct text out = {0};

	job->same = true;
	for (size_t i = 0; i < 200; i++) {
		text_clear(&out);
		if (template_render(&out, job->template, &job->data, 1) != 0 ||
			strcmp(out.data, "  <1>\n  [2]\n") != 0)
			job->same = false;
	}
	text_free(&out);
	return NULL;
}

static void renders_in_several_threads(void **state)
{
	const char *const list[] = {"main", "  {{<p}}{{$a}}[{{b}}]{{/a}}{{/p}}\n", "p",
		"<{{! }}{{#a}}{{>q}}{{/a}}>\n{{$a}}{{/a}}\n", "q", "{{.}}", NULL};
	struct files files = {list};
	struct diags *diags = diag_new();
	struct template_set *set =
		template_set_new((struct template_loader){load, &files}, true, diags);
	struct arena arena = {0};
	struct value *data = NULL;
	struct job jobs[4];
	pthread_t threads[ARRAY_LEN(jobs)];
	const struct template *template;

	(void)state;
	assert_int_equal(
		json_parse(&data, &arena, slice_of("{\"a\": [1], \"b\": 2}"), "", diags), 0);
	assert_int_equal(template_compile(&template, set, "main"), 0);
	for (size_t i = 0; i < ARRAY_LEN(jobs); i++) {
		jobs[i] = (struct job){template, data, false};
		assert_int_equal(pthread_create(&threads[i], NULL, render_often, &jobs[i]), 0);
	}
	for (size_t i = 0; i < ARRAY_LEN(jobs); i++) {
		pthread_join(threads[i], NULL);
		assert_true(jobs[i].same);
	}
	arena_free(&arena);
	template_set_free(set);
	diag_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes_text),
		cmocka_unit_test(escapes_attributes),
		cmocka_unit_test(escapes_addresses),
		cmocka_unit_test(lets_no_scheme_run_anything),
		cmocka_unit_test(checks_the_scheme_of_each_value_that_may_come_first),
		cmocka_unit_test(puts_html_as_it_is_where_asked),
		cmocka_unit_test(takes_parts_of_a_tag),
		cmocka_unit_test(knows_what_is_false),
		cmocka_unit_test(looks_names_up_in_what_is_nearest),
		cmocka_unit_test(takes_names_of_later_contexts_first),
		cmocka_unit_test(never_reads_data_as_a_template),
		cmocka_unit_test(reports_tags),
		cmocka_unit_test(reports_sections),
		cmocka_unit_test(reports_all_not_the_first),
		cmocka_unit_test(reports_what_is_not_there),
		cmocka_unit_test(reports_values_where_none_is_safe),
		cmocka_unit_test(reports_what_does_not_end_where_it_began),
		cmocka_unit_test(reports_partials_and_blocks_in_the_wrong_place),
		cmocka_unit_test(reports_a_block_whose_place_comes_to_light_late),
		cmocka_unit_test(warns_of_what_does_nothing),
		cmocka_unit_test(reports_nesting),
		cmocka_unit_test(renders_partials_that_data_ends),
		cmocka_unit_test(compiles_each_template_once_and_keeps_the_sound_ones),
		cmocka_unit_test(renders_in_several_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
