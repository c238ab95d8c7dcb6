/*
 * A fact is a text or a date, and may lead somewhere. What is missing of a contact is for the
 * region to fill in; what is missing of the page is as the nation has it.
 */
#include "output/facts.h"

#include "base/mem.h"
#include "base/value.h"
#include "input/history.h"
#include "model/date.h"
#include "model/region.h"
#include "model/site.h"
#include "output/view.h"

#define FACTS_OF_CONTACT FACT_TITLE

/* The strings that name them. */
static const char *const names[FACTS] = {"gegeven-loket", "gegeven-naam", "gegeven-telefoon",
	"gegeven-email", "gegeven-bereikbaar", "gegeven-gecontroleerd", "gegeven-titel",
	"gegeven-samenvatting", "gegeven-eigenaar", "gegeven-herzien-voor", "gegeven-gewijzigd"};

struct fact_value {
	struct slice text;
	struct slice link; /* in full; or empty */
	int date;	   /* or DATE_NONE */
};

struct slice facts_contact(
	const struct region *region, const struct variant *variant, const char *key)
{
	struct slice own = {0};

	if (variant != NULL)
		own = value_text_at(variant->contact, key);
	return own.size > 0 ? own : value_text_at(value_at(region->root, "contact"), key);
}

static struct slice scheme(struct arena *arena, const char *name, struct slice address)
{
	struct text link = {0};

	if (address.size == 0)
		return address;
	text_puts(&link, name);
	text_add(&link, address);
	return text_keep(arena, &link);
}

static struct slice dialled(struct arena *arena, struct slice phone)
{
	struct text figures = {0};

	region_dial(&figures, phone);
	return text_keep(arena, &figures);
}

static struct fact_value contact_fact(struct arena *arena, enum fact fact,
	const struct region *region, const struct variant *variant)
{
	const struct value *desk = value_at(region->root, "loket");
	struct fact_value value = {.date = DATE_NONE};

	switch (fact) {
	case FACT_DESK:
		value.text = value_text_at(desk, "naam");
		value.link = value_text_at(desk, "url");
		break;
	case FACT_PERSON:
		value.text = facts_contact(region, variant, "naam");
		value.link = facts_contact(region, variant, "url");
		break;
	case FACT_PHONE:
		value.text = facts_contact(region, variant, "telefoon");
		value.link = scheme(arena, "tel:", dialled(arena, value.text));
		break;
	case FACT_EMAIL:
		value.text = facts_contact(region, variant, "email");
		value.link = scheme(arena, "mailto:", value.text);
		break;
	case FACT_HOURS:
		value.text = facts_contact(region, variant, "bereikbaar");
		break;
	default:
		if (date_parse(&value.date, facts_contact(region, variant, "gecontroleerd")) != 0)
			value.date = DATE_NONE;
		break;
	}
	return value;
}

static struct fact_value page_fact(enum fact fact, const struct variant *variant)
{
	const struct page *adaptation = variant->adaptation, *page = variant->page;
	struct fact_value value = {.date = DATE_NONE};
	int offset = 0;

	if (adaptation == NULL)
		return value;
	if (fact == FACT_TITLE && !slice_equal(variant->title, page->title))
		value.text = variant->title;
	else if (fact == FACT_SUMMARY && !slice_equal(variant->summary, page->summary))
		value.text = variant->summary;
	else if (fact == FACT_OWNER)
		value.text = adaptation->owner;
	else if (fact == FACT_REVIEW)
		value.date = adaptation->review;
	else if (fact == FACT_CHANGED && adaptation->history != NULL) {
		offset = adaptation->history->commits[0]->offset;
		value.date = date_of_time(adaptation->history->commits[0]->time, offset);
	}
	return value;
}

static struct fact_value find_fact(struct arena *arena, enum fact fact, const struct region *region,
	const struct variant *variant)
{
	return fact < FACTS_OF_CONTACT ? contact_fact(arena, fact, region, variant)
				       : page_fact(fact, variant);
}

static bool is_there(const struct fact_value *value)
{
	return value->text.size > 0 || value->date != DATE_NONE;
}

void facts_find(struct facts *out, struct arena *arena, const struct view *view, size_t number)
{
	const struct site *site = view->site;

	*out = (struct facts){0};
	out->shown[FACT_DESK] = out->shown[FACT_PHONE] = true;
	for (int fact = 0; fact < FACTS; fact++)
		out->titles[fact] = value_text_at(view->strings, names[fact]);
	for (size_t r = 0; r < site->region_count; r++) {
		const struct region *region = &site->regions[r];
		const struct variant *variant = site_variant(site, region, number);

		for (int fact = 0; fact < FACTS; fact++) {
			struct fact_value value;

			if (out->shown[fact])
				continue;
			value = find_fact(arena, (enum fact)fact, region, variant);
			out->shown[fact] = is_there(&value);
		}
	}
}

void facts_put_headings(struct arena *arena, struct value *page, const struct facts *facts)
{
	struct value *list = value_put_list(arena, page, "gegeven-koppen");

	for (int fact = 0; fact < FACTS; fact++)
		if (facts->shown[fact])
			value_append_text(arena, list, facts->titles[fact]);
}

/* A cell of `span` columns; NULL: the contact is not filled in. */
static void put_cell(struct arena *arena, struct value *list, const struct view *view,
	struct slice title, const struct fact_value *value, size_t span)
{
	static const struct fact_value nothing = {.date = DATE_NONE};
	struct value *item = value_append_map(arena, list);
	bool missing = value == NULL;

	value = missing ? &nothing : value;
	value_put_text(arena, item, "kop", title);
	if (span > 1)
		value_put_number(arena, item, "breedte", span);
	else
		value_put_bool(arena, item, "breedte", false);
	value_put_bool(arena, item, "in-te-vullen", missing);
	value_put_bool(arena, item, "geen", !missing && !is_there(value));
	value_put_text(arena, item, "waarde", value->text);
	value_put_text(arena, item, "link", value->link);
	if (value->date == DATE_NONE)
		value_put_bool(arena, item, "datum", false);
	else
		(void)view_put_date(arena, item, "datum", view, value->date);
}

void facts_put(struct arena *arena, struct value *row, const struct view *view,
	const struct facts *facts, const struct region *region, const struct variant *variant)
{
	struct value *list = value_put_list(arena, row, "gegevens");

	for (int fact = 0, next; fact < FACTS; fact = next) {
		struct fact_value value;
		size_t span = 1;

		next = fact + 1;
		if (!facts->shown[fact])
			continue;
		value = find_fact(arena, (enum fact)fact, region, variant);
		if (fact >= FACTS_OF_CONTACT || is_there(&value)) {
			put_cell(arena, list, view, facts->titles[fact], &value, 1);
			continue;
		}
		for (; next < FACTS_OF_CONTACT; next++) {
			value = find_fact(arena, (enum fact)next, region, variant);
			if (facts->shown[next] && is_there(&value))
				break;
			span += facts->shown[next] ? 1 : 0;
		}
		put_cell(arena, list, view, facts->titles[fact], NULL, span);
	}
}
