/*
 * The names of the callouts, as editors write them and as addresses and classes have them.
 */
#include "input/document.h"

static const struct {
	const char *name, *slug;
} callouts[CALLOUT_KINDS] = {
	[CALLOUT_TIP] = {"Gouden tip", "gouden-tip"},
	[CALLOUT_DILEMMA] = {"Dilemma", "dilemma"},
	[CALLOUT_QUESTION] = {"Vraag", "vraag"},
	[CALLOUT_NOTICE] = {"Let op", "let-op"},
	[CALLOUT_EXAMPLE] = {"Voorbeeld", "voorbeeld"},
};

const char *callout_slug(enum callout_kind kind)
{
	return callouts[kind].slug;
}

const char *callout_name(enum callout_kind kind)
{
	return callouts[kind].name;
}
