/*
 * The output folder: what is refused, what is removed and what never is, and a run that is killed
 * at each of its writes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/mem.h"
#include "output/manifest.h"

/* A folder of its own for each test, with `site` in it for the output. */
struct box {
	char root[64];
	char *site;
	struct diags *diags;
};

static char *path_in(const struct box *box, const char *path)
{
	struct text full = {0};

	text_printf(&full, "%s/%s", box->root, path);
	return full.data;
}

static int set_up(void **state)
{
	struct box *box = mem_new(1, sizeof(*box));

	strncpy(box->root, "/tmp/draaiboek-test-XXXXXX", sizeof(box->root) - 1);
	if (mkdtemp(box->root) == NULL)
		return -1;
	box->site = path_in(box, "site");
	box->diags = diag_new();
	*state = box;
	return 0;
}

/* Calls `visit` for all below a folder, with paths relative to it, the deepest first. */
static void walk(const char *folder, const char *below,
	void (*visit)(void *context, const char *full, const char *path), void *context)
{
	DIR *stream = opendir(folder);
	const struct dirent *entry;

	while (stream != NULL && (entry = readdir(stream)) != NULL) {
		struct text full = {0}, path = {0};
		struct stat status;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		text_printf(&full, "%s/%s", folder, entry->d_name);
		text_printf(&path, "%s%s", below, entry->d_name);
		if (lstat(full.data, &status) == 0 && S_ISDIR(status.st_mode)) {
			text_byte(&path, '/');
			walk(full.data, path.data, visit, context);
		}
		visit(context, full.data, path.data);
		text_free(&full);
		text_free(&path);
	}
	if (stream != NULL)
		closedir(stream);
}

static void remove_visited(void *context, const char *full, const char *path)
{
	(void)context;
	(void)path;
	remove(full);
}

