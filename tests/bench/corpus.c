/*
 * Makes the two corpora of `make bench`, each as a site of draaiboek and as one of Hugo with the
 * same pages. The words are made up, spread as in real text (Zipf), and the same on every run.
 *
 *   corpus regions FOLDER         300 national pages, 35 regions that each adapt a tenth of them;
 *                                 for Hugo all 10,800 pages that come of it
 *   corpus pages FOLDER [COUNT]   10,000 national pages, or so many
 */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/text.h"

#define WORDS 16000
#define COLLECTIONS 4
#define REGIONS 35
#define SECTIONS 6
#define TERMS 40

static const char *const collection_names[COLLECTIONS] = {
	"partnerschap", "subsidies", "zij-instroom", "sessies"};

struct random {
	uint64_t state;
};

/* A page in Markdown, in pieces: what a region may replace stands apart. */
struct sheet {
	char title[64];
	char headings[SECTIONS][64];
	struct text intro;
	struct text sections[SECTIONS];
};

struct corpus {
	struct random random;
	char words[WORDS][24];
	double share[WORDS]; /* of all words, summed up to this one */
	struct fs_folder *folder;
	struct diags *diags;
	size_t pages; /* in each collection */
};

static uint64_t random_next(struct random *random)
{
	/* xorshift64*, https://doi.org/10.1145/2845077 */
	random->state ^= random->state >> 12;
	random->state ^= random->state << 25;
	random->state ^= random->state >> 27;
	return random->state * UINT64_C(2685821657736338717);
}

static size_t random_below(struct random *random, size_t limit)
{
	return (size_t)((random_next(random) >> 11) % limit);
}

/* Words of Dutch-looking syllables, the frequent ones short. */
static void make_words(struct corpus *corpus)
{
	static const char *const starts[] = {"b", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s",
		"t", "v", "w", "z", "st", "br", "pl", "sch", "kr", "tr", "", "be", "ge", "ver"};
	static const char *const vowels[] = {"a", "e", "i", "o", "u", "aa", "ee", "oo", "ie", "ij",
		"ei", "oe", "ui", "eu", "ou"};
	static const char *const ends[] = {"", "n", "r", "s", "t", "k", "l", "m", "ng", "nd", "rk",
		"st", "cht", "en", "er", "ing"};
	double sum = 0;

	for (size_t i = 0; i < WORDS; i++) {
		size_t syllables = (i < 300 ? 1 : 2) + random_below(&corpus->random, 2);
		char *word = corpus->words[i];
		size_t length = 0;

		for (size_t s = 0; s < syllables && length < 16; s++) {
			const char *part[] = {
				starts[random_below(&corpus->random, ARRAY_LEN(starts))],
				vowels[random_below(&corpus->random, ARRAY_LEN(vowels))],
				ends[random_below(&corpus->random, ARRAY_LEN(ends))]};

			length += (size_t)snprintf(word + length, sizeof(corpus->words[i]) - length,
				"%s%s%s", part[0], part[1], part[2]);
		}
		sum += 1.0 / pow((double)i + 2.7, 0.95);
		corpus->share[i] = sum;
	}
	for (size_t i = 0; i < WORDS; i++)
		corpus->share[i] /= sum;
}

static const char *word(struct corpus *corpus)
{
	double at = (double)(random_next(&corpus->random) >> 11) / 9007199254740992.0;
	size_t low = 0, high = WORDS - 1;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (corpus->share[middle] < at)
			low = middle + 1;
		else
			high = middle;
	}
	return corpus->words[low];
}

static void add_capital(struct text *out, const char *string)
{
	text_byte(out, (char)(string[0] - 'a' + 'A'));
	text_puts(out, string + 1);
}

static void add_sentence(struct text *out, struct corpus *corpus)
{
	size_t count = 6 + random_below(&corpus->random, 9);

	add_capital(out, word(corpus));
	for (size_t i = 1; i < count; i++) {
		bool strong = random_below(&corpus->random, 60) == 0;

		text_puts(out, random_below(&corpus->random, 12) == 0 ? ", " : " ");
		text_puts(out, strong ? "**" : "");
		text_puts(out, word(corpus));
		text_puts(out, strong ? "**" : "");
	}
	text_puts(out, ". ");
}

