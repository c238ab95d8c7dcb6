/*
 * What pages and scenarios name of the regelingenwijzer, with a message for what there is not.
 */
#ifndef DRAAIBOEK_WIZARD_H
#define DRAAIBOEK_WIZARD_H

#include <stddef.h>

struct diags;
struct question;
struct questions;
struct value;

/* The number of the question that the entry's key names; that of all questions, with a message. */
size_t wizard_question(const struct questions *questions, const struct value *entry,
	const char *path, struct diags *diags);

/* The number of the answer that the text names; that of all answers, with a message. */
size_t wizard_answer(const struct question *question, const struct value *item, const char *path,
	struct diags *diags);

#endif
