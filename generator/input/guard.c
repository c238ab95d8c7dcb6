/*
 * What a text may cost libcmark-gfm, estimated from above, and the child process for when that is
 * much.
 *
 * The library's slow cases are all of one kind: something that starts at one byte is looked for
 * until the end of its block, again and again. So their cost is at most the number of bytes that
 * can start something, times the size of the block, summed over the blocks; likewise for the depth
 * of lists and quotes times the lines, and for rows that may head a table times the paragraph above
 * them. A block ends at a blank line, if not before. Prose stays far below the budget; the cases
 * that make the library spin are far above it. markdown_parse() calls this before it parses.
 */
#include "input/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/unicode.h"

/* Units of a quarter of a nanosecond, about: a tenth of a second. */
#define WORK_BUDGET ((uint64_t)400000000)
#define WORK_OF_LEVEL 8			 /* a line passing one open list or quote */
#define WORK_OF_HEADER 128		 /* a byte of a paragraph, read as the head of a table */
#define COPY_BUDGET ((uint64_t)50 << 20) /* bytes that references may copy */
#define CELL_BUDGET ((uint64_t)100000)	 /* cells that rows may be filled up with */
#define DEPTH_BUDGET 1000

enum {
	STARTS = 1,  /* may start something that ends later in the block */
	PIPE = 2,    /* ends a cell */
	CONTROL = 4, /* no text has it; CR neither, but before a LF */
	BRACKET = 8, /* may end the label of a reference */
	C1 = 16	     /* may start a control character of two bytes */
};

/* clang-format off */
static const unsigned char classes[256] = {
	[0x00] = CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	[0x0b] = CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, [0x7f] = CONTROL, [0xc2] = C1,
	['*'] = STARTS, ['_'] = STARTS, ['`'] = STARTS, ['['] = STARTS, ['!'] = STARTS,
	['<'] = STARTS, ['&'] = STARTS, ['\\'] = STARTS, [']'] = STARTS | BRACKET, ['|'] = PIPE
};
/* clang-format on */

struct tally {
	const char *path;
	unsigned line; /* of the file */
	struct diags *diags;
	uint64_t work;
	uint64_t lines;
	uint64_t depth; /* the deepest that any line may be */
	/* The block so far. */
	uint64_t size, starts, rows;
	uint64_t columns; /* of its newest row that may head a table */
	bool defines;	  /* holds what may be a reference's definition */
	/* The file so far. */
	uint64_t brackets;
	uint64_t largest_definition; /* bytes of the block */
	uint64_t cells;
	unsigned references, footnotes;
};

static int refuse(struct tally *tally, enum diag_code code, unsigned column, const char *argument)
{
	diag_add(tally->diags, code, (struct place){tally->path, tally->line, column}, argument,
		NULL);
	return -1;
}

static int refuse_limit(struct tally *tally, enum diag_code code, size_t limit)
{
	char number[24];

	snprintf(number, sizeof(number), "%zu", limit);
	return refuse(tally, code, 0, number);
}