static int tear_down(void **state)
{
	struct box *box = *state;

	walk(box->root, "", remove_visited, NULL);
	rmdir(box->root);
	diag_free(box->diags);
	free(box->site);
	free(box);
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

struct names {
	char *list[1000];
	size_t count;
};

static void name_visited(void *context, const char *full, const char *path)
{
	struct names *names = context;

	(void)full;
	assert_true(names->count < ARRAY_LEN(names->list));
	names->list[names->count++] = mem_copy(path, strlen(path));
}

/* All that stands in the output folder, sorted, one a line. The caller frees it. */
static char *list_site(const struct box *box)
{
	struct names names = {.count = 0};
	struct text all = {0};

	walk(box->site, "", name_visited, &names);
	qsort(names.list, names.count, sizeof(char *), compare_names);
	for (size_t i = 0; i < names.count; i++) {
		text_puts(&all, names.list[i]);
		text_byte(&all, '\n');
		free(names.list[i]);
	}
	return all.data != NULL ? all.data : mem_copy("", 0);
}

#define OWN ".draaiboek/\n.draaiboek/lock\n.draaiboek/manifest\n"

static void check_site(const struct box *box, const char *want)
{
	char *got = list_site(box);

	assert_string_equal(got, want);
	free(got);
}

static void put(const struct box *box, const char *path, const char *bytes)
{
	char *full = path_in(box, path);
	FILE *file;

	for (char *slash = full + strlen(box->root) + 1; (slash = strchr(slash, '/')) != NULL;) {
		*slash = '\0';
		mkdir(full, 0777);
		*slash++ = '/';
	}
	file = fopen(full, "w");
	assert_non_null(file);
	fputs(bytes, file);
	fclose(file);
	free(full);
}

static void check_file(const struct box *box, const char *path, const char *want)
{
	char *full = path_in(box, path);
	struct text bytes = {0};

	assert_int_equal(fs_read(&bytes, full, 100000, box->diags), 0);
	assert_string_equal(bytes.data, want);
	text_free(&bytes);
	free(full);
}

/* Writes "{bytes}", in three pieces. */
static int write_pieces(
	struct box *box, struct manifest *manifest, struct slice path, const char *bytes)
{
	const char *const pieces[] = {"{", bytes, "}"};
	struct sink sink = manifest_sink(manifest);
	struct sink_file *file;

	if (sink_begin(&file, &sink, path, box->diags) != 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		if (sink_append(file, slice_of(pieces[i]), box->diags) != 0) {
			sink_abandon(file);
			return -1;
		}
	}
	return sink_end(file, box->diags);
}

/*
 * A run that writes `bytes` to the files, whose names are separated by spaces; to those of JSON in
 * pieces.
 */
static int run(
	struct box *box, const char *files, const char *bytes, size_t *written, size_t *removed)
{
	struct manifest *manifest;
	struct slice rest = slice_of(files);
	int result = manifest_open(&manifest, box->site, box->diags);

	if (result != 0)
		return -1;
	while (result == 0 && rest.size > 0) {
		size_t end = slice_find(rest, ' ');
		struct slice path = {rest.data, end};

		if (slice_ends(path, ".json"))
			result = write_pieces(box, manifest, path, bytes);
		else
			result = manifest_write(manifest, path, slice_of(bytes), box->diags);
		rest = slice_from(rest, end + 1);
	}
	if (result == 0)
		result = manifest_finish(manifest, box->diags);
	if (result == 0 && written != NULL)
		manifest_counts(written, removed, manifest);
	manifest_close(manifest);
	return result;
}

/* Asks for one message, with this code, and forgets it. */
static void expect(struct box *box, enum diag_code code)
{
	size_t count;
	const struct diag *list = diag_sorted(box->diags, &count);

	assert_int_equal(count, 1);
	assert_string_equal(diag_name(list[0].code), diag_name(code));
	diag_free(box->diags);
	box->diags = diag_new();
}

static void test_only_what_changed_is_written_and_what_is_gone_removed(void **state)
{
	struct box *box = *state;
	size_t written, removed;

	assert_int_equal(
		run(box, "index.html a/index.html b/c/index.html", "1", &written, &removed), 0);
	assert_int_equal(written, 3);
	assert_int_equal(removed, 0);
	assert_int_equal(
		run(box, "index.html a/index.html b/c/index.html", "1", &written, &removed), 0);
	assert_int_equal(written, 0);
	assert_int_equal(run(box, "index.html d/index.html", "1", &written, &removed), 0);
	assert_int_equal(written, 1);
	assert_int_equal(removed, 2);
	check_site(box, OWN "d/\nd/index.html\nindex.html\n");
	check_file(box, "site/.draaiboek/manifest", "draaiboek 1\nd/index.html\nindex.html\n");
	assert_int_equal(diag_status(box->diags), 0);
}

static void test_unchanged_files_keep_their_time(void **state)
{
	struct box *box = *state;
	char *file = path_in(box, "site/index.html");
	char *list = path_in(box, "site/.draaiboek/manifest");
	struct timespec old[2] = {{1000, 0}, {1000, 0}};
	struct stat status;

	assert_int_equal(run(box, "index.html", "1", NULL, NULL), 0);
	assert_int_equal(utimensat(AT_FDCWD, file, old, 0), 0);
	assert_int_equal(utimensat(AT_FDCWD, list, old, 0), 0);
	assert_int_equal(run(box, "index.html", "1", NULL, NULL), 0);
	assert_int_equal(stat(file, &status), 0);
	assert_int_equal(status.st_mtime, 1000);
	assert_int_equal(stat(list, &status), 0);
	assert_int_equal(status.st_mtime, 1000);
	free(file);
	free(list);
}

static void test_paths_are_those_of_the_last_run_then_of_this_one(void **state)
{
	struct box *box = *state;
	struct manifest *manifest;
	const struct slice *paths;
	size_t count;

	assert_int_equal(run(box, "b a/x", "1", NULL, NULL), 0);
	assert_int_equal(manifest_open(&manifest, box->site, box->diags), 0);
	paths = manifest_paths(manifest, &count);
	assert_int_equal(count, 2);
	assert_true(slice_is(paths[0], "a/x") && slice_is(paths[1], "b"));
	assert_int_equal(manifest_write(manifest, slice_of("c"), slice_of("1"), box->diags), 0);
	assert_int_equal(manifest_finish(manifest, box->diags), 0);
	paths = manifest_paths(manifest, &count);
	assert_int_equal(count, 1);
	assert_true(slice_is(paths[0], "c"));
	manifest_close(manifest);
}

static void test_foreign_folders_are_refused(void **state)
{
	struct box *box = *state;
	char *site = box->site;

	put(box, "site/mine.txt", "mine");
	assert_int_equal(run(box, "index.html", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_FOREIGN);
	check_site(box, "mine.txt\n");
	put(box, "site/.draaiboek/lock", "");
	assert_int_equal(run(box, "index.html", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_FOREIGN);
	box->site = (char[]){"/"};
	assert_int_equal(run(box, "", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_FOREIGN);
	box->site = (char[]){"/tmp/.."};
	assert_int_equal(run(box, "", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_FOREIGN);
	box->site = site;
}

static void test_sources_are_refused(void **state)
{
	struct box *box = *state;

	put(box, "site/.draaiboek/manifest", "draaiboek 1\n");
	put(box, "site/content/site.yml", "titel: x\n");
	assert_int_equal(run(box, "index.html", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_SOURCE);
	check_site(box, ".draaiboek/\n.draaiboek/manifest\ncontent/\ncontent/site.yml\n");
	walk(box->root, "", remove_visited, NULL);
	put(box, "site/.git/HEAD", "x");
	assert_int_equal(run(box, "index.html", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_SOURCE);
}

static void test_link_in_place_of_the_own_folder_is_refused(void **state)
{
	struct box *box = *state;
	char *link = path_in(box, "site/.draaiboek");

	put(box, "elsewhere/manifest", "draaiboek 1\n");
	mkdir(box->site, 0777);
	assert_int_equal(symlink("../elsewhere", link), 0);
	assert_int_equal(run(box, "index.html", "1", NULL, NULL), -1);
	expect(box, DIAG_IO);
	check_site(box, ".draaiboek\n");
	check_file(box, "elsewhere/manifest", "draaiboek 1\n");
	free(link);
}

static void test_hostile_manifest_is_refused(void **state)
{
	static const char *const lists[] = {"draaiboek 1\n../victim\n",
		"draaiboek 1\na/../../victim\n", "draaiboek 1\n/etc/passwd\n",
		"draaiboek 1\n.draaiboek/lock\n", "draaiboek 1\n.draaiboek\n", "draaiboek 1\n\n",
		"draaiboek 1\na\\b\n", "draaiboek 1\na\tb\n", "draaiboek 2\na\n", "mine\n", "",
		"x"};
	struct box *box = *state;

	put(box, "victim", "safe");
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		put(box, "site/.draaiboek/manifest", lists[i]);
		put(box, "site/index.html", "mine");
		assert_int_equal(run(box, "other.html", "1", NULL, NULL), -1);
		expect(box, DIAG_OUTPUT_DAMAGED);
		check_site(box, OWN "index.html\n");
		check_file(box, "victim", "safe");
	}
	put(box, "site/.draaiboek/manifest", "draaiboek 1\n");
	put(box, "site/.draaiboek/pending", "draaiboek 1\n../victim\n");
	assert_int_equal(run(box, "other.html", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_DAMAGED);
	check_file(box, "victim", "safe");
}

static void test_links_in_the_output_are_not_followed(void **state)
{
	struct box *box = *state;
	char *link = path_in(box, "site/a");

	put(box, "elsewhere/index.html", "safe");
	put(box, "site/.draaiboek/manifest", "draaiboek 1\na/index.html\n");
	assert_int_equal(symlink("../elsewhere", link), 0);
	assert_int_equal(run(box, "b", "1", NULL, NULL), -1);
	check_file(box, "elsewhere/index.html", "safe");
	free(link);
}

static void test_foreign_files_are_neither_overwritten_nor_removed(void **state)
{
	struct box *box = *state;

	assert_int_equal(run(box, "index.html a/index.html", "1", NULL, NULL), 0);
	put(box, "site/CNAME", "mine");
	put(box, "site/a/notes.txt", "mine");
	put(box, "site/b/index.html", "mine");
	assert_int_equal(run(box, "index.html b/index.html", "2", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_TAKEN);
	check_file(box, "site/b/index.html", "mine");
	assert_int_equal(run(box, "index.html", "2", NULL, NULL), 0);
	check_site(box, OWN "CNAME\na/\na/notes.txt\nb/\nb/index.html\nindex.html\n");
}

static void test_folder_in_the_place_of_an_old_file_stays(void **state)
{
	struct box *box = *state;
	char *file = path_in(box, "site/a");

	assert_int_equal(run(box, "a index.html", "1", NULL, NULL), 0);
	unlink(file);
	put(box, "site/a/mine.txt", "mine");
	assert_int_equal(run(box, "index.html", "1", NULL, NULL), 0);
	check_file(box, "site/a/mine.txt", "mine");
	free(file);
}

static void test_writing_a_path_twice_is_refused(void **state)
{
	struct box *box = *state;

	assert_int_equal(run(box, "a b a", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_TWICE);
}

static void test_files_in_pieces_are_as_others(void **state)
{
	struct box *box = *state;
	struct manifest *manifest;
	size_t written, removed;

	assert_int_equal(run(box, "a.json b.json c.json", "1", &written, &removed), 0);
	assert_int_equal(written, 3);
	check_file(box, "site/a.json", "{1}");
	assert_int_equal(run(box, "a.json b.json", "1", &written, &removed), 0);
	assert_int_equal(written, 0);
	assert_int_equal(removed, 1);
	assert_int_equal(run(box, "a.json b.json", "12", &written, &removed), 0);
	assert_int_equal(written, 2);
	check_site(box, OWN "a.json\nb.json\n");

	assert_int_equal(run(box, "a.json index.html a.json", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_TWICE);
	assert_int_equal(manifest_open(&manifest, box->site, box->diags), 0);
	assert_int_equal(write_pieces(box, manifest, slice_of("../a.json"), "1"), -1);
	expect(box, DIAG_PATH_UNSAFE);
	manifest_close(manifest);
	put(box, "site/d.json", "mine");
	assert_int_equal(run(box, "d.json", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_TAKEN);
	check_file(box, "site/d.json", "mine");
}

/* A file that was announced and is not there must not come into the list. */
static void test_abandoned_file_fails_the_run(void **state)
{
	struct box *box = *state;
	struct manifest *manifest;
	struct sink sink;
	struct sink_file *file;

	sink_abandon(NULL);
	assert_int_equal(run(box, "a.json old.json", "1", NULL, NULL), 0);
	assert_int_equal(manifest_open(&manifest, box->site, box->diags), 0);
	sink = manifest_sink(manifest);
	assert_int_equal(sink_begin(&file, &sink, slice_of("a.json"), box->diags), 0);
	assert_int_equal(sink_append(file, slice_of("half"), box->diags), 0);
	sink_abandon(file);
	assert_int_equal(
		manifest_write(manifest, slice_of("b.html"), slice_of("2"), box->diags), -1);
	assert_int_equal(manifest_finish(manifest, box->diags), -1);
	manifest_close(manifest);
	check_file(box, "site/a.json", "{1}");
	assert_int_equal(run(box, "a.json old.json", "1", NULL, NULL), 0);
	check_site(box, OWN "a.json\nold.json\n");
}

static void test_unsafe_paths_are_refused(void **state)
{
	static const char *const paths[] = {
		"../x", "/x", "a//b", "", ".draaiboek/manifest", ".draaiboek", "a\nb", "a\\b", "."};
	struct box *box = *state;
	struct manifest *manifest;

	assert_int_equal(manifest_open(&manifest, box->site, box->diags), 0);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		assert_int_equal(
			manifest_write(manifest, slice_of(paths[i]), slice_of("1"), box->diags),
			-1);
		expect(box, DIAG_PATH_UNSAFE);
	}
	manifest_close(manifest);
	check_site(box, ".draaiboek/\n.draaiboek/lock\n");
}

static void test_two_runs_exclude_each_other(void **state)
{
	struct box *box = *state;
	struct manifest *manifest;

	assert_int_equal(manifest_open(&manifest, box->site, box->diags), 0);
	assert_int_equal(run(box, "a", "1", NULL, NULL), -1);
	expect(box, DIAG_OUTPUT_LOCKED);
	manifest_close(manifest);
	assert_int_equal(run(box, "a", "1", NULL, NULL), 0);
}

static void test_failed_run_keeps_the_old_files(void **state)
{
	struct box *box = *state;
	struct manifest *manifest;

	assert_int_equal(run(box, "a b", "1", NULL, NULL), 0);
	assert_int_equal(manifest_open(&manifest, box->site, box->diags), 0);
	assert_int_equal(manifest_write(manifest, slice_of("a"), slice_of("2"), box->diags), 0);
	assert_int_equal(manifest_write(manifest, slice_of("c"), slice_of("2"), box->diags), 0);
	manifest_close(manifest);
	check_file(box, "site/a", "2");
	check_file(box, "site/b", "1");
	assert_int_equal(run(box, "a b", "1", NULL, NULL), 0);
	check_site(box, OWN "a\nb\n");
}

static void test_unfinished_line_of_a_dead_run_is_not_taken_for_a_name(void **state)
{
	struct box *box = *state;

	assert_int_equal(run(box, "a", "1", NULL, NULL), 0);
	put(box, "site/.draaiboek/pending", "draaiboek 1\nb\nCNA");
	put(box, "site/CNA", "mine");
	put(box, "site/b", "dead");
	put(box, "site/.draaiboek-12-3", "dead");
	assert_int_equal(run(box, "a c", "1", NULL, NULL), 0);
	check_site(box, OWN "CNA\na\nc\n");
	put(box, "site/.draaiboek/pending", "draai");
	assert_int_equal(run(box, "a d", "1", NULL, NULL), 0);
	check_site(box, OWN "CNA\na\nd\n");
}

static void test_only_unfinished_files_of_draaiboek_are_swept(void **state)
{
	struct box *box = *state;

	assert_int_equal(run(box, "a/b/c", "1", NULL, NULL), 0);
	put(box, "site/.draaiboek/pending", "draaiboek 1\n");
	put(box, "site/a/b/.draaiboek-1-0", "dead");
	put(box, "site/a/.draaiboek-x-0", "mine");
	put(box, "site/a/.draaiboek-12", "mine");
	put(box, "site/mine/.draaiboek-1-0", "mine");
	put(box, "elsewhere/.draaiboek-1-0", "mine");
	assert_int_equal(run(box, "a/b/c", "1", NULL, NULL), 0);
	check_site(box, OWN "a/\na/.draaiboek-12\na/.draaiboek-x-0\na/b/\na/b/c\n"
			    "mine/\nmine/.draaiboek-1-0\n");
	check_file(box, "elsewhere/.draaiboek-1-0", "mine");
}

#define THREADS 4
#define EACH 200

struct writer {
	struct manifest *manifest;
	struct diags *diags;
	int number;
	bool failed;
};

static void *write_many(void *context)
{
	struct writer *writer = context;

	for (int i = 0; i < EACH; i++) {
		struct text path = {0};

		text_printf(&path, "%d/%d.html", i % 7, writer->number * EACH + i);
		if (manifest_write(
			    writer->manifest, text_slice(&path), slice_of("x"), writer->diags) != 0)
			writer->failed = true;
		text_free(&path);
	}
	return NULL;
}

static void test_threads_write_at_once(void **state)
{
	struct box *box = *state;
	struct writer writers[THREADS];
	pthread_t threads[THREADS];
	struct manifest *manifest;
	size_t written, removed, count;

	assert_int_equal(manifest_open(&manifest, box->site, box->diags), 0);
	for (int i = 0; i < THREADS; i++) {
		writers[i] = (struct writer){manifest, box->diags, i, false};
		assert_int_equal(pthread_create(&threads[i], NULL, write_many, &writers[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_false(writers[i].failed);
	}
	assert_int_equal(manifest_finish(manifest, box->diags), 0);
	manifest_counts(&written, &removed, manifest);
	assert_int_equal(written, THREADS * EACH);
	(void)manifest_paths(manifest, &count);
	assert_int_equal(count, THREADS * EACH);
	manifest_close(manifest);
}

/*
 * Makes the run in a child, and kills it when it enters its system call number `stop`. Returns
 * false when the run came to its end before that.
 */
static bool killed_at(struct box *box, const char *files, const char *bytes, unsigned stop)
{
	pid_t child = fork();
	unsigned calls = 0;
	int status;

	if (child == 0) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		_exit(run(box, files, bytes, NULL, NULL) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSTOPPED(status));
	while (calls++ < stop) {
		assert_int_equal(ptrace(PTRACE_SYSCALL, child, NULL, NULL), 0);
		assert_int_equal(waitpid(child, &status, 0), child);
		if (WIFEXITED(status)) {
			assert_int_equal(WEXITSTATUS(status), 0);
			return false;
		}
		assert_true(WIFSTOPPED(status));
	}
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	return true;
}

/* Can a child be traced here? In some containers it cannot. */
static bool can_trace(void)
{
	pid_t child = fork();
	int status;

	if (child == 0)
		_exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : 1);
	return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void test_killed_at_every_system_call_of_a_first_run(void **state)
{
	struct box *box = *state;
	unsigned stop = 1;

	if (!can_trace())
		skip();
	for (; killed_at(box, "index.html a/b/index.html a/x.json", "1", stop); stop++) {
		assert_int_equal(run(box, "index.html c/index.html", "2", NULL, NULL), 0);
		check_site(box, OWN "c/\nc/index.html\nindex.html\n");
		walk(box->root, "", remove_visited, NULL);
	}
	assert_true(stop > 50);
	check_site(box, OWN "a/\na/b/\na/b/index.html\na/x.json\nindex.html\n");
}

static void test_killed_at_every_system_call_of_a_later_run(void **state)
{
	struct box *box = *state;
	unsigned stop = 1;

	if (!can_trace())
		skip();
	while (true) {
		assert_int_equal(
			run(box, "index.html old/index.html a/x.json", "1", NULL, NULL), 0);
		put(box, "site/CNAME", "mine");
		put(box, "site/old/mine.txt", "mine");
		if (!killed_at(box, "index.html new/index.html a/x.json", "2", stop++))
			break;
		assert_int_equal(run(box, "a/x.json c/index.html", "3", NULL, NULL), 0);
		check_site(box, OWN "CNAME\na/\na/x.json\nc/\nc/index.html\nold/\nold/mine.txt\n");
		check_file(box, "site/a/x.json", "{3}");
		walk(box->root, "", remove_visited, NULL);
	}
	assert_true(stop > 50);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_only_what_changed_is_written_and_what_is_gone_removed),
		TEST(test_unchanged_files_keep_their_time),
		TEST(test_paths_are_those_of_the_last_run_then_of_this_one),
		TEST(test_foreign_folders_are_refused),
		TEST(test_sources_are_refused),
		TEST(test_link_in_place_of_the_own_folder_is_refused),
		TEST(test_hostile_manifest_is_refused),
		TEST(test_links_in_the_output_are_not_followed),
		TEST(test_foreign_files_are_neither_overwritten_nor_removed),
		TEST(test_folder_in_the_place_of_an_old_file_stays),
		TEST(test_writing_a_path_twice_is_refused),
		TEST(test_files_in_pieces_are_as_others),
		TEST(test_abandoned_file_fails_the_run),
		TEST(test_unsafe_paths_are_refused),
		TEST(test_two_runs_exclude_each_other),
		TEST(test_failed_run_keeps_the_old_files),
		TEST(test_unfinished_line_of_a_dead_run_is_not_taken_for_a_name),
		TEST(test_only_unfinished_files_of_draaiboek_are_swept),
		TEST(test_threads_write_at_once),
		TEST(test_killed_at_every_system_call_of_a_first_run),
		TEST(test_killed_at_every_system_call_of_a_later_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
