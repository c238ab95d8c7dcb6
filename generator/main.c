/*
 * The command line: a table of commands, the reading of options, and the exit status. What a
 * command does is in jobs/.
 */
#include <getopt.h>
#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/text.h"
#include "check/report.h"
#include "jobs/build.h"
#include "jobs/language.h"
#include "jobs/progress.h"
#include "jobs/serve.h"
#include "jobs/share.h"
#include "jobs/template.h"
#include "model/date.h"

#define _(text) gettext(text)
#define N_(text) text
#define THREADS_LIMIT 256

enum option_key {
	OPTION_REVISION = 256,
	OPTION_DATE,
	OPTION_LANGUAGE,
	OPTION_FORMAT,
	OPTION_DATA,
	OPTION_PARTIALS
};

/* What the command line says, for all commands. */
struct arguments {
	struct build_options build;
	struct template_options template;
	enum report_format format;
	unsigned port;
	int verbosity; /* -1 quiet, 0, 1 verbose */
	const char *operand;
};

struct command {
	const char *name;
	const char *options; /* the short ones it takes; capitals stand for the long ones, below */
	const char *usage;
	const char *summary;
	int (*run)(struct arguments *arguments, struct diags *diags);
};

/* The long options; the letter is how a command's `options` names it. */
static const struct {
	struct option option;
	char letter;
} long_options[] = {{{"site", required_argument, NULL, 's'}, 's'},
	{{"output", required_argument, NULL, 'o'}, 'o'},
	{{"jobs", required_argument, NULL, 'j'}, 'j'},
	{{"port", required_argument, NULL, 'p'}, 'p'}, {{"quiet", no_argument, NULL, 'q'}, 'q'},
	{{"verbose", no_argument, NULL, 'v'}, 'v'},
	{{"rev", required_argument, NULL, OPTION_REVISION}, 'R'},
	{{"date", required_argument, NULL, OPTION_DATE}, 'D'},
	{{"lang", required_argument, NULL, OPTION_LANGUAGE}, 'L'},
	{{"format", required_argument, NULL, OPTION_FORMAT}, 'F'},
	{{"data", required_argument, NULL, OPTION_DATA}, 'A'},
	{{"partials", required_argument, NULL, OPTION_PARTIALS}, 'P'}};

static int run_build(struct arguments *arguments, struct diags *diags);
static int run_check(struct arguments *arguments, struct diags *diags);
static int run_serve(struct arguments *arguments, struct diags *diags);
static int run_template(struct arguments *arguments, struct diags *diags);
static int run_version(struct arguments *arguments, struct diags *diags);
static int run_help(struct arguments *arguments, struct diags *diags);

