/*
 * The language of the messages: Dutch or English, whatever locales the machine has.
 */
#ifndef DRAAIBOEK_LANGUAGE_H
#define DRAAIBOEK_LANGUAGE_H

/* Binds the catalogues in the folder of shared files. Once, before anything else. */
void language_open(const char *share);

/* "nl" or "en". While one thread runs. */
void language_use(const char *language);

#endif
