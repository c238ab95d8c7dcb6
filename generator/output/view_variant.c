/*
 * The data of a page with sections: fields, parts, contents, dates, sources, neighbours.
 */
#include "output/view.h"

#include <string.h>

#include "base/value.h"
#include "input/history.h"
#include "model/date.h"
#include "model/journey.h"
#include "model/links.h"
#include "model/site.h"
#include "output/body.h"
#include "output/qr.h"
#include "output/view_compare.h"

#define CONTENTS_LEAST 3 /* headings of level 2 that make a list of contents worth its place */

/* What drawing one page needs. */
struct drawing {
	struct arena *arena;
	const struct view *view;
	const struct view_scope *scope;
	const struct variant *variant;
	size_t number; /* of the variant in the scope */
	struct body body;
	struct text buffer;
	bool has_tasks, has_moments; /* so far */
};

static struct slice view_draw(struct drawing *drawing, const struct section *section)
{
	const struct piece *pieces = section->pieces;

	if (section->count == 1 && pieces[0].kind == PIECE_HTML)
		return pieces[0].text;
	text_clear(&drawing->buffer);
	body_draw(&drawing->buffer, &drawing->body, pieces, section->count);
	return slice_keep(drawing->arena, text_slice(&drawing->buffer));
}

/* The plain title of a part. */
static struct slice view_part_title(const struct drawing *drawing, const struct part *part)
{
	struct slice words = value_text_at(drawing->view->strings, "regionale-informatie");

	return part->orphans && words.size > 0 ? words : part->title;
}

static struct slice view_draw_title(struct drawing *drawing, const struct part *part)
{
	text_clear(&drawing->buffer);
	if (part->heading != NULL)
		body_draw_title(&drawing->buffer, &drawing->body, part->heading->heading,
			part->heading->heading_count);
	else
		text_html(&drawing->buffer, view_part_title(drawing, part));
	return slice_keep(drawing->arena, text_slice(&drawing->buffer));
}

/* One block of a part: its HTML, whose it is, and the national text that it stands for. */
static void view_put_block(struct drawing *drawing, struct value *list, const struct block *block)
{
	struct arena *arena = drawing->arena;
	struct slice html = view_draw(drawing, block->section);
	struct value *item;

	if (html.size == 0 && block->replaced == NULL)
		return;
	item = value_append_map(arena, list);
	value_put_text(arena, item, "inhoud", html);
	value_put_bool(arena, item, "van-regio", block->regional);
	if (block->replaced != NULL) {
		struct value *national = value_put_map(arena, item, "landelijk");

		text_clear(&drawing->buffer);
		body_draw_replaced(&drawing->buffer, &drawing->body, drawing->variant,
			block->replaced, block->replaced_count);
		value_put_text(
			arena, national, "inhoud", slice_keep(arena, text_slice(&drawing->buffer)));
	} else {
		value_put_bool(arena, item, "landelijk", false);
	}
}

/*
 * What in the text a script may add to: points of checklists, with a mark at the first that have
 * them, and plans of contact moments.
 */
static void view_put_helps(struct drawing *drawing, struct value *map, const struct part *part)
{
	size_t tasks = 0, moments = 0;

	for (size_t i = 0; i < part->count; i++) {
		tasks += part->blocks[i].section->tasks;
		moments += part->blocks[i].section->moments;
	}
	value_put_number(drawing->arena, map, "afvinkpunten", tasks);
	value_put_bool(
		drawing->arena, map, "eerste-afvinkpunten", tasks > 0 && !drawing->has_tasks);
	value_put_bool(drawing->arena, map, "contactmomenten", moments > 0);
	drawing->has_tasks = drawing->has_tasks || tasks > 0;
	drawing->has_moments = drawing->has_moments || moments > 0;
}

static struct value *view_put_part(
	struct drawing *drawing, struct value *list, const struct part *part, size_t number)
{
	static const char *const levels[] = {"is-2", "is-3", "is-4", "is-5", "is-6"};
	struct arena *arena = drawing->arena;
	struct value *item = value_append_map(arena, list);
	struct value *blocks;

