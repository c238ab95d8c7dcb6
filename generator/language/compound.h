/*
 * Splits Dutch compounds: "loonkostensubsidie" is also found by "subsidie" and by "loonkosten".
 *
 * What can begin and what can end a compound is known from a table made of a dictionary
 * (language/compound_table), from the words of the site itself, and from the exceptions that its
 * editors keep. First fill a `struct compounds`: open it, add words and exceptions. From then on
 * nothing changes it, and any number of threads may split with it at once. What a word is split
 * into depends on what was added, not on the order of adding.
 */
#ifndef DRAAIBOEK_COMPOUND_H
#define DRAAIBOEK_COMPOUND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct compounds;
struct diags;

#define COMPOUND_NODES 24 /* no word ever gives more */

/*
 * Reads the table at `path`, which takes some milliseconds. Fails with a message when there is
 * none, or when it is damaged or of another version.
 */
int compound_open(struct compounds **out, const char *path, struct diags *diags);

/* The same from bytes, which need not outlive the call; `path` is what the message names. */
int compound_read(
	struct compounds **out, struct slice bytes, const char *path, struct diags *diags);

/* Takes NULL. */
void compound_free(struct compounds *compounds);

/*
 * Adds a word of the site, in lower case: with five letters or more it can be a part of a compound
 * that the dictionary does not know. Its bytes are not kept; adding it twice makes no difference.
 */
void compound_add_word(struct compounds *compounds, struct slice word);

/* True for what compound_split() looks at: 2 to 63 bytes, UTF-8, letters in lower case only. */
bool compound_is_word(struct slice word);

/*
 * Says what the nodes of a word are: these parts and no others, also where it is a part of another
 * word or has s, n or en behind it. Without parts it is never split. The word is as
 * compound_is_word() wants it; the parts, which need not lie in the word, are the reader's words in
 * lower case. All is copied. Of two exceptions for one word the one added last holds.
 */
void compound_add_exception(
	struct compounds *compounds, struct slice word, const struct slice *parts, size_t count);

/*
 * Finds the nodes of a word's tree, the word itself left out, each once: for "loonkostensubsidie"
 * loonkosten, loon, kosten, subsidie. Gives how many there are; 0 for a word that is no compound,
 * or that compound_is_word() refuses.
 *
 * The word is a token as it stands in the text, trimmed and in lower case, but not stemmed; nor are
 * the nodes. A node is the word that a reader would type: "werkgeversservicepunt" gives werkgever,
 * without the s that links it, since a stem differs with it ("inkomens", "inkomen"). A plural on
 * the left stays as it is. When nothing tells which two of three parts belong together, both pairs
 * are nodes: "werkgeversservice" and "servicepunt".
 *
 * The slices lie in the word, but those of an exception lie in the compounds.
 */
size_t compound_split(
	struct slice out[COMPOUND_NODES], const struct compounds *compounds, struct slice word);

#endif
