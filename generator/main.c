/*
 * The command line: a table of commands, the reading of options, and the exit status. What a
 * command does is in jobs/.
 */
#include <libintl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "check/report.h"
#include "jobs/arguments.h"
#include "jobs/build.h"
#include "jobs/diff.h"
#include "jobs/doctor.h"
#include "jobs/hooks.h"
#include "jobs/language.h"
#include "jobs/post_receive.h"
#include "jobs/progress.h"
#include "jobs/publish.h"
#include "jobs/receive.h"
#include "jobs/rollback.h"
#include "jobs/serve.h"
#include "jobs/share.h"
#include "jobs/status.h"
#include "jobs/template.h"
#include "model/date.h"

#define _(text) gettext(text)
#define N_(text) text

struct command {
	const char *name;
	const char *options; /* the short ones it takes; capitals stand for the long ones, below */
	const char *usage;
	const char *summary;
	int (*run)(struct arguments *arguments, struct diags *diags);
	bool operand; /* it takes a word that is no option */
	bool lenient; /* errors in the content are no failure of it */
};

static int run_build(struct arguments *arguments, struct diags *diags);
static int run_check(struct arguments *arguments, struct diags *diags);
static int run_serve(struct arguments *arguments, struct diags *diags);
static int run_status(struct arguments *arguments, struct diags *diags);
static int run_diff(struct arguments *arguments, struct diags *diags);
static int run_hooks(struct arguments *arguments, struct diags *diags);
static int run_doctor(struct arguments *arguments, struct diags *diags);
static int run_template(struct arguments *arguments, struct diags *diags);
static int run_publish(struct arguments *arguments, struct diags *diags);
static int run_rollback(struct arguments *arguments, struct diags *diags);
static int run_version(struct arguments *arguments, struct diags *diags);
static int run_help(struct arguments *arguments, struct diags *diags);

static const struct command commands[] = {
	{"build", "sojqvRDL",
		"build [-qv] [-s SITE] [-o FOLDER] [-j THREADS] [--rev REV] [--date DATE] [--lang "
		"LANG]",
		N_("makes the site"), run_build, false, false},
	{"check", "sjqvRDLF",
		"check [-qv] [-s SITE] [-j THREADS] [--rev REV] [--date DATE] [--format "
		"text|json|sarif] "
		"[--lang LANG]",
		N_("says what is wrong with the content"), run_check, false, false},
	{"serve", "spjqvDL",
		"serve [-qv] [-s SITE] [-p PORT] [-j THREADS] [--date DATE] [--lang LANG]",
		N_("shows the site in a browser, made anew on every save"), run_serve, false,
		false},
	{"status", "sjqRDLFG",
		"status [-q] [-s SITE] [-j THREADS] [--rev REV] [--regio SLUG] [--date DATE] "
		"[--format "
		"text|json] [--lang LANG]",
		N_("says what there is to keep up, by region and owner"), run_status, false, true},
	{"diff", "sjqRDLG",
		"diff [-q] --regio SLUG [-s SITE] [-j THREADS] [--rev REV] [--date DATE] [--lang "
		"LANG] PAGE",
		N_("shows what a region makes of a national page"), run_diff, true, true},
	{"publish", "BTECfKMjqvDL",
		"publish [-qv] --repo REPOSITORY --to FOLDER [--ref BRANCH] [--reconcile] "
		"[--force] "
		"[--keep NUMBER] [--remote NAME:PATH] [-j THREADS] [--date DATE] [--lang LANG]",
		N_("makes a branch live, as a release of its own"), run_publish, false, false},
	{"rollback", "TqL", "rollback [-q] --to FOLDER [--lang LANG] [RELEASE]",
		N_("goes back to a release that was live before"), run_rollback, true, false},
	{"hooks", "BTEDL", "hooks install --repo REPOSITORY --to FOLDER [--ref REF] [--lang LANG]",
		N_("has a repository check, and publish, what is pushed to it"), run_hooks, true,
		false},
	{"doctor", "BTL", "doctor --repo REPOSITORY [--to FOLDER] [--lang LANG]",
		N_("says whether a repository and its site are in order"), run_doctor, false,
		false},
	{"template", "APL", "template --data FILE.json [--partials FOLDER] [--lang LANG] FILE",
		N_("renders one template, for makers of themes"), run_template, true, false},
	{"version", "", "version", N_("prints the version"), run_version, false, false},
	{"help", "L", "help [COMMAND]", N_("prints this, or how to use one command"), run_help,
		true, false},
};