	value_put_number(arena, item, "niveau", part->level);
	value_put_bool(arena, item, levels[part->level - 2], true);
	value_put_text(arena, item, "id", part->id);
	value_put_text(arena, item, "titel", view_draw_title(drawing, part));
	if (number > 0)
		value_put_number(arena, item, "nummer", number);
	else
		value_put_bool(arena, item, "nummer", false);
	value_put_bool(arena, item, "nieuw",
		part->national == NULL && drawing->variant->page->role == ROLE_NATIONAL);
	value_put_bool(arena, item, "leeg-vak", part->open_slot && drawing->scope->region != NULL);
	value_put_bool(arena, item, "vast",
		part->national != NULL && (part->national->marks & SECTION_FIXED) != 0);
	if (part->hidden != NULL)
		value_put_text(arena, value_put_map(arena, item, "verborgen"), "reden",
			view_draw(drawing, part->hidden));
	else
		value_put_bool(arena, item, "verborgen", false);
	view_put_helps(drawing, item, part);
	view_put_part_drift(arena, item, drawing->view, drawing->variant, part);
	blocks = value_put_list(arena, item, "blokken");
	for (size_t i = 0; i < part->count; i++)
		view_put_block(drawing, blocks, &part->blocks[i]);
	return item;
}

static void view_put_parts(struct drawing *drawing, struct value *page)
{
	const struct variant *variant = drawing->variant;
	struct arena *arena = drawing->arena;
	struct value *list = value_put_list(arena, page, "secties");
	struct slice above = {0};
	size_t number = 0, shown[4] = {0};

	for (size_t i = 0; i < variant->count; i++) {
		const struct part *part = &variant->parts[i];
		bool counts = journey_is_step(variant, part);

		if (part->level > 1) {
			struct value *item;

			number += counts ? 1 : 0;
			item = view_put_part(drawing, list, part, counts ? number : 0);
			if (part->level == 2)
				above = value_text_at(item, "titel");
			else if (above.size > 0)
				value_put_text(arena, item, "boven", above);
			if (part->level < ARRAY_LEN(shown) && part->hidden == NULL)
				shown[part->level]++;
		} else if (part->count > 0) {
			struct slice html = view_draw(drawing, part->blocks[0].section);

			if (html.size > 0)
				value_put_text(arena, page, "inleiding", html);
			view_put_helps(drawing, value_put_map(arena, page, "inleiding-hulp"), part);
		}
	}
	value_put_bool(arena, page, "heeft-afvinkpunten", drawing->has_tasks);
	value_put_bool(arena, page, "heeft-contactmomenten", drawing->has_moments);
	value_put_number(arena, page, "aantal-2", shown[2]);
	value_put_number(arena, page, "aantal-3", shown[3]);
}

/* The list of contents: headings of level 2, each with those of level 3 below it. */
static void view_put_contents(struct drawing *drawing, struct value *page)
{
	const struct variant *variant = drawing->variant;
	struct arena *arena = drawing->arena;
	struct value *list = value_put_list(arena, page, "inhoud");
	struct value *below = NULL;
	size_t number = 0, headings = 0;

	for (size_t i = 0; i < variant->count; i++) {
		const struct part *part = &variant->parts[i];
		struct value *item;

		if (part->level != 2 && (part->level != 3 || below == NULL))
			continue;
		item = value_append_map(arena, part->level == 2 ? list : below);
		value_put_text(arena, item, "id", part->id);
		value_put_text(arena, item, "titel", view_part_title(drawing, part));
		if (part->level == 2) {
			headings++;
			if (journey_is_step(variant, part))
				value_put_number(arena, item, "nummer", ++number);
			below = value_put_list(arena, item, "onder");
		}
	}
	value_put_bool(arena, page, "heeft-inhoud", headings >= CONTENTS_LEAST);
	if (variant->page->type->numbered)
		value_put_number(arena, page, "aantal-stappen", number);
}

/* A day, a month or a year, as a source's date may be: "28 juni 2022", "mei 2023", "2023". */
static struct slice view_source_date(struct drawing *drawing, struct slice text)
{
	struct value *map = value_new(drawing->arena, VALUE_MAP);
	struct text day = {0};
	struct slice words = text;
	bool month = text.size == 7 && text.data[4] == '-';
	int date;

	text_add(&day, text);
	if (month)
		text_puts(&day, "-01");
	if (date_parse(&date, text_slice(&day)) == 0) {
		words = value_text_at(
			view_put_date(drawing->arena, map, "d", drawing->view, date), "tekst");
		if (month)
			words = slice_from(words, slice_find(words, ' ') + 1);
	}
	text_free(&day);
	return words;
}

