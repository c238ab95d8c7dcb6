/*
 * What pages say of going together, by `combineert-met`, `sluit-uit` and `fase`: it must not
 * contradict itself. A message stands where one of two pages names the other, and names the place
 * in the other file.
 */
#include "check/check.h"

#include "base/diag.h"
#include "base/value.h"
#include "model/date.h"
#include "model/relations.h"
#include "model/site.h"
#include "model/trains.h"

/* The page of the two in whose file the relation does not stand. */
static const struct page *combinations_other(const struct relation *relation)
{
	return relation->by == relation->page ? relation->other : relation->page;
}

static struct place combinations_place(const struct relation *relation)
{
	return schema_place(relation->by->file.data, relation->named);
}

/* The two go together and exclude each other. */
static void combinations_check_exclusion(
	const struct site *site, const struct relation *relation, struct diags *diags)
{
	const struct relation *excludes =
		relations_between(site, relation->page, relation->other, RELATION_EXCLUDES);
	struct text place = {0};

	if (excludes == NULL)
		return;
	text_printf(&place, "%s:%u", excludes->by->file.data, excludes->named->line);
	diag_add(diags, DIAG_COMBINATION_EXCLUDED, combinations_place(relation),
		combinations_other(relation)->file.data, place.data, (char *)NULL);
	text_free(&place);
}

/* Both must have a place in one order of phases, when there are phases. */
static void combinations_check_phases(const struct relation *relation, struct diags *diags)
{
	const struct page *const pages[] = {relation->by, combinations_other(relation)};
	size_t first, last;

	if (trains_phases(pages[0]) == NULL && trains_phases(pages[1]) == NULL)
		return;
	if (!trains_share_phases(pages[0], pages[1])) {
		diag_add(diags, DIAG_COMBINATION_TYPES, combinations_place(relation),
			pages[1]->file.data, (char *)NULL);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		if (!trains_span(&first, &last, pages[i]) &&
			value_at(pages[i]->front, TRAIN_PHASE) == NULL)
			diag_add(diags, DIAG_COMBINATION_PHASE, combinations_place(relation),
				pages[1]->file.data, pages[i]->file.data, (char *)NULL);
}

/* Each of the two names the other: the one that stands last may go. */
static void combinations_check_twice(
	const struct site *site, const struct relation *relation, struct diags *diags)
{
	const struct relation *back =
		relations_between(site, relation->other, relation->page, relation->field.data);
	struct text place = {0};

	if (relation->by != relation->page || back == NULL || back->by != relation->other ||
		relation->page < relation->other)
		return;
	text_printf(&place, "%s:%u", back->by->file.data, back->named->line);
	diag_add(diags, DIAG_COMBINATION_TWICE, combinations_place(relation), place.data,
		(char *)NULL);
	text_free(&place);
}

static void combinations_check_dates(
	const struct site *site, const struct relation *relation, struct diags *diags)
{
	const struct page *other = combinations_other(relation);
	struct text date = {0};

	if (!date_is_past(other->valid_until, site->date) ||
		date_is_past(relation->by->valid_until, site->date))
		return;
	date_iso(&date, other->valid_until);
	diag_add(diags, DIAG_COMBINATION_EXPIRED, combinations_place(relation), other->file.data,
		date.data, (char *)NULL);
	text_free(&date);
}

void check_combinations(const struct site *site, struct diags *diags)
{
	for (size_t i = 0; i < site->relation_count; i++) {
		const struct relation *relation = &site->relations[i];
		bool combines = slice_is(relation->field, RELATION_COMBINES);
		bool excludes = slice_is(relation->field, RELATION_EXCLUDES);

		/* A mutual one stands in the list twice: once from each side. */
		if (!combines && !excludes && !slice_is(relation->field, RELATION_DIFFERS))
			continue;
		combinations_check_twice(site, relation, diags);
		if (relation->by != relation->page)
			continue;
		if (combines || excludes)
			combinations_check_dates(site, relation, diags);
		if (!combines)
			continue;
		combinations_check_phases(relation, diags);
		combinations_check_exclusion(site, relation, diags);
	}
}
