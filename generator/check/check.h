/*
 * What can be wrong between files. What is wrong within one is said where it is read. Each family
 * of rules has a file of its own; all only read the frozen site and add messages.
 */
#ifndef DRAAIBOEK_CHECK_H
#define DRAAIBOEK_CHECK_H

struct diags;
struct site;

/* All of the below. */
void check_site(const struct site *site, struct diags *diags);

/* Links to pages that are not published, and to headings that are not there. */
void check_links(const struct site *site, struct diags *diags);

/* Fields that name pages which are not there, or not for who reads this one. */
void check_pages(const struct site *site, struct diags *diags);

/* Pages that go together and exclude each other, or have no common order of phases. */
void check_combinations(const struct site *site, struct diags *diags);

/* Pages that say which step they belong to (onderdeel-van): a page, with steps, with that step. */
void check_journeys(const struct site *site, struct diags *diags);

/* Variables that no region can have, or that a region lacks where a page shows them. */
void check_variables(const struct site *site, struct diags *diags);

/* Pages past the day on which they end, or were to be looked at again. */
void check_dates(const struct site *site, struct diags *diags);

/* Regional texts of which the national one was changed since. */
void check_drift(const struct site *site, struct diags *diags);

/* Old addresses: well-formed, not in use, each once. */
void check_addresses(const struct site *site, struct diags *diags);

/* House styles of regions that cannot be read well enough. */
void check_house_style(const struct site *site, struct diags *diags);

/* Two pages of a collection with one title. */
void check_titles(const struct site *site, struct diags *diags);

/* Conditions of pages, held against the questions of the regelingenwijzer, and those against them.
 */
void check_wizard(const struct site *site, struct diags *diags);

/* Candidates of content/scenarios/, and the schemes that their answers leave. */
void check_scenarios(const struct site *site, struct diags *diags);

/* Two regions with one municipality, or in one place on the map. */
void check_regions(const struct site *site, struct diags *diags);

#endif