static void view_put_sources(struct drawing *drawing, struct value *page)
{
	const struct value *sources = value_at(drawing->variant->page->front, "bron");
	struct arena *arena = drawing->arena;
	struct value *list;

	if (sources == NULL)
		return;
	list = value_put_list(arena, page, "bronnen");
	for (const struct value *source = sources->kind == VALUE_LIST ? sources->first : sources;
		source != NULL; source = sources->kind == VALUE_LIST ? source->next : NULL) {
		struct value *item = value_append_map(arena, list);

		if (source->kind != VALUE_MAP) {
			value_put_text(arena, item, "titel", value_text(source));
			continue;
		}
		value_put_text(arena, item, "titel", value_text_at(source, "titel"));
		value_put_text(arena, item, "uitgever", value_text_at(source, "uitgever"));
		value_put_text(arena, item, "datum",
			view_source_date(drawing, value_text_at(source, "datum")));
		value_put_text(arena, item, "url", value_text_at(source, "url"));
	}
	value_put_bool(arena, page, "heeft-bronnen", list->count > 0);
}

static void view_put_deadline(
	struct drawing *drawing, struct value *page, const char *key, int date, bool passed)
{
	struct value *entry = view_put_date(drawing->arena, page, key, drawing->view, date);

	if (entry != NULL)
		value_put_bool(drawing->arena, entry, "verstreken", passed);
}

/* Everyone whose name stands in the history of the page, each once, newest first. */
static void view_put_authors(struct drawing *drawing, struct value *page)
{
	const struct page *pages[] = {drawing->variant->adaptation, drawing->variant->page};
	struct value *list = value_put_list(drawing->arena, page, "auteurs");

	for (size_t p = 0; p < ARRAY_LEN(pages); p++) {
		const struct history_file *history = pages[p] != NULL ? pages[p]->history : NULL;

		for (size_t i = 0; history != NULL && i < history->count; i++) {
			const struct value *known = list->first;

			while (known != NULL &&
				!slice_equal(known->text, history->commits[i]->author))
				known = known->next;
			if (known == NULL)
				value_append_text(
					drawing->arena, list, history->commits[i]->author);
		}
	}
}

static void view_put_dates(struct drawing *drawing, struct value *page)
{
	const struct variant *variant = drawing->variant;
	const struct history_file *history = variant->page->history;
	struct arena *arena = drawing->arena;
	int offset = 0;
	int64_t changed = view_changed(&offset, variant);
	int today = drawing->view->site->date;

	if (changed != 0)
		(void)view_put_date(
			arena, page, "gewijzigd", drawing->view, date_of_time(changed, offset));
	if (history != NULL) {
		const struct history_commit *first = history->commits[history->count - 1];

		(void)view_put_date(arena, page, "gemaakt", drawing->view,
			date_of_time(first->time, first->offset));
		view_put_authors(drawing, page);
	}
	(void)view_put_date(arena, page, "gecontroleerd", drawing->view, variant->page->checked);
	view_put_deadline(drawing, page, "herzien-voor", variant->review,
		date_is_due(variant->review, today));
	view_put_deadline(drawing, page, "geldig-tot", variant->page->valid_until,
		date_is_past(variant->page->valid_until, today));
}

static void view_put_neighbour(
	struct arena *arena, struct value *page, const char *key, const struct variant *variant)
{
	struct value *item = value_put_map(arena, page, key);

	value_put_text(arena, item, "titel", variant->title);
	value_put_text(arena, item, "pad", variant->page->address);
}

/* The nearest page before (step -1) or behind (1) this one that its collection lists, or NULL. */
static const struct variant *view_neighbour(const struct drawing *drawing, int step)
{
	const struct view_scope *scope = drawing->scope;
	const struct collection *collection = drawing->variant->page->collection;
	size_t at = drawing->number;

	for (;;) {
		if (step < 0 ? at == 0 : at + 1 >= scope->count)
			return NULL;
		at = step < 0 ? at - 1 : at + 1;
		if (scope->variants[at]->page->collection != collection ||
			scope->variants[at]->page->is_index)
			return NULL;
		if (scope->variants[at]->hidden == NULL)
			return scope->variants[at];
	}
}

