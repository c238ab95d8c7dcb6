/*
 * All of it is small and written straight out; only the words of the site go through an escape.
 *
 * The id of a feed is its address. That of an entry is made of the commit and the path that the
 * file had in it: it stays the same when the page gets another address, and in all feeds.
 */
#include "output/feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/value.h"
#include "input/history.h"
#include "model/chronicle.h"
#include "model/date.h"
#include "model/site.h"

#define SETTINGS_PATH "content/site.yml"
#define MOST_ENTRIES 50
#define SUMMARY_LETTERS 300 /* of a page that has no summary */
#define SHORT_NAME_LETTERS 16
#define LONG_NAME_LETTERS 48
#define LAST_MOMENT                                                                                \
	((int64_t)253402300799) /* of the year 9999, beyond which RFC 3339 has no date */

/* A change of a page. */
struct feed_entry {
	const struct variant *variant;
	struct chronicle_change change;
};

/* Text of an element or attribute. What XML 1.0 cannot hold becomes a space. */
static void add_xml(struct text *out, struct slice text)
{
	while (text.size > 0) {
		uint32_t point;
		struct slice letter = {text.data, unicode_next(&point, text)};

		if ((point < ' ' && point != '\n' && point != '\t') || point == 0xfffe ||
			point == 0xffff || slice_letter_size(text) == 0)
			text_byte(out, ' ');
		else
			text_attr(out, letter);
		text = slice_from(text, letter.size);
	}
}

static void add_element(struct text *out, const char *name, struct slice text)
{
	text_printf(out, "<%s>", name);
	add_xml(out, text);
	text_printf(out, "</%s>\n", name);
}

static void add_moment(struct text *out, const char *name, int64_t seconds)
{
	text_printf(out, "<%s>", name);
	date_moment(out, seconds < 0 ? 0 : seconds > LAST_MOMENT ? LAST_MOMENT : seconds);
	text_printf(out, "</%s>\n", name);
}

/* An address of the site, as a URL that is escaped for XML. */
static void add_address(struct text *out, const struct site *site, const struct region *region,
	struct slice address)
{
	text_url(out, site->url);
	text_byte(out, '/');
	if (region != NULL) {
		text_puts(out, "regio/");
		text_url(out, region->slug);
		text_byte(out, '/');
	}
	text_url(out, address);
}

static int64_t moment_of(const struct feed_entry *entry)
{
	return entry->change.change->commit->time;
}

/* The newest first; at the same moment by address, so that the order is one. */
static int compare_entries(const void *a, const void *b)
{
	const struct feed_entry *one = a, *two = b;

	if (moment_of(one) != moment_of(two))
		return moment_of(one) > moment_of(two) ? -1 : 1;
	if (one->variant != two->variant)
		return slice_compare(one->variant->page->address, two->variant->page->address);
	if (one->change.file != two->change.file)
		return one->change.adaptation ? -1 : 1;
	return one->change.number < two->change.number ? -1 : 1;
}

/* What the page says of itself, or how it starts. */
static void add_summary(struct text *out, const struct variant *variant)
{
	struct slice text = variant->summary;
	size_t letters = 0, end = 0;

	for (size_t i = 0; text.size == 0 && i < variant->count && i < 2; i++)
		if (variant->parts[i].count > 0)
			text = slice_trim(variant->parts[i].blocks[0].section->text);
	while (end < text.size && letters < SUMMARY_LETTERS) {
		size_t size = slice_letter_size(slice_from(text, end));

		end += size > 0 ? size : 1;
		letters++;
	}
	text_puts(out, "<summary>");
	add_xml(out, (struct slice){text.data, end});
	text_puts(out, end < text.size ? "…</summary>\n" : "</summary>\n");
}

/* Where the change is told: in a region, of a page that it has not adapted, at the nation's. */
static void add_link(
	struct text *out, const struct feed_scope *scope, const struct feed_entry *entry)
{
	const struct variant *variant = entry->variant;
	bool borrowed = variant->adaptation == NULL && variant->page->role == ROLE_NATIONAL;

	text_puts(out, "<link rel=\"alternate\" type=\"text/html\" href=\"");
	add_address(out, scope->site, scope->tells_changes && borrowed ? NULL : scope->region,
		variant->page->address);
	if (scope->tells_changes) {
		text_puts(out, "geschiedenis/#");
		chronicle_anchor(out, &entry->change);
	}
	text_puts(out, "\"/>\n");
}

static void add_entry(
	struct text *out, const struct feed_scope *scope, const struct feed_entry *entry)
{
	const struct history_change *change = entry->change.change;

