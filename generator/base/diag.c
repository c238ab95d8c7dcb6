/*
 * Collects messages, each once, and sorts them when they are asked for.
 *
 * What comes from the content is shown with its control characters escaped, so that a file cannot
 * write on the editor's terminal, and cut when it is long.
 */
#include "base/diag.h"

#include <assert.h>
#include <errno.h>
#include <libintl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/unicode.h"

#define N_(text) text
#define DOMAIN "draaiboek"
#define MOST_ARGUMENTS 10
#define LONGEST_ARGUMENT 1000 /* code points */

struct message {
	enum diag_level level;
	const char *name;
	const char *text;
};

static const struct message messages[] = {
#define MESSAGE(code, level, name, text) {DIAG_##level, name, text},
#include "base/messages.def"
#undef MESSAGE
};

static const char *const level_names[] = {N_("tip"), N_("warning"), N_("error"), N_("error")};

/* The system's own words for these are vague or, without its catalogues, English. */
static const struct {
	int error;
	const char *text;
} errors[] = {
	{EACCES, N_("permission denied")},
	{EPERM, N_("not allowed")},
	{ENOENT, N_("no such file or folder")},
	{ENOTDIR, N_("a part of the path is not a folder")},
	{EISDIR, N_("this is a folder, not a file")},
	{EEXIST, N_("exists already")},
	{EINVAL, N_("not an ordinary file")},
	{ELOOP, N_("this is a symbolic link, which is not followed")},
	{ENAMETOOLONG, N_("the name is too long")},
	{EFBIG, N_("the file is too large")},
	{ENOSPC, N_("the disk is full")},
	{EDQUOT, N_("the disk quota is used up")},
	{EROFS, N_("the disk can only be read")},
	{EIO, N_("the disk reported an error")},
	{EMFILE, N_("too many files are open")},
	{ENFILE, N_("too many files are open")},
	{ENOMEM, N_("there is too little memory")},
	{EMLINK, N_("too many links lead to the same")},
	{ENOLCK, N_("the system can make no more locks")},
};

struct diags {
	pthread_mutex_t lock;
	struct arena arena;
	struct map seen; /* the messages, by what they say and where */
	struct diag *list;
	size_t capacity;
	size_t count;
	size_t counts[DIAG_FATAL + 1]; /* by level */
	bool sorted;
	struct diag_watch *watch; /* NULL: nobody watches */
};

struct diags *diag_new(void)
{
	struct diags *diags = mem_new(1, sizeof(*diags));

	pthread_mutex_init(&diags->lock, NULL);
	return diags;
}

void diag_free(struct diags *diags)
{
	if (diags == NULL)
		return;
	pthread_mutex_destroy(&diags->lock);
	arena_free(&diags->arena);
	map_free(&diags->seen);
	free(diags->list);
	free(diags);
}

void diag_watch(struct diags *diags, struct diag_watch *watch)
{
	diags->watch = watch;
}

void diag_at(const struct diags *diags, size_t thread, const char *path)
{
	char *at;
	size_t size;

	if (diags->watch == NULL || thread >= DIAG_THREADS)
		return;
	at = diags->watch->paths[thread];
	size = path != NULL ? strlen(path) : 0;
	if (size >= sizeof(diags->watch->paths[thread]))
		size = sizeof(diags->watch->paths[thread]) - 1;
	if (size > 0)
		memcpy(at, path, size);
	at[size] = '\0';
}

static void add_escaped(struct text *out, struct slice letter, uint32_t point)
{
	if (slice_letter_size(letter) == 0)
		text_printf(out, "\\x%02x", (unsigned char)letter.data[0]);
	else if (point == '\n')
		text_puts(out, "\\n");
	else if (point == '\t')
		text_puts(out, "\\t");
	else if (point == '\r')
		text_puts(out, "\\r");
	else if (point < 0x80)
		text_printf(out, "\\x%02x", (unsigned)point);
	else
		text_printf(out, "\\u%04x", (unsigned)point);
}

static void add_shown(struct text *out, struct slice slice)
{
	for (size_t letters = 0; slice.size > 0; letters++) {
		uint32_t point;
		struct slice letter = {slice.data, unicode_next(&point, slice)};

		if (letters == LONGEST_ARGUMENT) {
			text_puts(out, "…");
			break;
		}
		if (unicode_is_control(point) || slice_letter_size(slice) == 0)
			add_escaped(out, letter, point);
		else
			text_add(out, letter);
		slice = slice_from(slice, letter.size);
	}
}