/* The pages before and behind this one in its collection; hidden ones are passed over. */
static void view_put_neighbours(struct drawing *drawing, struct value *page)
{
	const struct variant *before, *behind;

	if (drawing->variant->page->collection == NULL || drawing->variant->page->is_index)
		return;
	before = view_neighbour(drawing, -1);
	behind = view_neighbour(drawing, 1);
	if (before != NULL)
		view_put_neighbour(drawing->arena, page, "vorige", before);
	if (behind != NULL)
		view_put_neighbour(drawing->arena, page, "volgende", behind);
	value_put_bool(drawing->arena, page, "heeft-bladeren", before != NULL || behind != NULL);
}

static void view_put_lists(struct drawing *drawing, struct value *page)
{
	static const char *const lists[] = {"doelgroep", "onderwerpen"};
	const struct variant *variant = drawing->variant;
	const struct page *pages[] = {variant->page, variant->adaptation};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		struct value *list = NULL;

		for (size_t p = 0; p < ARRAY_LEN(pages); p++) {
			const struct value *own =
				pages[p] != NULL ? value_at(pages[p]->front, lists[i]) : NULL;

			if (own != NULL && own->kind == VALUE_LIST && list == NULL)
				list = value_put_list(drawing->arena, page, lists[i]);
			for (const struct value *item =
					own != NULL && own->kind == VALUE_LIST ? own->first : NULL;
				item != NULL; item = item->next)
				value_append_text(drawing->arena, list, item->text);
		}
	}
}

/* Whose page it is, where its original stands, why it is hidden. */
static void view_put_standing(struct drawing *drawing, struct value *page)
{
	const struct variant *variant = drawing->variant;
	struct arena *arena = drawing->arena;
	bool borrowed = drawing->scope->region != NULL && variant->adaptation == NULL &&
			variant->page->role == ROLE_NATIONAL;
	struct text url = {0};
	struct value *map;

	value_put_bool(arena, page, "adaptatie", variant->adaptation != NULL);
	value_put_bool(arena, page, "alleen-regio", variant->page->role == ROLE_REGIONAL);
	value_put_bool(arena, page, "pagina-vervangen", variant->replaced);
	if (variant->hidden != NULL)
		value_put_text(arena, value_put_map(arena, page, "verborgen-pagina"), "reden",
			variant->hidden->text);
	text_add(&url, drawing->view->site->url);
	text_byte(&url, '/');
	text_add(&url, borrowed ? variant->page->address
				: view_address(arena, drawing->scope, variant->page->address));
	map = (struct value *)value_at(page, "landelijk-pad");
	if (map != NULL && variant->page->role == ROLE_REGIONAL)
		map->text = variant->page->collection != NULL
				    ? links_address(arena, variant->page->collection->name)
				    : slice_of("");
	map = (struct value *)value_at(page, "pagina");
	value_put_text(arena, map, "samenvatting", variant->summary);
	value_put_text(arena, map, "canoniek", text_keep(arena, &url));
	value_put_text(arena, page, "bron-pad",
		variant->adaptation != NULL ? variant->adaptation->file : variant->page->file);
	value_put_text(arena, page, "eigenaar", variant->owner);
	value_put_bool(arena, page, "in-wijzer", view_in_wizard(drawing->view, variant));
}

/*
 * Ids of the national page that a region's page has lost, since the region replaced or hid all of
 * it: links to them still find the page.
 */
static void view_put_lost_ids(struct drawing *drawing, struct value *page)
{
	const struct variant *variant = drawing->variant;
	const struct document *national = &variant->page->document;
	struct value *list;

	if (variant->adaptation == NULL || (!variant->replaced && variant->hidden == NULL))
		return;
	list = value_put_list(drawing->arena, page, "ankers");
	for (size_t i = 1; i < national->count; i++)
		if (overlay_find(variant, national->sections[i].id) == NULL)
			value_append_text(drawing->arena, list, national->sections[i].id);
}