	text_puts(out, "<entry>\n<title>");
	add_xml(out, entry->variant->title);
	text_puts(out, ": ");
	add_xml(out, chronicle_subject(change->commit, scope->words));
	text_puts(out, "</title>\n<id>");
	text_url(out, scope->site->url);
	text_printf(out, "/wijziging/%s/", change->commit->id);
	text_url(out, change->path);
	text_puts(out, "</id>\n");
	add_link(out, scope, entry);
	add_moment(out, "published", moment_of(entry));
	add_moment(out, "updated", moment_of(entry));
	if (change->commit->author.size > 0) {
		text_puts(out, "<author>");
		add_element(out, "name", change->commit->author);
		text_puts(out, "</author>\n");
	}
	add_summary(out, entry->variant);
	text_puts(out, "</entry>\n");
}

static void add_head(
	struct text *out, const struct site *site, const struct region *region, int64_t updated)
{
	struct slice publisher = value_text_at(site->settings, "uitgever");

	text_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		       "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
	add_xml(out, site->language);
	text_puts(out, "\">\n<title>");
	add_xml(out, site->title);
	if (region != NULL) {
		text_puts(out, " – ");
		add_xml(out, region->name);
	}
	text_puts(out, "</title>\n");
	if (site->description.size > 0)
		add_element(out, "subtitle", site->description);
	text_puts(out, "<id>");
	add_address(out, site, region, slice_of("atom.xml"));
	text_puts(out, "</id>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"");
	add_address(out, site, region, slice_of("atom.xml"));
	text_puts(out, "\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"");
	add_address(out, site, region, (struct slice){0});
	text_puts(out, "\"/>\n");
	add_moment(out, "updated", updated);
	/* Of the feed, and of an entry whose commits name nobody. */
	text_puts(out, "<author>");
	add_element(out, "name", publisher.size > 0 ? publisher : site->title);
	text_puts(out, "</author>\n<generator>draaiboek</generator>\n");
}

/* The changes of all pages; of each no more than the feed can hold. To be freed. */
static struct feed_entry *list_entries(
	size_t *out, struct arena *arena, const struct feed_scope *scope)
{
	struct feed_entry *entries = NULL;
	size_t capacity = 0;

	*out = 0;
	for (size_t i = 0; i < scope->count; i++) {
		const struct variant *variant = scope->variants[i];
		struct chronicle chronicle = {0};

		if (variant->hidden == NULL && !variant->page->refused)
			chronicle_make(&chronicle, arena, variant);
		for (size_t c = 0; c < chronicle.count && c < MOST_ENTRIES; c++) {
			entries = mem_grow(entries, *out, &capacity, sizeof(*entries));
			entries[(*out)++] = (struct feed_entry){variant, chronicle.list[c]};
		}
	}
	return entries;
}

void feed_atom(struct text *out, const struct feed_scope *scope)
{
	struct arena arena = {0};
	size_t count;
	struct feed_entry *entries = list_entries(&count, &arena, scope);

	if (count > 1)
		qsort(entries, count, sizeof(*entries), compare_entries);
	add_head(out, scope->site, scope->region,
		count > 0 ? moment_of(&entries[0]) : (int64_t)scope->site->date * 86400);
	for (size_t i = 0; i < count && i < MOST_ENTRIES; i++)
		add_entry(out, scope, &entries[i]);
	text_puts(out, "</feed>\n");
	free(entries);
	arena_free(&arena);
}

/* The first letters of a text, without a space at the end. */
static struct slice first_letters(struct slice text, size_t most)
{
	size_t size = 0;

	for (size_t i = 0; i < most && size < text.size; i++) {
		uint32_t point;

		size += unicode_next(&point, slice_from(text, size));
	}
	return slice_trim((struct slice){text.data, size});
}

void feed_opensearch(struct text *out, const struct site *site, const struct region *region)
{
	struct text name = {0};
	struct slice first;

	text_add(&name, site->title);
	if (region != NULL) {
		text_byte(&name, ' ');
		text_add(&name, region->name);
	}
	first = first_letters(text_slice(&name), SHORT_NAME_LETTERS);
	if (region != NULL && first.size < name.size)
		first = first_letters(region->name, SHORT_NAME_LETTERS);
	text_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		       "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n");
	add_element(out, "ShortName", first);
	add_element(out, "LongName", first_letters(text_slice(&name), LONG_NAME_LETTERS));
	add_element(out, "Description", text_slice(&name));
	add_element(out, "Language", site->language);
	text_puts(out, "<InputEncoding>UTF-8</InputEncoding>\n"
		       "<Url type=\"text/html\" template=\"");
	add_address(out, site, region, slice_of("zoek/"));
	text_puts(out, "?q={searchTerms}\"/>\n</OpenSearchDescription>\n");
	text_free(&name);
}

void feed_sitemap(struct text *out, const struct feed_address *addresses, size_t count)
{
	text_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		       "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (size_t i = 0; i < count && i < FEED_SITEMAP_LIMIT; i++) {
		text_puts(out, "<url><loc>");
		text_url(out, addresses[i].url);
		text_puts(out, "</loc>");
		if (addresses[i].changed != DATE_NONE) {
			text_puts(out, "<lastmod>");
			date_iso(out, addresses[i].changed);
			text_puts(out, "</lastmod>");
		}
		text_puts(out, "</url>\n");
	}
	text_puts(out, "</urlset>\n");
}

