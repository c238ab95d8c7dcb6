/*
 * Where the files are that come with the program.
 */
#ifndef DRAAIBOEK_SHARE_H
#define DRAAIBOEK_SHARE_H

#include "base/text.h"

/*
 * Appends the folder of shared files: `share` beside the program when it runs from where it was
 * built, else ../share/draaiboek as it was installed.
 */
void share_find(struct text *out);

#endif
