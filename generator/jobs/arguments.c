/*
 * getopt_long() over the options of one command, which are picked from the table of all.
 */
#include "jobs/arguments.h"

#include <getopt.h>
#include <libintl.h>
#include <string.h>

#include "base/diag.h"
#include "base/text.h"
#include "jobs/language.h"
#include "model/date.h"

#define _(text) gettext(text)
#define THREADS_LIMIT 256
#define RELEASES_LIMIT 1000

enum option_key {
	OPTION_REVISION = 256,
	OPTION_DATE,
	OPTION_LANGUAGE,
	OPTION_FORMAT,
	OPTION_DATA,
	OPTION_PARTIALS,
	OPTION_REPOSITORY,
	OPTION_TO,
	OPTION_REFERENCE,
	OPTION_REGION,
	OPTION_REMOTE,
	OPTION_KEEP,
	OPTION_RECONCILE,
	OPTION_FORCE
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
	{{"partials", required_argument, NULL, OPTION_PARTIALS}, 'P'},
	{{"repo", required_argument, NULL, OPTION_REPOSITORY}, 'B'},
	{{"to", required_argument, NULL, OPTION_TO}, 'T'},
	{{"ref", required_argument, NULL, OPTION_REFERENCE}, 'E'},
	{{"regio", required_argument, NULL, OPTION_REGION}, 'G'},
	{{"remote", required_argument, NULL, OPTION_REMOTE}, 'M'},
	{{"keep", required_argument, NULL, OPTION_KEEP}, 'K'},
	{{"reconcile", no_argument, NULL, OPTION_RECONCILE}, 'C'},
	{{"force", no_argument, NULL, OPTION_FORCE}, 'f'}};

static int usage_fault(struct diags *diags, const struct arguments_allowed *allowed,
	const char *format, const char *word)
{
	struct text fault = {0};

	for (const char *at = format; *at != '\0'; at++) {
		if (*at == '%')
			text_puts(&fault, word);
		else
			text_byte(&fault, *at);
	}
	diag_add(diags, DIAG_USAGE, (struct place){"", 0, 0}, fault.data, allowed->command,
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

static int read_format(enum report_format *out, const struct arguments_allowed *allowed,
	const char *word, struct diags *diags)
{
	static const char *const names[] = {"text", "json", "sarif"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(word, names[i]) == 0) {
			*out = (enum report_format)i;
			return 0;
		}
	return usage_fault(diags, allowed, _("there is no format \"%\""), word);
}

static int read_option(struct arguments *arguments, const struct arguments_allowed *allowed,
	int key, const char *word, struct diags *diags)
{
	size_t number;

	switch (key) {
	case 's':
		arguments->build.reading.site = word;
		break;
	case 'o':
		arguments->build.output = word;
		break;
	case 'j':
		if (read_number(&arguments->build.reading.threads, word, 1, THREADS_LIMIT) != 0)
			return usage_fault(
				diags, allowed, _("\"%\" is no number of threads"), word);
		break;
	case 'p':
		if (read_number(&number, word, 0, 65535) != 0)
			return usage_fault(diags, allowed, _("\"%\" is no port"), word);
		arguments->port = (unsigned)number;
		break;
	case 'q':
		arguments->verbosity = -1;
		break;
	case 'v':
		arguments->verbosity = 1;
		break;
	case OPTION_REVISION:
		arguments->build.reading.revision = word;
		break;
	case OPTION_DATE:
		if (date_parse(&arguments->build.reading.date, slice_of(word)) != 0)
			return usage_fault(
				diags, allowed, _("\"%\" is no date, such as 2026-11-20"), word);
		break;
	case OPTION_LANGUAGE:
		if (strcmp(word, "nl") != 0 && strcmp(word, "en") != 0)
			return usage_fault(diags, allowed, _("there is no language \"%\""), word);
		arguments->build.reading.language = word;
		language_use(word);
		break;
	case OPTION_FORMAT:
		return read_format(&arguments->format, allowed, word, diags);
	case OPTION_DATA:
		arguments->template.data = word;
		break;
	case OPTION_PARTIALS:
		arguments->template.partials = word;
		break;
	case OPTION_REPOSITORY:
		arguments->repository = word;
		break;
	case OPTION_TO:
		arguments->to = word;
		break;
	case OPTION_REFERENCE:
		arguments->reference = word;
		break;
	case OPTION_REGION:
		arguments->region = word;
		break;
	case OPTION_REMOTE:
		arguments->remote = word;
		break;
	case OPTION_KEEP:
		if (read_number(&arguments->keep, word, 1, RELEASES_LIMIT) != 0)
			return usage_fault(
				diags, allowed, _("\"%\" is no number of releases"), word);
		break;
	case OPTION_RECONCILE:
		arguments->reconcile = true;
		break;
	default:
		arguments->force = true;
	}
	return 0;
}

int arguments_read(struct arguments *arguments, const struct arguments_allowed *allowed, int count,
	char **words, struct diags *diags)
{
	struct option options[ARRAY_LEN(long_options) + 1] = {{0}};
	char letters[64] = ":";
	size_t known = 0, used = 1;
	int key;

	for (size_t i = 0; i < ARRAY_LEN(long_options); i++) {
		const struct option *option = &long_options[i].option;

		if (strchr(allowed->options, long_options[i].letter) == NULL)
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
				diags, allowed, _("% lacks its value"), words[optind - 1]);
		if (key == '?')
			return usage_fault(
				diags, allowed, _("there is no option %"), words[optind - 1]);
		if (read_option(arguments, allowed, key, optarg, diags) != 0)
			return -1;
	}
	if (optind < count)
		arguments->operand = words[optind++];
	if (optind < count || (arguments->operand != NULL && !allowed->operand))
		return usage_fault(diags, allowed, _("there is a word too many: \"%\""),
			words[optind - (optind < count ? 0 : 1)]);
	return 0;
}
