/*
 * The id of a note holds that of its section, since another section may show the same note. Ids
 * that start with "noot-" are no heading's: see headings.c.
 */
#include "input/notes.h"

#include "input/writer.h"

static void add_id(struct writer *writer, size_t note)
{
	struct text *html = &writer->html;
	struct slice section = writer->sections[writer->section].id;

	text_puts(html, writer->id_prefix);
	text_puts(html, "noot-");
	text_add(html, section);
	if (section.size > 0)
		text_byte(html, '-');
	text_number(html, note + 1);
}

/* The id of the `use`th reference to a note, from 1. */
static void add_reference_id(struct writer *writer, size_t note, unsigned use)
{
	add_id(writer, note);
	text_puts(&writer->html, "-terug");
	if (use > 1)
		text_printf(&writer->html, "-%u", use);
}

void notes_refer(struct writer *writer, size_t note)
{
	struct text *html = &writer->html;
	unsigned use = ++writer->note_uses[note];

	if (use == 1)
		writer->note_order[writer->note_used++] = note;
	text_puts(html, "<sup class=\"nootcijfer\"><a href=\"#");
	add_id(writer, note);
	text_puts(html, "\" id=\"");
	add_reference_id(writer, note, use);
	text_puts(html, "\" aria-label=\"");
	text_attr(html, slice_of(writer->words->note));
	text_printf(html, " %zu\">%zu</a></sup>", note + 1, note + 1);
}

void notes_begin(struct writer *writer)
{
	text_puts(&writer->html, "<div class=\"noten\" role=\"group\" aria-label=\"");
	text_attr(&writer->html, slice_of(writer->words->notes));
	text_puts(&writer->html, "\">\n<ol>\n");
}

void notes_open(struct writer *writer, size_t note)
{
	text_puts(&writer->html, "<li id=\"");
	add_id(writer, note);
	text_printf(&writer->html, "\" value=\"%zu\">", note + 1);
}

void notes_back(struct writer *writer, size_t note)
{
	struct text *html = &writer->html;

	for (unsigned use = 1; use <= writer->note_uses[note]; use++) {
		text_puts(html, " <a class=\"terug\" href=\"#");
		add_reference_id(writer, note, use);
		text_puts(html, "\" aria-label=\"");
		text_attr(html, slice_of(writer->words->back));
		text_printf(html, " %zu", note + 1);
		if (use > 1)
			text_printf(html, ", %u\">↩<sup>%u</sup></a>", use, use);
		else
			text_puts(html, "\">↩</a>");
	}
}

void notes_end(struct writer *writer)
{
	text_puts(&writer->html, "</ol>\n</div>\n");
	for (size_t i = 0; i < writer->note_used; i++)
		writer->note_uses[writer->note_order[i]] = 0;
	writer->note_used = 0;
}