/* ---- Commands */

static void print_messages(const struct arguments *arguments, struct diags *diags, FILE *stream)
{
	struct text report = {0};

	if (arguments->format == REPORT_JSON)
		report_json(&report, diags);
	else if (arguments->format == REPORT_SARIF)
		report_sarif(&report, diags);
	else
		report_text(&report, diags, arguments->verbosity < 0 ? DIAG_ERROR : DIAG_TIP);
	if (report.size > 0)
		(void)fwrite(report.data, 1, report.size, stream);
	text_free(&report);
}

/* Builds, with a line on the terminal when that takes long. */
static int build_shown(
	struct build_result *result, struct arguments *arguments, struct diags *diags)
{
	struct progress progress = {.verbose = arguments->verbosity > 0};
	struct progress_line *line = arguments->verbosity >= 0 ? progress_start(&progress) : NULL;
	int status;

	arguments->build.reading.progress = &progress;
	status = job_build(result, &arguments->build, diags);
	arguments->build.reading.progress = NULL;
	progress_phase(&progress, NULL, 0);
	progress_stop(line);
	return status;
}

static int run_build(struct arguments *arguments, struct diags *diags)
{
	struct build_result result;
	struct text output = {0};
	int status;

	if (arguments->build.output == NULL) {
		text_printf(&output, "%s/build/site", arguments->build.reading.site);
		arguments->build.output = output.data;
	}
	status = build_shown(&result, arguments, diags);
	print_messages(arguments, diags, stderr);
	if (status == 0 && !result.built)
		(void)fprintf(stderr, "draaiboek: %s\n",
			_("nothing was changed, because of the errors above"));
	else if (status == 0 && arguments->verbosity >= 0)
		(void)fprintf(stderr,
			_("draaiboek: %zu pages in %s, %zu files changed, %zu removed\n"),
			result.pages, arguments->build.output, result.written, result.removed);
	text_free(&output);
	return status;
}

static int run_check(struct arguments *arguments, struct diags *diags)
{
	int status;

	arguments->build.output = NULL;
	status = build_shown(NULL, arguments, diags);
	print_messages(arguments, diags, arguments->format == REPORT_TEXT ? stderr : stdout);
	if (arguments->format == REPORT_TEXT && arguments->verbosity >= 0 && diag_status(diags) < 2)
		(void)fprintf(stderr, _("draaiboek: %zu errors, %zu warnings\n"),
			diag_count(diags, DIAG_ERROR), diag_count(diags, DIAG_WARNING));
	return status;
}

static int run_serve(struct arguments *arguments, struct diags *diags)
{
	struct serve_options options = {.build = arguments->build,
		.port = arguments->port,
		.quiet = arguments->verbosity < 0};
	int status = job_serve(&options, diags);

	print_messages(arguments, diags, stderr);
	return status;
}

/* Faults in the content are for `check` to tell: what there is besides is still of use. */
static void print_faults(const struct arguments *arguments, struct diags *diags)
{
	size_t errors = diag_count(diags, DIAG_ERROR);
	struct text report = {0};

	report_text(&report, diags, DIAG_FATAL);
	if (report.size > 0)
		(void)fwrite(report.data, 1, report.size, stderr);
	else if (errors > 0 && arguments->verbosity >= 0)
		(void)fprintf(stderr,
			_("draaiboek: errors in the content: %zu; see draaiboek check\n"), errors);
	text_free(&report);
}

static int run_status(struct arguments *arguments, struct diags *diags)
{
	struct status_options options = {.reading = arguments->build.reading,
		.region = arguments->region,
		.json = arguments->format == REPORT_JSON};
	struct text report = {0};
	int status = job_status(&report, &options, diags);

	if (status == 0)
		(void)fwrite(report.data, 1, report.size, stdout);
	print_faults(arguments, diags);
	text_free(&report);
	return status;
}

