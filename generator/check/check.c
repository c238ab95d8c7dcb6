/*
 * The list of the families of rules. A new one is a file, a line here, and one in check.h.
 */
#include "check/check.h"

void check_site(const struct site *site, struct diags *diags)
{
	check_links(site, diags);
	check_pages(site, diags);
	check_combinations(site, diags);
	check_journeys(site, diags);
	check_variables(site, diags);
	check_dates(site, diags);
	check_drift(site, diags);
	check_addresses(site, diags);
	check_titles(site, diags);
	check_house_style(site, diags);
	check_wizard(site, diags);
	check_scenarios(site, diags);
	check_regions(site, diags);
}