static void end_block(struct tally *tally)
{
	tally->work += tally->size * tally->starts;
	if (tally->defines && tally->size > tally->largest_definition)
		tally->largest_definition = tally->size;
	tally->size = tally->starts = tally->rows = tally->columns = 0;
	tally->defines = false;
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* What the start of a line says: everything up to the first byte that opens no list or quote. */
struct start {
	uint64_t depth; /* lists and quotes that it can be inside of, at most */
	size_t pipes;
	size_t end;
	bool dash, colon;
};

static struct start read_start(struct slice line)
{
	struct start start = {0};
	size_t spaces = 0;
	size_t at;

	for (at = 0; at < line.size; at++) {
		char byte = line.data[at];

		if (byte == ' ')
			spaces++;
		else if (byte == '\t')
			spaces += 4;
		else if (byte == '>' || byte == '*' || byte == '+' || byte == '.' || byte == ')')
			start.depth++;
		else if (byte == '|')
			start.pipes++;
		else if (byte == ':')
			start.colon = true;
		else if (byte == '-')
			start.dash = true;
		else if (byte < '0' || byte > '9')
			break;
		if (byte == '-' && (at + 1 == line.size || is_space(line.data[at + 1])))
			start.depth++;
	}
	start.depth += spaces / 2;
	start.end = at;
	return start;
}

/* A list item or heading that surely ends the paragraph above it. */
static bool is_fresh(struct slice line)
{
	size_t at = 0, hashes = 0;

	while (at < 3 && at < line.size && line.data[at] == ' ')
		at++;
	if (line.size - at < 3)
		return false;
	if (line.data[at] == '-' || line.data[at] == '*' || line.data[at] == '+')
		return line.data[at + 1] == ' ' && !is_space(line.data[at + 2]);
	while (hashes < 6 && at + hashes < line.size && line.data[at + hashes] == '#')
		hashes++;
	return hashes > 0 && at + hashes < line.size && line.data[at + hashes] == ' ';
}

/*
 * Counts brackets, and what may be a definition: `[label]:`, or `[^label]:` of a footnote. Returns
 * how many definitions the line has, since a footnote may stand in a footnote.
 */
static unsigned count_brackets(struct tally *tally, struct slice line)
{
	size_t open = line.size;
	unsigned definitions = 0;

	for (size_t i = 0; i < line.size; i++) {
		if (line.data[i] == '[')
			open = i + 1;
		if (line.data[i] != ']')
			continue;
		tally->brackets++;
		if (i + 1 == line.size || line.data[i + 1] != ':')
			continue;
		if (open < line.size && line.data[open] == '^')
			tally->footnotes++;
		else
			tally->references++;
		tally->defines = true;
		definitions++;
	}
	return definitions;
}

struct bytes {
	uint64_t starts, pipes;
	unsigned seen; /* of the classes */
};

static struct bytes count_bytes(struct slice line)
{
	struct bytes bytes = {0};

	for (size_t i = 0; i < line.size; i++) {
		unsigned class = classes[(unsigned char)line.data[i]];

		if (class == 0) /* nearly all */
			continue;
		bytes.starts += class & STARTS;
		bytes.pipes += (class & PIPE) >> 1;
		bytes.seen |= class;
	}
	return bytes;
}

static int refuse_control(struct tally *tally, struct slice line)
{
	for (size_t at = 0; at < line.size;) {
		uint32_t point;
		size_t size = unicode_next(&point, slice_from(line, at));
		char name[16];

		snprintf(name, sizeof(name), "U+%04X", (unsigned)point);
		if ((point < 0x20 && point != '\t') || (point >= 0x7f && point < 0xa0))
			return refuse(
				tally, DIAG_CONTROL_CHARACTER, unicode_column(line, at), name);
		at += size;
	}
	return 0;
}

/*
 * A row that may head a table: only pipes, dashes, colons. The library then splits all of the
 * paragraph above it into cells, and looks from each line's first one back for a pipe.
 */
static int count_header(struct tally *tally, struct start start)
{
	if (start.pipes > GUARD_COLUMNS_LIMIT + 1)
		return refuse_limit(tally, DIAG_TABLE_WIDE, GUARD_COLUMNS_LIMIT);
	tally->columns = start.pipes + 1;
	tally->work += tally->size * (WORK_OF_HEADER + tally->rows);
	return 0;
}

static int count_line(struct tally *tally, struct slice line)
{
	struct start start = read_start(line);
	struct bytes bytes = count_bytes(line);

	if (line.size > GUARD_LINE_LIMIT)
		return refuse_limit(tally, DIAG_LINE_LONG, GUARD_LINE_LIMIT);
	if ((bytes.seen & (CONTROL | C1)) != 0 && refuse_control(tally, line) != 0)
		return -1;
	tally->lines++;
	if (slice_trim(line).size == 0) {
		end_block(tally);
	} else if (is_fresh(line)) {
		end_block(tally);
	} else if (start.end == line.size && start.dash && (start.pipes > 0 || start.colon)) {
		if (count_header(tally, start) != 0)
			return -1;
	}
	if ((bytes.seen & BRACKET) != 0)
		start.depth += count_brackets(tally, line);
	if (start.depth > tally->depth)
		tally->depth = start.depth;
	tally->rows++;
	tally->size += line.size + 1;
	tally->starts += bytes.starts;
	tally->cells += tally->columns;
	tally->work += bytes.pipes * line.size;
	return 0;
}

static int count_all(struct tally *tally, struct slice body)
{
	struct slice line;

	for (; slice_next_line(&line, &body); tally->line++) {
		if (count_line(tally, line) != 0)
			return -1;
		if (tally->references > GUARD_COUNT_LIMIT)
			return refuse_limit(tally, DIAG_REFERENCES_MANY, GUARD_COUNT_LIMIT);
		if (tally->footnotes > GUARD_COUNT_LIMIT)
			return refuse_limit(tally, DIAG_FOOTNOTES_MANY, GUARD_COUNT_LIMIT);
	}
	end_block(tally);
	tally->work += tally->lines * tally->depth * WORK_OF_LEVEL;
	return 0;
}

static bool is_harmless(const struct tally *tally)
{
	return tally->work <= WORK_BUDGET && tally->depth <= DEPTH_BUDGET &&
	       tally->cells <= CELL_BUDGET &&
	       tally->brackets * tally->largest_definition <= COPY_BUDGET;
}

/* The address space in use, so that the limit is on what is added to it. */
static size_t address_space(void)
{
	char digits[32];
	ssize_t size;
	size_t pages = 0;
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return 0;
	size = read(fd, digits, sizeof(digits));
	close(fd);
	for (ssize_t i = 0; i < size && digits[i] >= '0' && digits[i] <= '9'; i++)
		pages = pages * 10 + (size_t)(digits[i] - '0');
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
	__has_feature(memory_sanitizer)
#define SHADOWED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SHADOWED 1
#endif
#ifndef SHADOWED
#define SHADOWED 0 /* a sanitizer's shadow memory cannot live under a limit */
#endif

static void limit(int resource, size_t most)
{
	struct rlimit rlimit = {(rlim_t)most, (rlim_t)most};

	setrlimit(resource, &rlimit);
}

/*
 * Runs in the child of a program with many threads: until it ends, only what is safe in a signal
 * handler, and the allocator, which the C library makes safe here.
 */
static void run_child(struct slice body, void (*parse)(struct slice body))
{
	size_t space = SHADOWED ? 0 : address_space();
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	sigset_t none;

	/* The library says that it has no memory on standard error, and aborts. */
	if (null >= 0)
		dup2(null, STDERR_FILENO);
	sigemptyset(&none);
	signal(SIGALRM, SIG_DFL);
	signal(SIGXCPU, SIG_DFL);
	signal(SIGABRT, SIG_DFL);
	signal(SIGSEGV, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, GUARD_SECONDS);
	if (space > 0)
		limit(RLIMIT_AS, space + GUARD_MEMORY);
	alarm(10 * GUARD_SECONDS); /* for a child that sleeps: the limit counts its work only */
	parse(body);
	_exit(0);
}

/* 0: it parses. 1: it does not. -1: no child could be made. */
static int try_in_child(
	struct slice body, const char *path, void (*parse)(struct slice body), struct diags *diags)
{
	pid_t child = fork();
	int status;

	if (child == 0)
		run_child(body, parse);
	if (child < 0)
		return diag_io(diags, path, errno);
	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			return diag_io(diags, path, errno);
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}

static int refuse_bytes(struct tally *tally, struct slice body)
{
	struct slice line = {0};

	while (slice_next_line(&line, &body) && unicode_valid(line))
		tally->line++;
	for (size_t at = 0; at < line.size;) {
		uint32_t point;
		size_t size = unicode_next(&point, slice_from(line, at));

		if (size == 1 && (unsigned char)line.data[at] >= 0x80)
			return refuse(tally, DIAG_NOT_UTF8, unicode_column(line, at), NULL);
		at += size;
	}
	return refuse(tally, DIAG_NOT_UTF8, 0, NULL);
}

int guard_check(struct slice body, const char *path, unsigned first_line,
	void (*parse)(struct slice body), struct diags *diags)
{
	struct tally tally = {.path = path, .line = first_line, .diags = diags};
	int tried;

	if (!unicode_valid(body))
		return refuse_bytes(&tally, body);
	if (count_all(&tally, body) != 0)
		return -1;
	if (is_harmless(&tally))
		return 0;
	tried = try_in_child(body, path, parse, diags);
	if (tried == 1) {
		tally.line = 0;
		return refuse(&tally, DIAG_TOO_SLOW, 0, NULL);
	}
	return tried;
}