/* Colours are for who looks at a terminal, and has not asked to be spared them. */
static bool wants_color(void)
{
	const char *terminal = getenv("TERM"), *none = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) && terminal != NULL && strcmp(terminal, "dumb") != 0 &&
	       (none == NULL || *none == '\0');
}

static int run_diff(struct arguments *arguments, struct diags *diags)
{
	struct diff_options options = {.reading = arguments->build.reading,
		.page = arguments->operand,
		.region = arguments->region,
		.colored = wants_color()};
	struct text shown = {0};
	int status = -1;

	if (options.page == NULL || options.region == NULL)
		diag_add(diags, DIAG_USAGE, (struct place){"", 0, 0},
			options.page == NULL ? _("which page?") : _("which region? Say --regio"),
			"diff", (char *)NULL);
	else
		status = job_diff(&shown, &options, diags);
	if (status == 0)
		(void)fwrite(shown.data, 1, shown.size, stdout);
	print_faults(arguments, diags);
	text_free(&shown);
	return status;
}

static struct publish_options publish_options(const struct arguments *arguments)
{
	return (struct publish_options){.build = arguments->build,
		.repository = arguments->repository,
		.to = arguments->to,
		.reference = arguments->reference,
		.remote = arguments->remote,
		.keep = arguments->keep,
		.reconcile = arguments->reconcile,
		.force = arguments->force,
		.verbosity = arguments->verbosity};
}

static int run_hooks_install(struct arguments *arguments, struct diags *diags)
{
	const struct hooks_options options = {
		arguments->repository, arguments->to, arguments->reference};

	return job_hooks(&options, diags);
}

static int run_hooks_receive(struct arguments *arguments, struct diags *diags)
{
	const struct receive_options options = {
		arguments->build.reading.share, arguments->build.reading.date};

	return job_receive(&options, diags);
}

static int run_hooks_publish(struct arguments *arguments, struct diags *diags)
{
	const struct publish_options options = publish_options(arguments);

	return job_post_receive(&arguments->status, &options, diags);
}

/* What git's hooks call, and what puts them there. */
static const struct {
	const char *name;
	int (*run)(struct arguments *arguments, struct diags *diags);
} hook_commands[] = {{"install", run_hooks_install}, {"pre-receive", run_hooks_receive},
	{"post-receive", run_hooks_publish}};

static int run_hooks(struct arguments *arguments, struct diags *diags)
{
	const char *names[ARRAY_LEN(hook_commands)];
	const char *word = arguments->operand != NULL ? arguments->operand : "", *nearest;
	struct text fault = {0};
	int status = -1;
	size_t at = 0;

	for (size_t i = 0; i < ARRAY_LEN(hook_commands); i++)
		names[i] = hook_commands[i].name;
	while (at < ARRAY_LEN(hook_commands) && strcmp(word, names[at]) != 0)
		at++;
	if (at < ARRAY_LEN(hook_commands)) {
		status = hook_commands[at].run(arguments, diags);
	} else {
		nearest = diag_nearest(word, names, ARRAY_LEN(names));
		text_printf(&fault, _("hooks does not know \"%s\"; do you mean: %s?"), word,
			nearest != NULL ? nearest : "install");
		diag_add(diags, DIAG_USAGE, (struct place){"", 0, 0}, fault.data, "hooks",
			(char *)NULL);
	}
	text_free(&fault);
	print_messages(arguments, diags, stderr);
	return status;
}

static int run_doctor(struct arguments *arguments, struct diags *diags)
{
	const struct doctor_options options = {arguments->repository, arguments->to};
	int status = job_doctor(&options, diags);

	(void)fflush(stdout);
	print_messages(arguments, diags, stderr);
	return status;
}

static int run_template(struct arguments *arguments, struct diags *diags)
{
	int status;

	if (arguments->operand == NULL) {
		diag_add(diags, DIAG_USAGE, (struct place){"", 0, 0}, _("which template?"),
			"template", (char *)NULL);
		status = -1;
	} else {
		arguments->template.file = arguments->operand;
		status = job_template(&arguments->template, diags);
	}
	print_messages(arguments, diags, stderr);
	return status;
}

