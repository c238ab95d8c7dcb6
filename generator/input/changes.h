/*
 * Which of a list of paths differ between two trees of the object store. Only folders that hold
 * one of them are looked into, and only where the two trees differ.
 */
#ifndef DRAAIBOEK_CHANGES_H
#define DRAAIBOEK_CHANGES_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct repository;

/* A path that differs. */
struct change {
	uint32_t path;		 /* its number */
	unsigned char id[20];	 /* of the blob in the first tree; zeroes when there is no file */
	unsigned char other[20]; /* in the other tree */
};

/* Starts as all zeroes, but for what the caller sets. */
struct changes {
	const struct repository *repository; /* set by the caller */
	const struct slice *paths;	     /* set by the caller, as often as it likes; sorted by
						bytes, each once */
	size_t path_count;		     /* set by the caller */
	uint32_t *seen;			     /* by path: the round that found it last */
	size_t seen_count;
	uint32_t round;
	struct change *list; /* what changes_find() found */
	size_t count;
	size_t capacity;
};

/*
 * Finds the paths of which the entries differ between two trees (ids of 20 bytes; NULL is the empty
 * tree), by kind, mode or content, each once. Returns -1, without a message, when a tree cannot be
 * read.
 */
int changes_find(struct changes *changes, const unsigned char *tree, const unsigned char *other);
void changes_free(struct changes *changes);

#endif
