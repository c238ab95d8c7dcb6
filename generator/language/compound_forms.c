/*
 * Open addressing with linear probing, at most three quarters full.
 */
#include "language/compound_forms.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "language/compound_table.h"

#define FORMS_KINDS UINT64_C(0xff)
#define FORMS_FEWEST ((size_t)64)
#define FORMS_SHORT 3 /* bytes: so short a form counts only when our lists have it */

static const char *const forms_particles[] = {"aan", "aaneen", "achter", "achteruit", "af", "bij",
	"bijeen", "binnen", "boven", "buiten", "door", "heruit", "ineen", "infra", "langs", "mede",
	"naar", "neder", "neer", "onder", "opeen", "opper", "over", "overeen", "overs", "samen",
	"super", "tegen", "terug", "trans", "tussen", "uiteen", "vast", "voor", "vooruit", "voort",
	"weer", "zelf"};

/* Each also with an s. */
static const char *const forms_endings[] = {"aard", "baarheid", "gelovig", "gelovige",
	"gelovigheid", "gevend", "gevende", "gever", "geving", "heden", "heid", "hebber", "houder",
	"komst", "komsten", "land", "landen", "lander", "lijk", "lijkheid", "linnen", "loos",
	"loosheid", "loze", "matig", "matige", "matigheid", "meren", "nemend", "nemende", "nemer",
	"neming", "rijk", "rijke", "rijker", "rijkst", "rijkste", "ring", "ringen", "schap",
	"schappen", "standig", "standige", "stelling", "stellingen", "ster", "tijdig", "tijdige",
	"tijdigheid", "vol", "volle", "waardig", "waardige", "waardigheid", "zinnig", "zinnige",
	"zinnigheid"};

/* The dictionary flags no words of three letters, since most of them tempt. These do not. */
static const char *const forms_short_begins[] = {"app", "bad", "bos", "bus", "dag", "eis", "gas",
	"ijs", "job", "les", "oog", "oor", "rij", "rug", "ski", "tas", "vak", "vis", "web", "zak",
	"zee"};
static const char *const forms_short_ends[] = {"app", "bad", "bak", "bed", "bon", "bos", "bus",
	"dag", "dam", "eis", "gas", "gat", "hek", "hof", "hok", "hut", "jas", "job", "kas", "les",
	"lid", "map", "mes", "net", "pad", "pas", "pet", "pil", "pop", "pot", "rek", "rit", "rok",
	"set", "tak", "tas", "tip", "vak", "vat", "vis", "web", "weg", "wet", "zak"};

/* Their parts do not mean any more what the words mean, or are not their parts. */
static const char *const forms_whole[] = {"automaat", "automaten", "donderdag", "maandag",
	"netwerk", "netwerken", "spektakel", "vliegtuig", "vliegtuigen", "vrijdag", "zaterdag",
	"ziekenhuis", "ziekenhuizen"};

/* The slot that has this hash, or the free one where it belongs. There is a free one. */
static size_t forms_slot(const struct compound_forms *forms, uint64_t hash)
{
	size_t mask = forms->capacity - 1;
	/* What differs in the last byte of a word alone stands in the lower half. */
	size_t at = (size_t)((hash ^ hash >> 32) >> 8) & mask;

	while (forms->slots[at] != 0 && (forms->slots[at] ^ hash) > FORMS_KINDS)
		at = (at + 1) & mask;
	return at;
}

/* Makes room for so many forms. */
static void forms_reserve(struct compound_forms *forms, size_t count)
{
	struct compound_forms larger = {.count = forms->count, .capacity = FORMS_FEWEST};

	while (larger.capacity / 4 * 3 <= count)
		larger.capacity *= 2;
	if (larger.capacity <= forms->capacity)
		return;
	larger.slots = mem_new(larger.capacity, sizeof(*larger.slots));
	for (size_t i = 0; i < forms->capacity; i++)
		if (forms->slots[i] != 0)
			larger.slots[forms_slot(&larger, forms->slots[i])] = forms->slots[i];
	free(forms->slots);
	*forms = larger;
}

static void forms_put(struct compound_forms *forms, uint64_t hash, unsigned kinds)
{
	size_t at;

	assert(kinds != 0 && kinds <= FORMS_KINDS);
	forms_reserve(forms, forms->count + 1);
	at = forms_slot(forms, hash);
	if (forms->slots[at] == 0) {
		forms->slots[at] = hash & ~FORMS_KINDS;
		forms->count++;
	}
	forms->slots[at] |= kinds;
}

void compound_forms_add(struct compound_forms *forms, struct slice word, unsigned kinds)
{
	uint64_t hash = COMPOUND_HASH_START;

	for (size_t i = 0; i < word.size; i++)
		hash = compound_hash_add(hash, word.data[i]);
	forms_put(forms, hash, kinds);
}

static void forms_add_list(
	struct compound_forms *forms, const char *const *words, size_t count, unsigned kinds)
{
	for (size_t i = 0; i < count; i++)
		compound_forms_add(forms, slice_of(words[i]), kinds);
}

/* Adds our own lists. */
static void forms_add_lists(struct compound_forms *forms)
{
	struct text plural = {0};

	forms_add_list(forms, forms_particles, ARRAY_LEN(forms_particles), COMPOUND_PARTICLE);
	forms_add_list(forms, forms_endings, ARRAY_LEN(forms_endings), COMPOUND_ENDING);
	for (size_t i = 0; i < ARRAY_LEN(forms_endings); i++) {
		text_clear(&plural);
		text_printf(&plural, "%ss", forms_endings[i]);
		compound_forms_add(forms, text_slice(&plural), COMPOUND_ENDING);
	}
	forms_add_list(forms, forms_short_begins, ARRAY_LEN(forms_short_begins), COMPOUND_BEGIN);
	forms_add_list(forms, forms_short_ends, ARRAY_LEN(forms_short_ends), COMPOUND_END);
	forms_add_list(forms, forms_whole, ARRAY_LEN(forms_whole), COMPOUND_WHOLE);
	text_free(&plural);
}

int compound_forms_read(struct compound_forms *out, struct slice bytes)
{
	struct compound_table table;
	struct compound_form form;
	struct compound_forms forms = {0};
	uint64_t hashes[COMPOUND_LONGEST + 1] = {
		COMPOUND_HASH_START}; /* of the word's beginnings */
	int more;

	if (!compound_table_open(&table, bytes))
		return -1;
	forms_reserve(&forms, table.left);
	while ((more = compound_table_next(&form, &table)) > 0) {
		for (size_t i = form.shared; i < form.word.size; i++)
			hashes[i + 1] = compound_hash_add(hashes[i], form.word.data[i]);
		if (form.word.size <= FORMS_SHORT)
			form.kinds &= ~(unsigned)(COMPOUND_BEGIN | COMPOUND_END);
		if (form.kinds != 0)
			forms_put(&forms, hashes[form.word.size], form.kinds);
	}
	if (more < 0) {
		compound_forms_free(&forms);
		return -1;
	}
	forms_add_lists(&forms);
	*out = forms;
	return 0;
}

unsigned compound_forms_get(const struct compound_forms *forms, uint64_t hash)
{
	if (forms->count == 0)
		return 0;
	return (unsigned)(forms->slots[forms_slot(forms, hash)] & FORMS_KINDS);
}

void compound_forms_free(struct compound_forms *forms)
{
	free(forms->slots);
	*forms = (struct compound_forms){0};
}