void feed_sitemap_index(struct text *out, const struct site *site, size_t count)
{
	text_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		       "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (size_t i = 1; i <= count; i++) {
		text_puts(out, "<sitemap><loc>");
		text_url(out, site->url);
		text_printf(out, "/sitemap-%zu.xml</loc></sitemap>\n", i);
	}
	text_puts(out, "</sitemapindex>\n");
}

/* The site's address is checked to be one line of plain signs when the settings are read. */
void feed_robots(struct text *out, const struct site *site)
{
	if (site->concept.size > 0) {
		text_puts(out, "User-agent: *\nDisallow: /\n");
		return;
	}
	text_puts(out, "User-agent: *\nDisallow:\n\nSitemap: ");
	text_add(out, site->url);
	text_puts(out, "/sitemap.xml\n");
}

/* The contact as a URI. False when it is no e-mail address, e-mail URI or web address. */
static bool find_contact(struct text *out, const struct site *site)
{
	struct slice contact = value_text_at(value_at(site->settings, "beveiliging"), "contact");
	size_t at = slice_find(contact, '@');

	for (size_t i = 0; i < contact.size; i++)
		if ((unsigned char)contact.data[i] <= ' ' || (unsigned char)contact.data[i] >= 0x7f)
			return false;
	if (slice_starts(contact, "https://") && contact.size > strlen("https://")) {
		text_add(out, contact);
		return true;
	}
	if (slice_starts(contact, "mailto:")) {
		contact = slice_from(contact, strlen("mailto:"));
		at = slice_find(contact, '@');
	}
	if (at == 0 || at + 1 >= contact.size || slice_find(contact, ':') < contact.size)
		return false;
	text_puts(out, "mailto:");
	text_add(out, contact);
	return true;
}

static bool find_expiry(int *out, const struct site *site)
{
	return date_parse(out,
		       value_text_at(value_at(site->settings, "beveiliging"), "verloopt")) == 0;
}

void feed_security(struct text *out, const struct site *site)
{
	struct text contact = {0};
	int expires;

	if (find_contact(&contact, site) && find_expiry(&expires, site)) {
		text_puts(out, "Contact: ");
		text_add(out, text_slice(&contact));
		text_puts(out, "\nExpires: ");
		date_moment(out, (int64_t)expires * 86400);
		text_puts(out, "\nPreferred-Languages: nl, en\nCanonical: ");
		text_add(out, site->url);
		text_puts(out, "/.well-known/security.txt\n");
	}
	text_free(&contact);
}

/* The place of a key of `beveiliging`, or of that key itself when it is not there. */
static struct place place_of(const struct value *security, const struct value *value)
{
	if (value == NULL)
		return (struct place){SETTINGS_PATH, security->key_line, security->key_column};
	return (struct place){SETTINGS_PATH, value->line, value->column};
}

/* A value's text as a string, for a message. */
static const char *shown(const struct value *value)
{
	return value != NULL && value->text.data != NULL ? value->text.data : "";
}

void feed_check_security(const struct site *site, struct diags *diags)
{
	const struct value *security = value_at(site->settings, "beveiliging");
	const struct value *contact = value_at(security, "contact");
	const struct value *expiry = value_at(security, "verloopt");
	struct text uri = {0};
	int expires;

	if (security == NULL)
		return;
	if (!find_contact(&uri, site))
		diag_add(diags, DIAG_SECURITY_CONTACT, place_of(security, contact), shown(contact),
			(char *)NULL);
	if (!find_expiry(&expires, site))
		diag_add(diags, DIAG_SECURITY_EXPIRES, place_of(security, expiry), shown(expiry),
			(char *)NULL);
	else if (expires < site->date)
		diag_add(diags, DIAG_SECURITY_EXPIRED, place_of(security, expiry), shown(expiry),
			(char *)NULL);
	text_free(&uri);
}