static void add_paragraph(struct text *out, struct corpus *corpus, size_t sentences)
{
	for (size_t i = 0; i < sentences; i++)
		add_sentence(out, corpus);
	text_puts(out, "\n\n");
}

/* `@PAGE@` stands for the way to a page, which is another one for each program. */
static void add_section(struct text *out, struct corpus *corpus, size_t number)
{
	add_paragraph(out, corpus, 5);
	if (number % 3 == 1) {
		for (size_t i = 0; i < 4; i++) {
			text_puts(out, "- ");
			add_sentence(out, corpus);
			text_byte(out, '\n');
		}
		text_byte(out, '\n');
	}
	if (number % 3 == 2) {
		text_puts(out, "### ");
		add_capital(out, word(corpus));
		text_printf(out, " %s\n\n", word(corpus));
	}
	add_paragraph(out, corpus, 3);
	if (number % 2 == 0)
		text_printf(out, "Lees ook [%s %s](@%zu/%zu@).\n\n", word(corpus), word(corpus),
			random_below(&corpus->random, COLLECTIONS),
			random_below(&corpus->random, corpus->pages));
}

static void make_heading(char *out, size_t size, struct corpus *corpus, size_t number)
{
	static const char *const asked[SECTIONS] = {
		"Wat is", "Voor wie is", "Hoe werkt", "Wat kost", "Zo begint", "Meer over"};
	const char *what = word(corpus);

	snprintf(out, size, "%s %s %s", asked[number], what, word(corpus));
}

static void make_sheet(struct sheet *sheet, struct corpus *corpus)
{
	const char *first = word(corpus);

	snprintf(sheet->title, sizeof(sheet->title), "%c%s %s", first[0] - 'a' + 'A', first + 1,
		word(corpus));
	text_clear(&sheet->intro);
	add_paragraph(&sheet->intro, corpus, 3);
	for (size_t i = 0; i < SECTIONS; i++) {
		text_clear(&sheet->sections[i]);
		make_heading(sheet->headings[i], sizeof(sheet->headings[i]), corpus, i);
		add_section(&sheet->sections[i], corpus, i);
	}
}

/* Writes Markdown with each link as the program follows it. */
static void add_markdown(
	struct text *out, struct slice markdown, const char *before, const char *after)
{
	for (;;) {
		size_t at = slice_find(markdown, '@');

		text_add(out, (struct slice){markdown.data, at});
		if (at == markdown.size)
			return;
		size_t collection = (size_t)(markdown.data[at + 1] - '0');
		markdown = slice_from(markdown, at + 3);
		size_t end = slice_find(markdown, '@');
		text_printf(out, "%s%s/pagina-%.*s%s", before, collection_names[collection],
			(int)end, markdown.data, after);
		markdown = slice_from(markdown, end + 1);
	}
}

static void put(struct corpus *corpus, const char *path, const struct text *text)
{
	if (fs_write(NULL, corpus->folder, slice_of(path), text_slice(text), corpus->diags) == 0)
		return;
	size_t count;
	const struct diag *diag = diag_sorted(corpus->diags, &count);
	fprintf(stderr, "corpus: %s\n", diag[0].text);
	exit(2);
}

static void put_string(struct corpus *corpus, const char *path, const char *string)
{
	struct text text = {0};

	text_puts(&text, string);
	put(corpus, path, &text);
	text_free(&text);
}

static void put_sheet(struct corpus *corpus, const char *path, const struct sheet *sheet, bool hugo,
	const char *before, const char *after)
{
	struct text text = {0};

	text_printf(&text,
		hugo ? "---\ntitle: %s\nsummary: %s\n---\n"
		     : "---\ntitel: %s\nsamenvatting: %s\n---\n",
		sheet->title, sheet->headings[0]);
	add_markdown(&text, text_slice(&sheet->intro), before, after);
	for (size_t i = 0; i < SECTIONS; i++) {
		text_printf(&text, "## %s\n\n", sheet->headings[i]);
		add_markdown(&text, text_slice(&sheet->sections[i]), before, after);
	}
	put(corpus, path, &text);
	text_free(&text);
}

