/*
 * The questions of the regelingenwijzer, in content/regelingenwijzer.yml: draaiboek-site(5), "THE
 * REGELINGENWIJZER". Which page asks for which answer is in model/fit.
 */
#ifndef DRAAIBOEK_QUESTIONS_H
#define DRAAIBOEK_QUESTIONS_H

#include <stddef.h>

#include "base/text.h"

struct arena;
struct diags;
struct value;

#define QUESTIONS_PATH "content/regelingenwijzer.yml"
#define QUESTIONS_KEYS 5000	/* in the file */
#define QUESTIONS_LIMIT 60	/* questions */
#define ANSWERS_LIMIT 60	/* of one question: they are the bits of a number */
#define ANSWER_OPEN (-1)	/* weet ik niet */
#define ANSWER_WORD "weet-niet" /* its name, which no other answer may have */

struct answer {
	struct slice name; /* a slug */
	struct slice words;
	const struct value *entry;
};

struct question {
	struct slice name; /* a slug */
	struct slice text;
	struct slice help; /* may be empty */
	const struct value *entry;
	const struct answer *answers; /* two or more; without "weet ik niet" */
	size_t count;
};

/* Starts as all zeroes: there is no regelingenwijzer. */
struct questions {
	struct slice title;
	struct slice introduction; /* may be empty */
	const struct question *items;
	size_t count;
};

/*
 * Reads the map of QUESTIONS_PATH; what is wrong in it is said and left out. All is in the arena or
 * borrowed from the tree.
 */
void questions_read(
	struct questions *out, struct arena *arena, const struct value *root, struct diags *diags);

/* The number of the question with this name; that of all questions when there is none. */
size_t questions_find(const struct questions *questions, struct slice name);

/* The number of the answer with this name; that of all answers when there is none. */
size_t question_answer(const struct question *question, struct slice name);

/* Appends "uitkering_ja", the name of an answer among all; NULL: that of "weet ik niet". */
void question_token(struct text *out, const struct question *question, const struct answer *answer);

#endif
