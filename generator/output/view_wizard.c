/*
 * The regelingenwijzer: questions about a candidate, and the schemes to talk over. All schemes
 * stand in the page; the style sheet of output/wizard_style hides what the answers exclude.
 */
#include "output/view.h"

#include "base/value.h"
#include "model/fit.h"
#include "model/links.h"
#include "model/site.h"

bool view_has_wizard(const struct view *view)
{
	return value_at(value_at(view->common, "assets"), "wijzer") != NULL;
}

bool view_in_wizard(const struct view *view, const struct variant *variant)
{
	return view_has_wizard(view) && variant->hidden == NULL &&
	       fit_state(view->site, variant->page) == FIT_LISTED;
}

/* ---- Questions */

static void put_answer(struct arena *arena, struct value *list, const struct question *question,
	const struct answer *answer, struct slice words)
{
	struct value *item = value_append_map(arena, list);
	struct text token = {0};

	question_token(&token, question, answer);
	value_put_text(arena, item, "sleutel", text_keep(arena, &token));
	value_put_text(arena, item, "naam", answer != NULL ? answer->name : slice_of(ANSWER_WORD));
	value_put_text(arena, item, "woorden", words);
	value_put_bool(arena, item, "gekozen", answer == NULL);
}

static void put_questions(struct arena *arena, struct value *page, const struct view *view)
{
	const struct questions *questions = &view->site->questions;
	struct value *list = value_put_list(arena, page, "vragen");

	for (size_t q = 0; q < questions->count; q++) {
		const struct question *question = &questions->items[q];
		struct value *item = value_append_map(arena, list), *answers;

		value_put_text(arena, item, "naam", question->name);
		value_put_text(arena, item, "vraag", question->text);
		value_put_text(arena, item, "uitleg", question->help);
		value_put_text(arena, item, "groep", question->name);
		answers = value_put_list(arena, item, "antwoorden");
		put_answer(arena, answers, question, NULL,
			value_text_at(view->strings, "wijzer-weet-niet"));
		for (size_t a = 0; a < question->count; a++)
			put_answer(arena, answers, question, &question->answers[a],
				question->answers[a].words);
	}
}

/* ---- Schemes */

/* The answers that exclude the scheme, as the style sheet calls them. */
static struct slice excluding_tokens(
	struct arena *arena, const struct questions *questions, const struct scheme *scheme)
{
	struct text tokens = {0};

	for (size_t c = 0; c < scheme->count; c++) {
		const struct condition *condition = &scheme->conditions[c];
		const struct question *question = &questions->items[condition->question];

		for (size_t a = 0; a < question->count; a++) {
			if ((condition->accepted >> a & 1) != 0)
				continue;
			text_puts(&tokens, tokens.size > 0 ? " " : "");
			question_token(&tokens, question, &question->answers[a]);
		}
	}
	return text_keep(arena, &tokens);
}

/* The conditions in words: the question, and the answers that the scheme takes. */
static void put_conditions(struct arena *arena, struct value *item,
	const struct questions *questions, const struct scheme *scheme)
{
	struct value *list = value_put_list(arena, item, "eisen");

	for (size_t c = 0; c < scheme->count; c++) {
		const struct condition *condition = &scheme->conditions[c];
		const struct question *question = &questions->items[condition->question];
		struct value *entry = value_append_map(arena, list), *answers;

		value_put_text(arena, entry, "naam", question->name);
		value_put_text(arena, entry, "vraag", question->text);
		answers = value_put_list(arena, entry, "goed");
		for (size_t a = 0; a < question->count; a++) {
			struct value *answer;

			if ((condition->accepted >> a & 1) == 0)
				continue;
			answer = value_append_map(arena, answers);
			value_put_text(arena, answer, "woorden", question->answers[a].words);
			value_put_bool(
				arena, answer, "laatste", condition->accepted >> a >> 1 == 0);
		}
	}
	value_put_bool(arena, item, "heeft-eisen", list->count > 0);
}

static void put_sources(struct arena *arena, struct value *item, const struct page *page)
{
	const struct value *sources = value_at(page->front, "bron");
	struct value *list = value_put_list(arena, item, "bronnen");

	for (const struct value *source = sources == NULL		? NULL
					  : sources->kind == VALUE_LIST ? sources->first
									: sources;
		source != NULL; source = sources->kind == VALUE_LIST ? source->next : NULL) {
		struct value *entry = value_append_map(arena, list);
		bool whole = source->kind == VALUE_MAP;

		value_put_text(arena, entry, "titel",
			whole ? value_text_at(source, "titel") : value_text(source));
		value_put_text(arena, entry, "uitgever",
			whole ? value_text_at(source, "uitgever") : (struct slice){0});
	}
	value_put_bool(arena, item, "heeft-bronnen", list->count > 0);
}

