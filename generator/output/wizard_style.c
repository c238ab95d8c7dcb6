/*
 * A scheme is hidden when any of some radios is checked: those of the answers that it does not
 * take. So a list is empty when for each of its schemes one of those is checked, which is a
 * selector too.
 */
#include "output/wizard_style.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/fit.h"
#include "model/site.h"
#include "output/bundle.h"

/* The answers that exclude a scheme: for each question a bit for each. */
struct excluding {
	uint64_t answers[QUESTIONS_LIMIT];
};

static void add_checked(
	struct text *out, const struct question *question, const struct answer *answer)
{
	text_puts(out, "#w-");
	question_token(out, question, answer);
	text_puts(out, ":checked");
}

static uint64_t all_answers(const struct question *question)
{
	return UINT64_MAX >> (64 - question->count);
}

static struct excluding find_excluding(
	const struct questions *questions, const struct scheme *scheme)
{
	struct excluding excluding = {{0}};

	for (size_t i = 0; i < scheme->count; i++) {
		const struct condition *condition = &scheme->conditions[i];

		excluding.answers[condition->question] |=
			~condition->accepted & all_answers(&questions->items[condition->question]);
	}
	return excluding;
}

static bool is_within(const struct excluding *one, const struct excluding *other)
{
	for (size_t q = 0; q < QUESTIONS_LIMIT; q++)
		if ((one->answers[q] & ~other->answers[q]) != 0)
			return false;
	return true;
}

static bool is_nothing(const struct excluding *excluding)
{
	static const struct excluding nothing = {{0}};

	return is_within(excluding, &nothing);
}

/* ":has(#w-uitkering_nee:checked,…)": one of these is checked. */
static void add_any(
	struct text *out, const struct questions *questions, const struct excluding *excluding)
{
	const char *before = ":has(";

	for (size_t q = 0; q < questions->count; q++)
		for (size_t a = 0; a < questions->items[q].count; a++) {
			if ((excluding->answers[q] >> a & 1) == 0)
				continue;
			text_puts(out, before);
			add_checked(out, &questions->items[q], &questions->items[q].answers[a]);
			before = ",";
		}
	text_byte(out, ')');
}

/*
 * ".wijzer" with what is checked when none of the schemes is left. A scheme that is hidden whenever
 * another one is adds nothing. False, and nothing added, when one cannot be hidden.
 */
static bool add_none_left(struct text *out, const struct questions *questions,
	const struct excluding *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_nothing(&list[i]))
			return false;
	text_puts(out, ".wijzer");
	for (size_t i = 0; i < count; i++) {
		size_t other = 0;

		while (other < count && (other == i || !is_within(&list[other], &list[i]) ||
						(other > i && is_within(&list[i], &list[other]))))
			other++;
		if (other == count)
			add_any(out, questions, &list[i]);
	}
	return true;
}

/* Each answer that excludes a scheme hides those that it excludes. */
static void add_answers(struct text *out, const struct questions *questions,
	const struct excluding *list, size_t count)
{
	const char *before = "";

	for (size_t q = 0; q < questions->count; q++) {
		uint64_t excluding = 0;

		for (size_t i = 0; i < count; i++)
			excluding |= list[i].answers[q];
		for (size_t a = 0; a < questions->items[q].count; a++) {
			const struct answer *answer = &questions->items[q].answers[a];

			if ((excluding >> a & 1) == 0)
				continue;
			text_puts(out, before);
			text_puts(out, ".wijzer:has(");
			add_checked(out, &questions->items[q], answer);
			text_puts(out, ") [data-niet~=\"");
			question_token(out, &questions->items[q], answer);
			text_puts(out, "\"]");
			before = ",";
		}
	}
	if (*before != '\0')
		text_puts(out, "{display:none}\n");
}

/* What a scheme asks is marked once the question is answered. */
static void add_answered(struct text *out, const struct questions *questions)
{
	for (size_t q = 0; q < questions->count; q++) {
		struct excluding any = {{0}};

		any.answers[q] = all_answers(&questions->items[q]);
		text_puts(out, q > 0 ? ",.wijzer" : ".wijzer");
		add_any(out, questions, &any);
		text_puts(out, " [data-eis=\"");
		text_add(out, questions->items[q].name);
		text_puts(out, "\"]");
	}
	text_puts(out, "{--eis:attr(data-past);--eis-na:none;--eis-teken:\"\\2713\"}\n");
}

void wizard_style_write(struct text *out, const struct questions *questions,
	const struct scheme *schemes, size_t count)
{
	struct excluding *list = mem_new(count, sizeof(*list));
	size_t phase = 0;

	if (questions->count == 0)
		goto out;
	for (size_t i = 0; i < count; i++)
		list[i] = find_excluding(questions, &schemes[i]);
	add_answers(out, questions, list, count);
	add_answered(out, questions);
	for (size_t i = 0, end; i < count; i = end) {
		end = fit_phase_end(schemes, count, i);
		phase++;
		if (add_none_left(out, questions, list + i, end - i))
			text_printf(out, " [data-fase=\"%zu\"]{display:none}\n", phase);
	}
	if (add_none_left(out, questions, list, count))
		text_puts(out, " .wijzer-niets{display:block}\n");
out:
	free(list);
}

static struct slice make(struct arena *arena, const struct site *site, const struct region *region)
{
	struct arena lists = {0};
	struct text style = {0};
	size_t count;
	const struct scheme *schemes = fit_list(&count, &lists, site, region);

	wizard_style_write(&style, &site->questions, schemes, count);
	arena_free(&lists);
	return text_keep(arena, &style);
}

void wizard_style_add(struct bundle *bundle, struct arena *arena, const struct site *site)
{
	struct slice national = make(arena, site, NULL);

	bundle_add_style(bundle, arena, slice_of("wijzer"), slice_of("wijzer.css"), national);
	for (size_t i = 0; i < site->region_count; i++) {
		const struct region *region = &site->regions[i];
		struct slice style = make(arena, site, region);
		struct text key = {0};

		if (slice_equal(style, national))
			continue;
		text_puts(&key, "wijzer-");
		text_add(&key, region->slug);
		bundle_add_style(
			bundle, arena, text_keep(arena, &key), slice_of("wijzer.css"), style);
	}
}