/* A region's version of a page: one section replaced, one added to. */
static void adapt(
	struct corpus *corpus, const char *path, const struct sheet *national, struct sheet *sheet)
{
	struct text text = {0};
	struct text replaced = {0};
	size_t at = random_below(&corpus->random, SECTIONS - 1);
	size_t added = sheet->sections[at + 1].size;

	add_section(&replaced, corpus, 0);
	text_clear(&sheet->sections[at]);
	text_add(&sheet->sections[at], text_slice(&replaced));
	add_paragraph(&sheet->sections[at + 1], corpus, 3);

	text_printf(&text, "## Vervang: %s\n\n", national->headings[at]);
	add_markdown(&text, text_slice(&replaced), "../../../../playbooks/", ".md");
	text_printf(&text, "## Vul aan: %s\n\n", national->headings[at + 1]);
	text_add(&text, slice_from(text_slice(&sheet->sections[at + 1]), added));
	put(corpus, path, &text);
	text_free(&text);
	text_free(&replaced);
}

static void copy_sheet(struct sheet *out, const struct sheet *sheet)
{
	memcpy(out->title, sheet->title, sizeof(out->title));
	memcpy(out->headings, sheet->headings, sizeof(out->headings));
	text_clear(&out->intro);
	text_add(&out->intro, text_slice(&sheet->intro));
	for (size_t i = 0; i < SECTIONS; i++) {
		text_clear(&out->sections[i]);
		text_add(&out->sections[i], text_slice(&sheet->sections[i]));
	}
}

static void put_regions_of(struct corpus *corpus, const char *name, size_t number,
	const struct sheet *national, struct sheet *regional)
{
	char path[128], before[64];

	for (size_t region = 0; region < REGIONS; region++) {
		copy_sheet(regional, national);
		if ((number * 7 + region * 3) % 10 == 0) {
			snprintf(path, sizeof(path), "draaiboek/content/regios/regio-%zu/%s.md",
				region, name);
			adapt(corpus, path, national, regional);
		}
		snprintf(path, sizeof(path), "hugo/content/regio/regio-%zu/%s.md", region, name);
		snprintf(before, sizeof(before), "/regio/regio-%zu/", region);
		put_sheet(corpus, path, regional, true, before, "/");
	}
}

static void put_pages(struct corpus *corpus, bool regions)
{
	struct sheet national = {0}, regional = {0};
	char name[64], path[128];

	for (size_t collection = 0; collection < COLLECTIONS; collection++) {
		for (size_t i = 0; i < corpus->pages; i++) {
			make_sheet(&national, corpus);
			snprintf(name, sizeof(name), "%s/pagina-%zu", collection_names[collection],
				i);
			snprintf(path, sizeof(path), "draaiboek/playbooks/%s.md", name);
			put_sheet(corpus, path, &national, false, "../", ".md");
			snprintf(path, sizeof(path), "hugo/content/%s.md", name);
			put_sheet(corpus, path, &national, true, "/", "/");
			if (regions)
				put_regions_of(corpus, name, i, &national, &regional);
		}
	}
	text_free(&national.intro);
	text_free(&regional.intro);
	for (size_t i = 0; i < SECTIONS; i++) {
		text_free(&national.sections[i]);
		text_free(&regional.sections[i]);
	}
}

/* The folder's own page: with one, Hugo lists the folder's pages there. */
static void put_list(struct corpus *corpus, const char *folder, const char *title)
{
	struct text text = {0};
	char path[192];

	text_printf(&text, "---\ntitle: %s\n---\n", title);
	snprintf(path, sizeof(path), "hugo/content/%s_index.md", folder);
	put(corpus, path, &text);
	text_free(&text);
}

static void put_lists(struct corpus *corpus, const char *region)
{
	char folder[160];

	for (size_t i = 0; i < COLLECTIONS; i++) {
		snprintf(folder, sizeof(folder), "%s%s/", region, collection_names[i]);
		put_list(corpus, folder, collection_names[i]);
	}
}