/* Puts the arguments in their places; what is no place of an argument stays as it is. */
static void add_filled(
	struct text *out, const char *text, const char *const *arguments, size_t count)
{
	struct slice rest = slice_of(text);

	while (rest.size > 0) {
		size_t brace = slice_find(rest, '{');

		text_add(out, (struct slice){rest.data, brace});
		rest = slice_from(rest, brace);
		if (rest.size > 2 && rest.data[1] >= '0' && rest.data[2] == '}' &&
			(size_t)(rest.data[1] - '0') < count) {
			add_shown(out, slice_of(arguments[rest.data[1] - '0']));
			rest = slice_from(rest, 3);
		} else if (rest.size > 0) {
			text_byte(out, '{');
			rest = slice_from(rest, 1);
		}
	}
}

/* Adds the message unless it is there. The key has all that tells it from another. */
static void add_new(struct diags *diags, const struct diag *diag, struct slice key)
{
	struct diag *copy;

	if (map_get(&diags->seen, key) != NULL)
		return;
	diags->list = mem_grow(diags->list, diags->count, &diags->capacity, sizeof(*diags->list));
	copy = &diags->list[diags->count++];
	*copy = *diag;
	copy->place.path = arena_copy(&diags->arena, diag->place.path, strlen(diag->place.path));
	copy->text = arena_copy(&diags->arena, diag->text, strlen(diag->text));
	map_set(&diags->seen, slice_keep(&diags->arena, key), diags);
	diags->counts[copy->level]++;
	diags->sorted = false;
}

void diag_add(struct diags *diags, enum diag_code code, struct place place, ...)
{
	const char *arguments[MOST_ARGUMENTS], *argument;
	size_t count = 0;
	struct text text = {0}, path = {0}, key = {0};
	struct diag diag = {.code = code, .place = place};
	va_list list;

	assert(code < DIAG_CODES);
	diag.level = messages[code].level;
	va_start(list, place);
	while ((argument = va_arg(list, const char *)) != NULL) {
		assert(count < MOST_ARGUMENTS);
		arguments[count++] = argument;
	}
	va_end(list);
	text_reserve(&text, 0);
	text_reserve(&path, 0);
	add_filled(&text, dgettext(DOMAIN, messages[code].text), arguments, count);
	add_shown(&path, slice_of(place.path));
	diag.text = text.data;
	diag.place.path = path.data;
	text_printf(&key, "%s:%u:%u:%d:%s", diag.place.path, place.line, place.column, (int)code,
		diag.text);

	pthread_mutex_lock(&diags->lock);
	add_new(diags, &diag, text_slice(&key));
	pthread_mutex_unlock(&diags->lock);
	text_free(&text);
	text_free(&path);
	text_free(&key);
}

int diag_io(struct diags *diags, const char *path, int error)
{
	char buffer[256];
	const char *text = NULL;

	for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
		if (errors[i].error == error)
			text = dgettext(DOMAIN, errors[i].text);
	}
	if (text == NULL) {
		if (strerror_r(error, buffer, sizeof(buffer)) != 0)
			buffer[0] = '\0';
		text = buffer;
	}
	diag_add(diags, DIAG_IO, (struct place){.path = ""}, path, text, NULL);
	return -1;
}

static int compare_numbers(unsigned a, unsigned b)
{
	return (a > b) - (a < b);
}

static int compare_diags(const void *left, const void *right)
{
	const struct diag *a = left, *b = right;
	int order = strcmp(a->place.path, b->place.path);

	if (order == 0)
		order = compare_numbers(a->place.line, b->place.line);
	if (order == 0)
		order = compare_numbers(a->place.column, b->place.column);
	if (order == 0)
		order = compare_numbers(a->code, b->code);
	return order != 0 ? order : strcmp(a->text, b->text);
}

const struct diag *diag_sorted(struct diags *diags, size_t *count)
{
	if (!diags->sorted && diags->count > 0)
		qsort(diags->list, diags->count, sizeof(*diags->list), compare_diags);
	diags->sorted = true;
	*count = diags->count;
	return diags->list;
}

size_t diag_count(const struct diags *diags, enum diag_level level)
{
	return diags->counts[level];
}

int diag_status(const struct diags *diags)
{
	if (diags->counts[DIAG_FATAL] > 0)
		return 2;
	return diags->counts[DIAG_ERROR] > 0 ? 1 : 0;
}

const char *diag_name(enum diag_code code)
{
	return messages[code].name;
}

const char *diag_level_name(enum diag_level level)
{
	return dgettext(DOMAIN, level_names[level]);
}