static void view_put_type(struct drawing *drawing, struct value *page)
{
	const struct page *source = drawing->variant->page;
	struct arena *arena = drawing->arena;
	struct value *map = value_put_map(arena, page, "soort");

	value_put_text(arena, map, "naam", source->type->name);
	value_put_text(arena, map, "titel", source->type->title);
	value_put_text(arena, map, "meervoud", source->type->plural);
	value_put_bool(arena, map, "genummerd", source->type->numbered);
	if (source->collection == NULL)
		return;
	map = value_put_map(arena, page, "verzameling");
	value_put_text(arena, map, "naam", source->collection->name);
	value_put_text(arena, map, "titel", source->collection->title);
	value_put_text(arena, map, "samenvatting", source->collection->summary);
	value_put_text(arena, map, "pad", links_address(arena, source->collection->name));
}

/* The address of the page itself, also where that of the nation is the canonical one. */
static void view_put_code(struct drawing *drawing, struct value *page)
{
	struct text path = {0};
	struct value *code;
	size_t side;

	if (!drawing->variant->page->type->has_code ||
		qr_path(&path, &side, value_text_at(value_at(page, "pagina"), "adres")) != 0)
		return;
	code = value_put_map(drawing->arena, page, "qr");
	value_put_number(drawing->arena, code, "zijde", side);
	value_put_text(drawing->arena, code, "vorm", text_keep(drawing->arena, &path));
}

/* The page's own contact hides the region's, key by key. */
static void view_put_own_contact(struct drawing *drawing, struct value *page)
{
	const struct value *own = drawing->variant->contact;
	const struct value *shared;
	struct value *region, *contact;

	if (own == NULL || drawing->scope->region == NULL)
		return;
	region = value_put_map(drawing->arena, page, "regio");
	shared = value_at(drawing->scope->values, "regio");
	for (const struct value *entry = shared->first; entry != NULL; entry = entry->next)
		if (!slice_is(entry->key, "contact") && !slice_is(entry->key, "heeft-contact"))
			value_put_copy(drawing->arena, region, entry->key.data, entry);
	contact = value_put_map(drawing->arena, region, "contact");
	view_put_contact(drawing->arena, contact, drawing->view, own);
	shared = value_at(drawing->scope->region->root, "contact");
	if (shared != NULL)
		view_put_contact(drawing->arena, contact, drawing->view, shared);
	value_put_bool(drawing->arena, region, "heeft-contact", view_has_contact(contact));
}

struct slice view_template(const struct variant *variant)
{
	const struct page *page = variant->page;

	if (page->address.size == 0)
		return slice_of("thuis");
	if (page->is_index && page->collection != NULL)
		return slice_of("verzameling");
	return page->type->template;
}

struct value *view_variant(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t number)
{
	const struct variant *variant = scope->variants[number];
	struct view_place place = {.view = view,
		.scope = scope,
		.address = variant->page->address,
		.title = variant->title,
		.expired = date_is_past(variant->page->valid_until, view->site->date)};
	struct value *page = view_page(arena, &place, view_template(variant).data);
	struct drawing drawing = {.arena = arena,
		.view = view,
		.scope = scope,
		.variant = variant,
		.number = number,
		.body = {.site = view->site,
			.region = scope->region,
			.contact = variant->contact,
			.strings = view->strings,
			.root = value_text_at(page, "wortel"),
			.home = value_text_at(page, "thuis")}};

	drawing.body.explained = arena_new(arena, view->site->glossary.count / 8 + 1, 1);
	view_put_type(&drawing, page);
	view_put_standing(&drawing, page);
	view_put_lost_ids(&drawing, page);
	view_put_fields(arena, page, view, scope, variant->page);
	value_put_bool(arena, page, "in-trein", view_has_train(scope, variant->page));
	value_put_bool(arena, page, "over-trein", view_tells_trains(view, scope, variant));
	if (place.expired)
		view_put_alternatives(arena, page, view, scope, variant->page);
	view_put_page_drift(arena, page, view, variant);
	view_put_parts(&drawing, page);
	view_put_contents(&drawing, page);
	view_put_dates(&drawing, page);
	view_put_lists(&drawing, page);
	view_put_sources(&drawing, page);
	view_put_neighbours(&drawing, page);
	view_put_journeys(arena, page, scope, variant);
	view_put_own_contact(&drawing, page);
	view_put_code(&drawing, page);
	view_put_harvest_of(arena, page, view, variant);
	view_add_changes(arena, page, view, scope, variant);
	compare_add_way(arena, page, view, variant);
	text_free(&drawing.buffer);
	return page;
}