static void put_settings(struct corpus *corpus, bool regions)
{
	struct text text = {0};
	char path[128];

	text_puts(&text, "titel: Meting\nadres: https://meting.example\nverzamelingen:\n");
	for (size_t i = 0; i < COLLECTIONS; i++)
		text_printf(&text, "  %s: {titel: %s, soort: pagina}\n", collection_names[i],
			collection_names[i]);
	put(corpus, "draaiboek/content/site.yml", &text);

	text_clear(&text);
	for (size_t i = 0; i < TERMS; i++)
		text_printf(&text,
			"- term: %sbegrip\n  betekenis: Wat %s is.\n  synoniemen: [%s]\n",
			corpus->words[500 + i], corpus->words[500 + i],
			corpus->words[1000 + 7 * i]);
	put(corpus, "draaiboek/content/begrippen.yml", &text);

	for (size_t i = 0; regions && i < REGIONS; i++) {
		text_clear(&text);
		text_printf(&text, "naam: Regio %zu\n", i);
		snprintf(path, sizeof(path), "draaiboek/content/regios/regio-%zu/regio.yml", i);
		put(corpus, path, &text);
		snprintf(path, sizeof(path), "regio/regio-%zu/", i);
		put_list(corpus, path, "Regio");
		put_lists(corpus, path);
	}
	put_lists(corpus, "");
	text_free(&text);
}

/* A theme with what ours has: a menu, lists of pages, a table of contents. */
static void put_hugo(struct corpus *corpus)
{
	put_string(corpus, "hugo/config.toml",
		"baseURL = \"https://meting.example/\"\n"
		"title = \"Meting\"\n"
		"languageCode = \"nl\"\n"
		"disableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n");
	put_string(corpus, "hugo/layouts/_default/baseof.html",
		"<!doctype html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width\">\n"
		"<title>{{ .Title }} – {{ .Site.Title }}</title>\n"
		"<meta name=\"description\" content=\"{{ .Summary | plainify }}\">\n"
		"<link rel=\"canonical\" href=\"{{ .Permalink }}\">\n</head>\n<body>\n"
		"<header><a href=\"/\">{{ .Site.Title }}</a>\n<nav><ul>\n"
		"{{ range .Site.Home.Sections }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title "
		"}}</a></li>\n{{ end }}"
		"</ul></nav></header>\n"
		"<main>{{ block \"main\" . }}{{ end }}</main>\n"
		"<footer>{{ .Site.Title }}</footer>\n</body>\n</html>\n");
	put_string(corpus, "hugo/layouts/_default/single.html",
		"{{ define \"main\" }}\n"
		"<nav>{{ range .Ancestors.Reverse }}<a href=\"{{ .RelPermalink }}\">{{ .Title "
		"}}</a> {{ end }}</nav>\n"
		"<h1>{{ .Title }}</h1>\n<nav>{{ .TableOfContents }}</nav>\n{{ .Content }}\n"
		"{{ with .PrevInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end "
		"}}\n"
		"{{ with .NextInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end "
		"}}\n{{ end }}\n");
	put_string(corpus, "hugo/layouts/_default/list.html",
		"{{ define \"main\" }}\n<h1>{{ .Title }}</h1>\n{{ .Content }}\n<ul>\n"
		"{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>\n{{ "
		"end }}"
		"</ul>\n{{ end }}\n");
}

int main(int argc, char **argv)
{
	bool regions = argc > 2 && strcmp(argv[1], "regions") == 0;
	size_t count = regions ? 300 : 10000;

	if (argc < 3 || argc > 4 || (!regions && strcmp(argv[1], "pages") != 0)) {
		fprintf(stderr, "usage: corpus regions|pages FOLDER [COUNT]\n");
		return 2;
	}
	struct corpus *corpus = mem_new(1, sizeof(*corpus));
	corpus->random.state = UINT64_C(20261120);
	if (argc == 4)
		count = strtoul(argv[3], NULL, 10);
	corpus->pages = count / COLLECTIONS;
	corpus->diags = diag_new();
	if (fs_open(&corpus->folder, argv[2], corpus->diags) < 0) {
		fprintf(stderr, "corpus: %s cannot be made\n", argv[2]);
		return 2;
	}
	make_words(corpus);
	put_settings(corpus, regions);
	put_hugo(corpus);
	put_pages(corpus, regions);
	fs_close(corpus->folder);
	diag_free(corpus->diags);
	free(corpus);
	return 0;
}
