/*
 * The pin is written before the switch: killed between the two, it names a release that is not
 * live, and means nothing.
 */
#include "jobs/rollback.h"

#include <libintl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/disk.h"
#include "jobs/outcome.h"
#include "output/inventory.h"
#include "output/releases.h"
#include "output/switch.h"

#define _(text) gettext(text)

static int refuse(const char *id, const struct releases *site, struct diags *diags)
{
	diag_add(diags, DIAG_RELEASE_NONE, (struct place){.path = ""}, id, site->root.path,
		(char *)NULL);
	return -1;
}

/* Finds which release to go back to. */
static int find_target(struct text *out, const char *id, const struct text *current,
	const struct releases *site, struct diags *diags)
{
	int result = 0;

	if (id != NULL && releases_number(id) < 0)
		return refuse(id, site, diags);
	if (id != NULL)
		text_puts(out, id);
	else
		result = releases_named(out, site, RELEASES_PREVIOUS, diags);
	if (result < 0)
		return -1;
	if (result > 0 || (id == NULL && slice_equal(text_slice(out), text_slice(current))))
		return refuse(RELEASES_PREVIOUS, site, diags);
	return 0;
}

/* Holds the release against its MANIFEST, and appends its commit. */
static int verify(
	struct text *commit, const char *id, const struct releases *site, struct diags *diags)
{
	struct inventory inventory = {0};
	struct disk release = {.fd = -1};
	int result = disk_enter(&release, &site->folder, id, false, diags);

	if (result > 0)
		return refuse(id, site, diags);
	if (result == 0)
		result = inventory_read(&inventory, &release, diags);
	if (result > 0)
		diag_add(diags, DIAG_RELEASE_DAMAGED, (struct place){.path = ""}, release.path,
			INVENTORY_NAME, (char *)NULL);
	if (result == 0)
		result = inventory_verify(&inventory, &release, diags);
	if (result == 0)
		text_add(commit, inventory.source.commit);
	inventory_free(&inventory);
	disk_close(&release);
	return result == 0 ? 0 : -1;
}

/*
 * Where the branch is now, as far as is known here: of what was tried last; a pin that holds knows
 * it from the rollback before.
 */
static int find_branch(struct text *out, const struct text *current, const struct releases *site,
	struct diags *diags)
{
	struct releases_pin pin = {0};
	struct outcome outcome = {0};
	int result = releases_read_pin(&pin, site, diags);

	if (result == 0 && slice_equal(text_slice(&pin.id), text_slice(current))) {
		text_add(out, text_slice(&pin.commit));
	} else if (result >= 0) {
		outcome_read(&outcome, site);
		text_add(out, slice_compare(outcome.failed.time, outcome.good.time) > 0
				      ? outcome.failed.commit
				      : outcome.good.commit);
	}
	outcome_free(&outcome);
	releases_pin_free(&pin);
	return result < 0 ? -1 : 0;
}

static int switch_back(const char *id, const struct text *commit, const struct text *current,
	const struct releases *site, struct diags *diags)
{
	struct releases_pin pin = {0};
	int result = find_branch(&pin.commit, current, site, diags);

	text_puts(&pin.id, id);
	if (result == 0 && pin.commit.size == 0)
		text_add(&pin.commit, text_slice(commit));
	if (result == 0)
		result = releases_write_pin(site, &pin, diags);
	if (result == 0)
		result = switch_to(site, id, text_slice(commit), SWITCH_ROLLBACK, diags);
	releases_pin_free(&pin);
	return result == 0 ? 0 : -1;
}

int job_rollback(const char *to, const char *id, int verbosity, struct diags *diags)
{
	struct text target = {0}, current = {0}, commit = {0};
	struct releases site;
	int result;

	(void)umask(022);
	if (releases_open(&site, to, false, diags) != 0)
		return -1;
	result = releases_lock(&site, RELEASES_WAIT, false, diags);
	if (result == 0)
		result = switch_recover(&site, diags);
	if (result == 0)
		result = releases_named(&current, &site, RELEASES_CURRENT, diags) < 0 ? -1 : 0;
	if (result == 0)
		result = find_target(&target, id, &current, &site, diags);
	if (result == 0)
		result = verify(&commit, target.data, &site, diags);
	if (result == 0)
		result = switch_back(target.data, &commit, &current, &site, diags);
	if (result == 0 && verbosity >= 0)
		(void)fprintf(stderr, _("draaiboek: live is %s again, of commit %.12s\n"),
			target.data, commit.data);
	releases_close(&site);
	text_free(&target);
	text_free(&current);
	text_free(&commit);
	return result;
}