/* Says that an option is missing. Returns -1. */
static int lacks(const char *option, const char *command, struct diags *diags)
{
	struct text fault = {0};

	text_printf(&fault, _("the option %s is missing"), option);
	diag_add(diags, DIAG_USAGE, (struct place){"", 0, 0}, fault.data, command, (char *)NULL);
	text_free(&fault);
	return -1;
}

static int run_publish(struct arguments *arguments, struct diags *diags)
{
	const struct publish_options options = publish_options(arguments);
	int result;

	if (options.repository == NULL)
		result = lacks("--repo", "publish", diags);
	else if (options.to == NULL)
		result = lacks("--to", "publish", diags);
	else
		result = job_publish(&arguments->status, &options, diags);
	print_messages(arguments, diags, stderr);
	return result;
}

static int run_rollback(struct arguments *arguments, struct diags *diags)
{
	int result = arguments->to == NULL ? lacks("--to", "rollback", diags)
					   : job_rollback(arguments->to, arguments->operand,
						     arguments->verbosity, diags);

	print_messages(arguments, diags, stderr);
	return result;
}

static int run_version(struct arguments *arguments, struct diags *diags)
{
	(void)arguments;
	(void)diags;
	(void)printf("draaiboek %s\n", DRAAIBOEK_VERSION);
	return 0;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static void unknown_command(const char *name, struct diags *diags)
{
	const char *names[ARRAY_LEN(commands)];
	struct text fault = {0};
	const char *nearest;

	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		names[i] = commands[i].name;
	nearest = diag_nearest(name, names, ARRAY_LEN(commands));
	text_printf(&fault, _("there is no command \"%s\""), name);
	diag_add(diags, DIAG_USAGE, (struct place){"", 0, 0}, fault.data,
		nearest != NULL ? nearest : "", (char *)NULL);
	text_free(&fault);
}

static int run_help(struct arguments *arguments, struct diags *diags)
{
	if (arguments->operand != NULL) {
		const struct command *command = find_command(arguments->operand);

		if (command == NULL) {
			unknown_command(arguments->operand, diags);
			print_messages(arguments, diags, stderr);
			return -1;
		}
		(void)printf("draaiboek %s\n\n%s.\n", command->usage, _(command->summary));
		return 0;
	}
	(void)puts(_("draaiboek makes a searchable site, national and regional, of Markdown "
		     "playbooks."));
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		(void)printf(
			"\n  draaiboek %s\n      %s\n", commands[i].usage, _(commands[i].summary));
	(void)printf("\n%s\n", _("More: man draaiboek"));
	return 0;
}

static int read_arguments(struct arguments *arguments, const struct command *command, int count,
	char **words, struct diags *diags)
{
	const struct arguments_allowed allowed = {
		command->name, command->options, command->operand};

	return arguments_read(arguments, &allowed, count, words, diags);
}

int main(int count, char **words)
{
	struct arguments arguments = {
		.build.reading = {.site = ".", .date = date_today()}, .port = SERVE_DEFAULT_PORT};
	struct diags *diags = diag_new();
	struct text share = {0};
	const struct command *command;
	int status;

	/* A file that may not be so large is then an error of write(), which has a message. */
	(void)signal(SIGXFSZ, SIG_IGN);
	mem_start();
	share_find(&share);
	arguments.build.reading.share = share.data;
	language_open(share.data);
	language_use("nl");
	command = find_command(count > 1 ? words[1] : "help");
	if (command == NULL && (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0))
		command = find_command("help");
	if (command == NULL && strcmp(words[1], "--version") == 0)
		command = find_command("version");
	if (command == NULL) {
		unknown_command(words[1], diags);
		print_messages(&arguments, diags, stderr);
	} else if (count > 1 &&
		   read_arguments(&arguments, command, count - 1, words + 1, diags) != 0) {
		print_messages(&arguments, diags, stderr);
	} else if (command->run(&arguments, diags) != 0 && diag_status(diags) == 0) {
		(void)fprintf(
			stderr, "draaiboek: %s\n", _("internal fault: failed without a message"));
		abort();
	}
	status = diag_status(diags);
	if (status == 1 && command != NULL && command->lenient)
		status = 0;
	if (arguments.status > status)
		status = arguments.status;
	diag_free(diags);
	text_free(&share);
	if (fflush(stdout) != 0)
		status = 2;
	return status;
}
