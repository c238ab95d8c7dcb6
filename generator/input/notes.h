/*
 * Footnotes: the numbers in the text, the way to the note and back. A file's notes are numbered
 * through, but every section shows those that it refers to, so that it can be shown on its own.
 */
#ifndef DRAAIBOEK_NOTES_H
#define DRAAIBOEK_NOTES_H

#include <stddef.h>

struct writer;

/* Writes a reference to a note, numbered from 0, and takes the note up in the open section. */
void notes_refer(struct writer *writer, size_t note);

/* Writes the start of a note: its list item, and after its text the links back. */
void notes_open(struct writer *writer, size_t note);
void notes_back(struct writer *writer, size_t note);

/* The start and end of the section's list of notes. */
void notes_begin(struct writer *writer);
void notes_end(struct writer *writer);

#endif
