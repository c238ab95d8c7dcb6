/*
 * Messages as people and as programs read them.
 */
#ifndef DRAAIBOEK_REPORT_H
#define DRAAIBOEK_REPORT_H

#include "base/diag.h"
#include "base/text.h"

enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_SARIF };

/* Appends the line of one message, as report_text() has it. */
void report_line(struct text *out, const struct diag *diag);

/*
 * Appends a line a message of at least this level: "path:line:col: fout: text [code]". Of no file:
 * "draaiboek: fout: …".
 */
void report_text(struct text *out, struct diags *diags, enum diag_level least);

/*
 * Appends {"errors": n, "warnings": n, "messages": [{"path", "line", "column", "level", "code",
 * "text"}]}; level is error, warning, tip or fatal in any language.
 */
void report_json(struct text *out, struct diags *diags);

/*
 * Appends them as SARIF 2.1.0, which code hosts show beside the lines of a change
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
 */
void report_sarif(struct text *out, struct diags *diags);

#endif
