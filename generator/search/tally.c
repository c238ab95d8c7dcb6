/*
 * A field has some hundred different terms out of tens of thousands. Walking the bits that are set
 * costs a few steps for each, where sorting would compare each some seven times.
 */
#include "search/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define ROW ((size_t)64)

static void *widen(void *array, size_t old, size_t count, size_t size)
{
	char *wide = mem_resize(array, count, size);

	memset(wide + old * size, 0, (count - old) * size);
	return wide;
}

static void grow(struct tally *tally, size_t term)
{
	size_t old = tally->capacity;
	size_t capacity = old > 0 ? old : ROW * ROW;

	while (capacity <= term)
		capacity *= 2;
	tally->counts = widen(tally->counts, old, capacity, sizeof(*tally->counts));
	tally->present = widen(tally->present, old / ROW, capacity / ROW, sizeof(*tally->present));
	tally->occupied = widen(
		tally->occupied, old / ROW / ROW, capacity / ROW / ROW, sizeof(*tally->occupied));
	tally->capacity = capacity;
}

bool tally_add(struct tally *tally, uint32_t term, uint32_t count)
{
	if (term >= tally->capacity)
		grow(tally, term);
	tally->counts[term] += count;
	if (tally->counts[term] > count)
		return false;
	tally->present[term / ROW] |= UINT64_C(1) << term % ROW;
	tally->occupied[term / ROW / ROW] |= UINT64_C(1) << term / ROW % ROW;
	tally->size++;
	return true;
}

/* The place of the lowest bit that is set; there is one. */
static inline unsigned lowest(uint64_t bits)
{
	return (unsigned)__builtin_ctzll(bits);
}

void tally_take(struct tally_entry *out, struct tally *tally)
{
	for (size_t i = 0; i < tally->capacity / ROW / ROW; i++) {
		for (uint64_t row = tally->occupied[i]; row != 0; row &= row - 1) {
			size_t word = i * ROW + lowest(row);

			for (uint64_t bits = tally->present[word]; bits != 0; bits &= bits - 1) {
				size_t term = word * ROW + lowest(bits);

				*out++ = (struct tally_entry){(uint32_t)term, tally->counts[term]};
				tally->counts[term] = 0;
			}
			tally->present[word] = 0;
		}
		tally->occupied[i] = 0;
	}
	tally->size = 0;
}

void tally_free(struct tally *tally)
{
	free(tally->counts);
	free(tally->present);
	free(tally->occupied);
	*tally = (struct tally){0};
}