static void put_scheme(struct arena *arena, struct value *list, const struct view *view,
	const struct view_scope *scope, const struct scheme *scheme)
{
	const struct questions *questions = &view->site->questions;
	struct value *item = value_append_map(arena, list);
	const struct value *phases;

	value_put_text(arena, item, "titel", scheme->title);
	value_put_text(arena, item, "samenvatting", scheme->summary);
	value_put_text(arena, item, "pad", scheme->page->address);
	value_put_bool(arena, item, "alleen-regio", scheme->page->role == ROLE_REGIONAL);
	value_put_text(arena, item, "niet", excluding_tokens(arena, questions, scheme));
	put_conditions(arena, item, questions, scheme);
	view_put_fields(arena, item, view, scope, scheme->page);
	phases = value_at(value_at(item, "veld"), "fase");
	value_put_bool(arena, item, "meer-fasen",
		phases != NULL && phases->kind == VALUE_LIST && phases->count > 1);
	put_sources(arena, item, scheme->page);
	if (view_put_date(arena, item, "geldig-tot", view, scheme->page->valid_until) == NULL)
		value_put_bool(arena, item, "geldig-tot", false);
}

/* ---- The page */

/* True when a region lists what the nation does, in the same words. */
static bool is_national(const struct scheme *schemes, size_t count, const struct view *view)
{
	struct arena arena = {0};
	size_t national_count, same = 0;
	const struct scheme *national = fit_list(&national_count, &arena, view->site, NULL);

	while (same < count && same < national_count && schemes[same].page == national[same].page &&
		slice_equal(schemes[same].title, national[same].title) &&
		slice_equal(schemes[same].summary, national[same].summary))
		same++;
	arena_free(&arena);
	return same == count && same == national_count;
}

/* Its style sheet: the region's own where its schemes are others. */
static struct slice wizard_style_address(const struct view *view, const struct view_scope *scope)
{
	const struct value *assets = value_at(view->common, "assets");
	struct slice address = {0};
	struct text key = {0};

	if (scope->region != NULL) {
		text_puts(&key, "wijzer-");
		text_add(&key, scope->region->slug);
		address = value_text_at(assets, key.data);
		text_free(&key);
	}
	return address.size > 0 ? address : value_text_at(assets, "wijzer");
}

static void put_phases(struct arena *arena, struct value *page, const struct view *view,
	const struct view_scope *scope, const struct scheme *schemes, size_t count)
{
	struct value *list = value_put_list(arena, page, "groepen");

	for (size_t i = 0, end; i < count; i = end) {
		struct value *item = value_append_map(arena, list), *inside;

		end = fit_phase_end(schemes, count, i);
		value_put_number(arena, item, "nummer", list->count);
		value_put_text(arena, item, "fase", schemes[i].phase);
		inside = value_put_list(arena, item, "regelingen");
		for (; i < end; i++)
			put_scheme(arena, inside, view, scope, &schemes[i]);
	}
	value_put_bool(arena, page, "heeft-fasen", count > 0 && schemes[0].phase.size > 0);
	value_put_number(arena, page, "regelingen-aantal", count);
}

struct value *view_wizard(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	const struct questions *questions = &view->site->questions;
	struct view_place place = {.view = view,
		.scope = scope,
		.address = slice_of("regelingenwijzer/"),
		.title = questions->title.size > 0
				 ? questions->title
				 : value_text_at(view->strings, "regelingenwijzer")};
	struct value *page = view_made_page(arena, &place, "regelingenwijzer"), *own;
	size_t count;
	const struct scheme *schemes = fit_list(&count, arena, view->site, scope->region);

	own = (struct value *)value_at(page, "pagina");
	value_put_text(arena, own, "samenvatting", questions->introduction);
	if (scope->region != NULL)
		view_use_national(
			arena, page, view, place.address, is_national(schemes, count, view), true);
	value_put_text(arena, page, "wijzer-stijl", wizard_style_address(view, scope));
	put_questions(arena, page, view);
	put_phases(arena, page, view, scope, schemes, count);
	return page;
}
