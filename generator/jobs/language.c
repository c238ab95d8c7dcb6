/*
 * gettext chooses a catalogue by the environment; here the site chooses. The locale C.UTF-8 is part
 * of glibc, so it is there when no other is, and LANGUAGE overrules it (it does not overrule C).
 */
#include "jobs/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

#include "base/text.h"

/* glibc's: to be raised when the language changes, so that gettext forgets what it has looked up.
 */
extern int _nl_msg_cat_cntr;

void language_open(const char *share)
{
	struct text folder = {0};

	(void)setlocale(LC_ALL, "C.UTF-8");
	text_printf(&folder, "%s/locale", share);
	(void)bindtextdomain("draaiboek", folder.data);
	(void)bind_textdomain_codeset("draaiboek", "UTF-8");
	(void)textdomain("draaiboek");
	text_free(&folder);
}

void language_use(const char *language)
{
	(void)setenv("LANGUAGE", language, 1);
	_nl_msg_cat_cntr++;
}