static const struct command commands[] = {
	{"build", "sojqvRDL",
		"build [-qv] [-s SITE] [-o FOLDER] [-j THREADS] [--rev REV] [--date DATE] [--lang "
		"LANG]",
		N_("makes the site"), run_build},
	{"check", "sjqvRDLF",
		"check [-qv] [-s SITE] [-j THREADS] [--rev REV] [--date DATE] [--format "
		"text|json|sarif] "
		"[--lang LANG]",
		N_("says what is wrong with the content"), run_check},
	{"serve", "spjqvDL",
		"serve [-qv] [-s SITE] [-p PORT] [-j THREADS] [--date DATE] [--lang LANG]",
		N_("shows the site in a browser, made anew on every save"), run_serve},
	{"template", "APL", "template --data FILE.json [--partials FOLDER] [--lang LANG] FILE",
		N_("renders one template, for makers of themes"), run_template},
	{"version", "", "version", N_("prints the version"), run_version},
	{"help", "L", "help [COMMAND]", N_("prints this, or how to use one command"), run_help},
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

	arguments->build.progress = &progress;
	status = job_build(result, &arguments->build, diags);
	arguments->build.progress = NULL;
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
		text_printf(&output, "%s/build/site", arguments->build.site);
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

/* ---- Options */

static int usage_fault(
	struct diags *diags, const struct command *command, const char *format, const char *word)
{
	struct text fault = {0};

	for (const char *at = format; *at != '\0'; at++) {
		if (*at == '%')
			text_puts(&fault, word);
		else
			text_byte(&fault, *at);
	}
	diag_add(diags, DIAG_USAGE, (struct place){"", 0, 0}, fault.data, command->name,
		(char *)NULL);
	text_free(&fault);
	return -1;
}

/* A number of an option, from `least` to `most`. */
static int read_number(size_t *out, const char *word, int least, int most)
{
	int number = slice_number(slice_of(word));

	if (number < least || number > most)
		return -1;
	*out = (size_t)number;
	return 0;
}

static int read_format(enum report_format *out, const struct command *command, const char *word,
	struct diags *diags)
{
	static const char *const names[] = {"text", "json", "sarif"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(word, names[i]) == 0) {
			*out = (enum report_format)i;
			return 0;
		}
	return usage_fault(diags, command, _("there is no format \"%\""), word);
}

static int read_option(struct arguments *arguments, const struct command *command, int key,
	const char *word, struct diags *diags)
{
	size_t number;

	switch (key) {
	case 's':
		arguments->build.site = word;
		break;
	case 'o':
		arguments->build.output = word;
		break;
	case 'j':
		if (read_number(&arguments->build.threads, word, 1, THREADS_LIMIT) != 0)
			return usage_fault(
				diags, command, _("\"%\" is no number of threads"), word);
		break;
	case 'p':
		if (read_number(&number, word, 0, 65535) != 0)
			return usage_fault(diags, command, _("\"%\" is no port"), word);
		arguments->port = (unsigned)number;
		break;
	case 'q':
		arguments->verbosity = -1;
		break;
	case 'v':
		arguments->verbosity = 1;
		break;
	case OPTION_REVISION:
		arguments->build.revision = word;
		break;
	case OPTION_DATE:
		if (date_parse(&arguments->build.date, slice_of(word)) != 0)
			return usage_fault(
				diags, command, _("\"%\" is no date, such as 2026-11-20"), word);
		break;
	case OPTION_LANGUAGE:
		if (strcmp(word, "nl") != 0 && strcmp(word, "en") != 0)
			return usage_fault(diags, command, _("there is no language \"%\""), word);
		arguments->build.language = word;
		language_use(word);
		break;
	case OPTION_FORMAT:
		return read_format(&arguments->format, command, word, diags);
	case OPTION_DATA:
		arguments->template.data = word;
		break;
	default:
		arguments->template.partials = word;
	}
	return 0;
}

static int read_options(struct arguments *arguments, const struct command *command, int count,
	char **words, struct diags *diags)
{
	struct option options[ARRAY_LEN(long_options) + 1] = {{0}};
	char letters[64] = ":";
	size_t known = 0, used = 1;
	int key;

	for (size_t i = 0; i < ARRAY_LEN(long_options); i++) {
		const struct option *option = &long_options[i].option;

		if (strchr(command->options, long_options[i].letter) == NULL)
			continue;
		options[known++] = *option;
		if (option->val >= 256)
			continue;
		letters[used++] = (char)option->val;
		if (option->has_arg == required_argument)
			letters[used++] = ':';
	}
	while ((key = getopt_long(count, words, letters, options, NULL)) != -1) {
		if (key == ':')
			return usage_fault(
				diags, command, _("% lacks its value"), words[optind - 1]);
		if (key == '?')
			return usage_fault(
				diags, command, _("there is no option %"), words[optind - 1]);
		if (read_option(arguments, command, key, optarg, diags) != 0)
			return -1;
	}
	if (optind < count)
		arguments->operand = words[optind++];
	if (optind < count || (arguments->operand != NULL && command->run != run_template &&
				      command->run != run_help))
		return usage_fault(diags, command, _("there is a word too many: \"%\""),
			words[optind - (optind < count ? 0 : 1)]);
	return 0;
}

int main(int count, char **words)
{
	struct arguments arguments = {
		.build = {.site = ".", .date = date_today()}, .port = SERVE_DEFAULT_PORT};
	struct diags *diags = diag_new();
	struct text share = {0};
	const struct command *command;
	int status;

	mem_start();
	share_find(&share);
	arguments.build.share = share.data;
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
		   read_options(&arguments, command, count - 1, words + 1, diags) != 0) {
		print_messages(&arguments, diags, stderr);
	} else if (command->run(&arguments, diags) != 0 && diag_status(diags) == 0) {
		(void)fprintf(
			stderr, "draaiboek: %s\n", _("internal fault: failed without a message"));
		abort();
	}
	status = diag_status(diags);
	diag_free(diags);
	text_free(&share);
	if (fflush(stdout) != 0)
		status = 2;
	return status;
}
