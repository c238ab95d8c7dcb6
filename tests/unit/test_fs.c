/* Writing: what is touched and what is not, symlinks and other things in the way, hostile paths. */
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
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/mem.h"

/* A folder of its own for each test, with `site` in it, which is written to. */
struct box {
	char root[64];
	struct fs_folder *folder;
	struct diags *diags;
};

static int set_up(void **state)
{
	struct box *box = mem_new(1, sizeof(*box));
	struct text path = {0};

	strncpy(box->root, "/tmp/draaiboek-test-XXXXXX", sizeof(box->root) - 1);
	if (mkdtemp(box->root) == NULL)
		return -1;
	box->diags = diag_new();
	text_printf(&path, "%s/site", box->root);
	if (fs_open(&box->folder, path.data, box->diags) != 0)
		return -1;
	text_free(&path);
	*state = box;
	return 0;
}

static void remove_all(const char *path)
{
	DIR *stream = opendir(path);
	const struct dirent *entry;

	while (stream != NULL && (entry = readdir(stream)) != NULL) {
		struct text child = {0};
		struct stat status;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		text_printf(&child, "%s/%s", path, entry->d_name);
		if (lstat(child.data, &status) == 0 && S_ISDIR(status.st_mode))
			remove_all(child.data);
		else
			unlink(child.data);
		text_free(&child);
	}
	if (stream != NULL)
		closedir(stream);
	rmdir(path);
}

static int tear_down(void **state)
{
	struct box *box = *state;

	fs_close(box->folder);
	diag_free(box->diags);
	remove_all(box->root);
	free(box);
	return 0;
}

/* The path of something in the box; a buffer for each of the last four calls. */
static const char *in_box(const struct box *box, const char *path)
{
	static char paths[4][256];
	static size_t turn;
	char *buffer = paths[turn++ % ARRAY_LEN(paths)];

	snprintf(buffer, sizeof(paths[0]), "%s/%s", box->root, path);
	return buffer;
}

static void put_file(const char *path, const char *bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, strlen(bytes)), strlen(bytes));
	close(fd);
}

static void assert_file(const char *path, const char *bytes)
{
	struct diags *diags = diag_new();
	struct text text = {0};

	assert_int_equal(fs_read(&text, path, 1 << 20, diags), 0);
	assert_string_equal(text.data, bytes);
	assert_int_equal(text.size, strlen(bytes));
	text_free(&text);
	diag_free(diags);
}

static bool exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

static void assert_written(
	struct box *box, const char *path, const char *bytes, enum fs_written want)
{
	enum fs_written written = FS_SAME;

	assert_int_equal(
		fs_write(&written, box->folder, slice_of(path), slice_of(bytes), box->diags), 0);
	assert_int_equal(written, want);
	assert_int_equal(diag_status(box->diags), 0);
}

static void assert_not_written(struct box *box, const char *path)
{
	assert_int_equal(
		fs_write(NULL, box->folder, slice_of(path), slice_of("x"), box->diags), -1);
	assert_int_equal(diag_status(box->diags), 2);
}

static size_t count_entries(const char *path)
{
	DIR *stream = opendir(path);
	size_t count = 0;

	assert_non_null(stream);
	while (readdir(stream) != NULL)
		count++;
	closedir(stream);
	return count - 2;
}

static void knows_safe_paths(void **state)
{
	static const char *const safe[] = {
		"a", "a/b.html", "...", ".draaiboek/x", "a b/\xc3\xa9", "-", "~"};
	static const char *const unsafe[] = {"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..",
		"a/../b", "a/./b", "./a", "a\\b", "..\\a", "C:\\a"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(safe); i++)
		assert_true(fs_is_safe(slice_of(safe[i])));
	for (size_t i = 0; i < ARRAY_LEN(unsafe); i++)
		assert_false(fs_is_safe(slice_of(unsafe[i])));
	assert_false(fs_is_safe((struct slice){0}));
	assert_false(fs_is_safe((struct slice){"a\0b", 3}));
	assert_false(fs_is_safe((struct slice){"a/\0", 3}));
}

static void joins_safe_paths_only(void **state)
{
	struct text out = {0};

	(void)state;
	assert_int_equal(fs_join(&out, "/site", slice_of("a/b")), 0);
	assert_string_equal(out.data, "/site/a/b");
	assert_int_equal(fs_join(&out, "/site", slice_of("../b")), -1);
	assert_string_equal(out.data, "/site/a/b");
	text_clear(&out);
	assert_int_equal(fs_join(&out, "/site/", slice_of("a")), 0);
	assert_string_equal(out.data, "/site/a");
	text_clear(&out);
	assert_int_equal(fs_join(&out, "", slice_of("a")), 0);
	assert_string_equal(out.data, "a");
	text_free(&out);
}

static void makes_the_folder_with_its_parents(void **state)
{
	static const char *const paths[] = {
		"een/twee/drie", "een/twee/drie", "vier/", "vijf//zes/"};
	struct box *box = *state;

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct fs_folder *folder = NULL;

		assert_int_equal(fs_open(&folder, in_box(box, paths[i]), box->diags), 0);
		assert_true(fs_is_empty(folder));
		fs_close(folder);
	}
	fs_close(NULL);
}

static void opens_no_file_as_a_folder(void **state)
{
	struct box *box = *state;
	struct fs_folder *folder = NULL;

	put_file(in_box(box, "bestand"), "x");
	assert_int_equal(fs_open(&folder, in_box(box, "bestand"), box->diags), -1);
	assert_int_equal(fs_open(&folder, in_box(box, "bestand/onder"), box->diags), -1);
	assert_int_equal(fs_open(&folder, "", box->diags), -1);
	assert_null(folder);
	assert_int_equal(diag_count(box->diags, DIAG_FATAL), 3);
}

static void writes_and_makes_folders(void **state)
{
	struct box *box = *state;

	assert_true(fs_is_empty(box->folder));
	assert_written(box, "regio/foodvalley/index.html", "een", FS_CREATED);
	assert_false(fs_is_empty(box->folder));
	assert_written(box, "regio/foodvalley/atom.xml", "twee", FS_CREATED);
	assert_written(box, "regio/zwolle/index.html", "drie", FS_CREATED);
	assert_written(box, "regio/index.html", "", FS_CREATED);
	assert_written(box, "index.html", "vijf", FS_CREATED);
	assert_file(in_box(box, "site/regio/foodvalley/index.html"), "een");
	assert_file(in_box(box, "site/regio/foodvalley/atom.xml"), "twee");
	assert_file(in_box(box, "site/regio/zwolle/index.html"), "drie");
	assert_file(in_box(box, "site/regio/index.html"), "");
	assert_file(in_box(box, "site/index.html"), "vijf");
	assert_int_equal(count_entries(in_box(box, "site")), 2);
	assert_int_equal(count_entries(in_box(box, "site/regio/foodvalley")), 2);
}

static void leaves_the_same_bytes_alone(void **state)
{
	struct box *box = *state;
	struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
	struct stat before, after;
	struct text bytes = {0};

	for (int i = 0; i < 20000; i++)
		text_printf(&bytes, "regel %d\n", i);
	assert_written(box, "a/index.html", bytes.data, FS_CREATED);
	assert_int_equal(utimensat(AT_FDCWD, in_box(box, "site/a/index.html"), old, 0), 0);
	assert_int_equal(stat(in_box(box, "site/a/index.html"), &before), 0);

	assert_written(box, "a/index.html", bytes.data, FS_SAME);
	assert_int_equal(stat(in_box(box, "site/a/index.html"), &after), 0);
	assert_true(before.st_ino == after.st_ino);
	assert_int_equal(after.st_mtime, 1000);

	bytes.data[bytes.size - 2] = 'x';
	assert_written(box, "a/index.html", bytes.data, FS_CHANGED);
	assert_file(in_box(box, "site/a/index.html"), bytes.data);
	assert_written(box, "a/index.html", "", FS_CHANGED);
	assert_written(box, "a/index.html", "", FS_SAME);
	assert_int_equal(count_entries(in_box(box, "site/a")), 1);
	text_free(&bytes);
}

/* Another process, and so another memory of which folders there are. */
static void compares_in_a_folder_opened_anew(void **state)
{
	struct box *box = *state;

	assert_written(box, "a/b/index.html", "een", FS_CREATED);
	fs_close(box->folder);
	assert_int_equal(fs_open(&box->folder, in_box(box, "site"), box->diags), 0);
	assert_written(box, "a/b/index.html", "een", FS_SAME);
	assert_written(box, "a/b/nieuw.html", "twee", FS_CREATED);
	assert_written(box, "a/b/index.html", "drie", FS_CHANGED);
}

static void refuses_paths_that_lead_out(void **state)
{
	static const char *const unsafe[] = {
		"../buiten", "/tmp/buiten", "a/../../buiten", "", "a//b"};
	struct box *box = *state;
	struct text text = {0};
	size_t count;

	for (size_t i = 0; i < ARRAY_LEN(unsafe); i++) {
		struct slice path = slice_of(unsafe[i]);

		assert_not_written(box, unsafe[i]);
		assert_int_equal(fs_read_in(&text, box->folder, path, box->diags), -1);
		assert_int_equal(fs_remove(box->folder, path, box->diags), -1);
	}
	assert_int_equal(
		fs_write(NULL, box->folder, (struct slice){"a\0b", 3}, slice_of("x"), box->diags),
		-1);
	assert_true(fs_is_empty(box->folder));
	assert_int_equal(count_entries(box->root), 1);
	assert_int_equal(diag_sorted(box->diags, &count)->code, DIAG_PATH_UNSAFE);
	text_free(&text);
}

static void follows_no_symlink_on_the_way(void **state)
{
	struct box *box = *state;
	struct text text = {0};
	size_t count;

	assert_int_equal(mkdir(in_box(box, "buiten"), 0777), 0);
	put_file(in_box(box, "buiten/index.html"), "geheim");
	assert_int_equal(symlink("../buiten", in_box(box, "site/link")), 0);
	assert_not_written(box, "link/index.html");
	assert_not_written(box, "link/diep/er/index.html");
	assert_int_equal(
		fs_read_in(&text, box->folder, slice_of("link/index.html"), box->diags), -1);
	assert_int_equal(fs_remove(box->folder, slice_of("link/index.html"), box->diags), -1);
	assert_file(in_box(box, "buiten/index.html"), "geheim");
	assert_int_equal(count_entries(in_box(box, "buiten")), 1);
	assert_non_null(strstr(diag_sorted(box->diags, &count)->text, "symbolic link"));
	text_free(&text);
}

static void replaces_a_symlink_not_its_target(void **state)
{
	struct box *box = *state;
	struct text text = {0};
	struct stat status;

	put_file(in_box(box, "buiten"), "geheim");
	assert_int_equal(symlink("../buiten", in_box(box, "site/index.html")), 0);
	assert_int_equal(fs_read_in(&text, box->folder, slice_of("index.html"), box->diags), -1);
	diag_free(box->diags);
	box->diags = diag_new();
	assert_written(box, "index.html", "geheim", FS_CHANGED);
	assert_file(in_box(box, "buiten"), "geheim");
	assert_int_equal(lstat(in_box(box, "site/index.html"), &status), 0);
	assert_true(S_ISREG(status.st_mode));
	/* One that leads nowhere. */
	assert_int_equal(symlink("nergens", in_box(box, "site/a.html")), 0);
	assert_written(box, "a.html", "een", FS_CHANGED);
	assert_false(exists(in_box(box, "site/nergens")));
	text_free(&text);
}

/* Waits for ever, and so fails, when it is opened as a file is. */
static void does_not_wait_for_a_pipe(void **state)
{
	struct box *box = *state;
	struct text text = {0};

	assert_int_equal(mkfifo(in_box(box, "site/index.html"), 0666), 0);
	assert_int_equal(fs_read(&text, in_box(box, "site/index.html"), 100, box->diags), -1);
	assert_int_equal(fs_read_in(&text, box->folder, slice_of("index.html"), box->diags), -1);
	diag_free(box->diags);
	box->diags = diag_new();
	assert_written(box, "index.html", "", FS_CHANGED);
	assert_file(in_box(box, "site/index.html"), "");
	text_free(&text);
}

static void says_so_when_a_file_or_folder_is_in_the_way(void **state)
{
	struct box *box = *state;

	assert_written(box, "a", "een", FS_CREATED);
	assert_written(box, "b/index.html", "een", FS_CREATED);
	assert_not_written(box, "a/index.html");
	assert_not_written(box, "b");
	assert_int_equal(diag_count(box->diags, DIAG_FATAL), 2);
	assert_file(in_box(box, "site/a"), "een");
	/* No temporary file is left. */
	assert_int_equal(count_entries(in_box(box, "site")), 2);
}

static void says_so_when_the_folder_cannot_be_written(void **state)
{
	struct box *box = *state;

	if (geteuid() == 0)
		skip();
	assert_written(box, "a/index.html", "een", FS_CREATED);
	assert_int_equal(chmod(in_box(box, "site/a"), 0555), 0);
	assert_written(box, "a/index.html", "een", FS_SAME);
	assert_not_written(box, "a/index.html");
	assert_not_written(box, "a/b/index.html");
	assert_int_equal(chmod(in_box(box, "site/a"), 0777), 0);
}

/* As with a full disk, writing stops in the middle: the old file stays, nothing is left behind. */
static void keeps_the_old_file_when_writing_fails(void **state)
{
	struct box *box = *state;
	struct rlimit old, small;
	char large[8192];
	struct slice bytes = {large, sizeof(large)};

	memset(large, 'x', sizeof(large));
	assert_written(box, "a/index.html", "oud", FS_CREATED);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 4096;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(
		fs_write(NULL, box->folder, slice_of("a/index.html"), bytes, box->diags), -1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_file(in_box(box, "site/a/index.html"), "oud");
	assert_int_equal(count_entries(in_box(box, "site/a")), 1);
}

static int write_pieces(
	enum fs_written *out, struct box *box, const char *path, struct slice bytes, size_t piece)
{
	struct fs_file *file;

	if (fs_begin(&file, box->folder, slice_of(path), box->diags) != 0)
		return -1;
	for (size_t at = 0; at < bytes.size; at += piece) {
		struct slice rest = slice_from(bytes, at);

		rest.size = rest.size < piece ? rest.size : piece;
		if (fs_append(file, rest, box->diags) != 0) {
			fs_abandon(file);
			return -1;
		}
	}
	return fs_end(out, file, box->diags);
}

static void assert_pieces(
	struct box *box, const char *path, const char *bytes, size_t piece, enum fs_written want)
{
	enum fs_written written = FS_SAME;

	assert_int_equal(write_pieces(&written, box, path, slice_of(bytes), piece), 0);
	assert_int_equal(written, want);
	assert_int_equal(diag_status(box->diags), 0);
	assert_file(in_box(box, "site/a/index.json"), bytes);
	assert_int_equal(count_entries(in_box(box, "site/a")), 1);
}

static void writes_in_pieces_as_at_once(void **state)
{
	static const char *const later[] = {
		"Xbcdefghij", "abcdeXghij", "abcdefghiX", "abcde", "abcdefghijk", "a", ""};
	struct box *box = *state;

	for (size_t piece = 1; piece < 12; piece++) {
		assert_pieces(box, "a/index.json", "abcdefghij", piece, FS_CREATED);
		for (size_t i = 0; i < ARRAY_LEN(later); i++) {
			assert_pieces(box, "a/index.json", later[i], piece, FS_CHANGED);
			assert_pieces(box, "a/index.json", later[i], piece, FS_SAME);
			assert_pieces(box, "a/index.json", "abcdefghij", piece, FS_CHANGED);
		}
		assert_pieces(box, "a/index.json", "", piece, FS_CHANGED);
		assert_int_equal(fs_remove(box->folder, slice_of("a/index.json"), box->diags), 0);
		assert_pieces(box, "a/index.json", "", piece, FS_CREATED);
		assert_int_equal(fs_remove(box->folder, slice_of("a/index.json"), box->diags), 0);
	}
}

/* What is the same is copied from the old file, in more than one step. */
static void differs_far_from_its_start(void **state)
{
	struct box *box = *state;
	struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
	struct stat before, after;
	struct text bytes = {0};

	for (int i = 0; i < 20000; i++)
		text_printf(&bytes, "regel %d\n", i);
	text_byte(&bytes, '0');
	assert_pieces(box, "a/index.json", bytes.data, 50000, FS_CREATED);
	assert_int_equal(utimensat(AT_FDCWD, in_box(box, "site/a/index.json"), old, 0), 0);
	assert_int_equal(stat(in_box(box, "site/a/index.json"), &before), 0);
	assert_pieces(box, "a/index.json", bytes.data, 70000, FS_SAME);
	assert_int_equal(stat(in_box(box, "site/a/index.json"), &after), 0);
	assert_true(before.st_ino == after.st_ino);
	assert_int_equal(after.st_mtime, 1000);

	bytes.data[150001] = 'x';
	assert_pieces(box, "a/index.json", bytes.data, 50000, FS_CHANGED);
	bytes.data[bytes.size - 1] = '1';
	assert_pieces(box, "a/index.json", bytes.data, 50000, FS_CHANGED);
	bytes.data[0] = 'R';
	assert_pieces(box, "a/index.json", bytes.data, 50000, FS_CHANGED);
	text_free(&bytes);
}

static void leaves_the_old_file_when_abandoned(void **state)
{
	static const char *const pieces[] = {"oud", "nieuw", ""};
	struct box *box = *state;
	struct fs_file *file;

	fs_abandon(NULL);
	assert_written(box, "a/index.json", "oud", FS_CREATED);
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		struct slice piece = slice_of(pieces[i]);

		assert_int_equal(
			fs_begin(&file, box->folder, slice_of("a/index.json"), box->diags), 0);
		assert_int_equal(fs_append(file, piece, box->diags), 0);
		fs_abandon(file);
		assert_file(in_box(box, "site/a/index.json"), "oud");
		assert_int_equal(count_entries(in_box(box, "site/a")), 1);
	}
	assert_int_equal(fs_begin(&file, box->folder, slice_of("a/nieuw.json"), box->diags), 0);
	assert_int_equal(fs_append(file, slice_of("half"), box->diags), 0);
	fs_abandon(file);
	assert_int_equal(count_entries(in_box(box, "site/a")), 1);
}

static void keeps_the_old_file_when_a_piece_fails(void **state)
{
	struct box *box = *state;
	struct rlimit old, small;
	char large[8192];
	struct slice bytes = {large, sizeof(large)};

	memset(large, 'x', sizeof(large));
	assert_written(box, "a/index.json", "xxoud", FS_CREATED);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 4096;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(write_pieces(NULL, box, "a/index.json", bytes, 2), -1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(diag_status(box->diags), 2);
	assert_file(in_box(box, "site/a/index.json"), "xxoud");
	assert_int_equal(count_entries(in_box(box, "site/a")), 1);
}

static void puts_no_pieces_where_a_folder_is(void **state)
{
	struct box *box = *state;
	struct slice bytes = slice_of("bytes");

	assert_written(box, "a/b/index.html", "een", FS_CREATED);
	assert_int_equal(write_pieces(NULL, box, "a/b", bytes, 2), -1);
	assert_int_equal(write_pieces(NULL, box, "a/b/index.html/c", bytes, 2), -1);
	assert_int_equal(write_pieces(NULL, box, "../a", bytes, 2), -1);
	assert_file(in_box(box, "site/a/b/index.html"), "een");
	assert_int_equal(count_entries(in_box(box, "site")), 1);
	assert_int_equal(count_entries(in_box(box, "site/a")), 1);
	assert_int_equal(count_entries(box->root), 1);
}

/* What a killed run left, with this process's number. */
static void passes_over_what_was_left_behind(void **state)
{
	struct box *box = *state;
	char name[64];

	snprintf(name, sizeof(name), "site/.draaiboek-%ld-0", (long)getpid());
	put_file(in_box(box, name), "half");
	assert_written(box, "index.html", "heel", FS_CREATED);
	assert_file(in_box(box, "site/index.html"), "heel");
	assert_file(in_box(box, name), "half");
}

static void refuses_names_that_are_too_long(void **state)
{
	struct box *box = *state;
	struct text path = {0};

	for (int i = 0; i < 300; i++)
		text_byte(&path, 'a');
	assert_not_written(box, path.data);
	for (int i = 0; i < 5000; i++)
		text_puts(&path, "/a");
	assert_not_written(box, path.data);
	assert_true(fs_is_empty(box->folder));
	text_free(&path);
}

static void names_the_file_that_failed(void **state)
{
	struct box *box = *state;
	size_t count;

	put_file(in_box(box, "site/a"), "x");
	assert_not_written(box, "a/index.html");
	assert_non_null(strstr(diag_sorted(box->diags, &count)->text,
		in_box(box, "site/a/index.html: a part of the path is not a folder")));
}

static void reads_within_the_limit(void **state)
{
	struct box *box = *state;
	struct text text = {0};

	put_file(in_box(box, "tien"), "0123456789");
	text_puts(&text, "voor ");
	assert_int_equal(fs_read(&text, in_box(box, "tien"), 10, box->diags), 0);
	assert_string_equal(text.data, "voor 0123456789");
	assert_int_equal(fs_read(&text, in_box(box, "tien"), 9, box->diags), -1);
	assert_int_equal(fs_read(&text, in_box(box, "site"), 9, box->diags), -1);
	assert_int_equal(fs_read(&text, in_box(box, "nergens"), 9, box->diags), -1);
	assert_string_equal(text.data, "voor 0123456789");
	assert_int_equal(diag_count(box->diags, DIAG_FATAL), 3);
	assert_int_equal(symlink("tien", in_box(box, "link")), 0);
	assert_int_equal(fs_read(&text, in_box(box, "link"), 10, box->diags), -1);
	assert_int_equal(text.size, 15);
	text_free(&text);
}

/* Files of /proc say that they are empty. */
static void reads_files_that_do_not_know_their_size(void **state)
{
	struct box *box = *state;
	struct text text = {0};

	if (!exists("/proc/self/status"))
		skip();
	assert_int_equal(fs_read(&text, "/proc/self/status", 1 << 20, box->diags), 0);
	assert_true(text.size > 0);
	assert_int_equal(text.data[text.size], '\0');
	text_free(&text);
	assert_int_equal(fs_read(&text, "/proc/self/status", 10, box->diags), -1);
	assert_int_equal(text.size, 0);
	text_free(&text);
}

static void reads_what_was_written(void **state)
{
	struct box *box = *state;
	struct text text = {0};

	assert_written(box, "a/b", "een", FS_CREATED);
	assert_int_equal(fs_read_in(&text, box->folder, slice_of("a/b"), box->diags), 0);
	assert_string_equal(text.data, "een");
	assert_int_equal(fs_read_in(&text, box->folder, slice_of("a/c"), box->diags), 1);
	assert_int_equal(fs_read_in(&text, box->folder, slice_of("c/d/e"), box->diags), 1);
	assert_int_equal(fs_read_in(&text, box->folder, slice_of("a/b/c"), box->diags), 1);
	assert_int_equal(diag_status(box->diags), 0);
	assert_int_equal(fs_read_in(&text, box->folder, slice_of("a"), box->diags), -1);
	assert_false(exists(in_box(box, "site/c")));
	text_free(&text);
}

static void removes_and_tidies_up(void **state)
{
	struct box *box = *state;

	assert_written(box, "a/b/c/index.html", "een", FS_CREATED);
	assert_written(box, "a/index.html", "twee", FS_CREATED);
	assert_int_equal(fs_remove(box->folder, slice_of("a/b/c/index.html"), box->diags), 0);
	assert_false(exists(in_box(box, "site/a/b")));
	assert_file(in_box(box, "site/a/index.html"), "twee");
	/* Folders that were taken away are made again. */
	assert_written(box, "a/b/c/index.html", "drie", FS_CREATED);
	assert_int_equal(fs_remove(box->folder, slice_of("a/index.html"), box->diags), 0);
	assert_int_equal(fs_remove(box->folder, slice_of("a/b/c/index.html"), box->diags), 0);
	assert_true(fs_is_empty(box->folder));
	assert_true(exists(in_box(box, "site")));
}

static void removes_nothing_that_is_not_there(void **state)
{
	struct box *box = *state;

	assert_written(box, "a", "een", FS_CREATED);
	assert_written(box, "b/c", "een", FS_CREATED);
	assert_int_equal(fs_remove(box->folder, slice_of("x"), box->diags), 0);
	assert_int_equal(fs_remove(box->folder, slice_of("x/y/z"), box->diags), 0);
	assert_int_equal(fs_remove(box->folder, slice_of("a/y"), box->diags), 0);
	assert_file(in_box(box, "site/a"), "een");
	assert_int_equal(fs_remove(box->folder, slice_of("b"), box->diags), -1);
	assert_file(in_box(box, "site/b/c"), "een");
}

/* A folder of which the files were removed by hand is tidied up too. */
static void removes_folders_that_were_emptied(void **state)
{
	struct box *box = *state;

	assert_written(box, "a/b/index.html", "een", FS_CREATED);
	unlink(in_box(box, "site/a/b/index.html"));
	assert_int_equal(fs_remove(box->folder, slice_of("a/b/index.html"), box->diags), 0);
	assert_true(fs_is_empty(box->folder));
}

enum { THREADS = 4, FILES = 300 };

struct writer {
	struct box *box;
	unsigned number;
	int failures;
};

static void *write_many(void *argument)
{
	struct writer *writer = argument;

	for (unsigned i = 0; i < FILES; i++) {
		char path[64];

		snprintf(path, sizeof(path), "regio/%u/map/%u.html", i % 25,
			i * THREADS + writer->number);
		writer->failures += fs_write(NULL, writer->box->folder, slice_of(path),
					    slice_of(path), writer->box->diags) != 0;
	}
	return NULL;
}

static void writes_from_threads_at_once(void **state)
{
	struct box *box = *state;
	struct writer writers[THREADS];
	pthread_t threads[THREADS];
	size_t files = 0;

	for (unsigned i = 0; i < THREADS; i++) {
		writers[i] = (struct writer){box, i, 0};
		assert_int_equal(pthread_create(&threads[i], NULL, write_many, &writers[i]), 0);
	}
	for (unsigned i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(writers[i].failures, 0);
	}
	for (unsigned i = 0; i < 25; i++) {
		char path[64];

		snprintf(path, sizeof(path), "site/regio/%u/map", i);
		files += count_entries(in_box(box, path));
	}
	assert_int_equal(files, THREADS * FILES);
	assert_file(in_box(box, "site/regio/7/map/28.html"), "regio/7/map/28.html");
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_safe_paths),
		cmocka_unit_test(joins_safe_paths_only),
		test(makes_the_folder_with_its_parents),
		test(opens_no_file_as_a_folder),
		test(writes_and_makes_folders),
		test(leaves_the_same_bytes_alone),
		test(compares_in_a_folder_opened_anew),
		test(refuses_paths_that_lead_out),
		test(follows_no_symlink_on_the_way),
		test(replaces_a_symlink_not_its_target),
		test(does_not_wait_for_a_pipe),
		test(says_so_when_a_file_or_folder_is_in_the_way),
		test(says_so_when_the_folder_cannot_be_written),
		test(keeps_the_old_file_when_writing_fails),
		test(writes_in_pieces_as_at_once),
		test(differs_far_from_its_start),
		test(leaves_the_old_file_when_abandoned),
		test(keeps_the_old_file_when_a_piece_fails),
		test(puts_no_pieces_where_a_folder_is),
		test(passes_over_what_was_left_behind),
		test(refuses_names_that_are_too_long),
		test(names_the_file_that_failed),
		test(reads_within_the_limit),
		test(reads_files_that_do_not_know_their_size),
		test(reads_what_was_written),
		test(removes_and_tidies_up),
		test(removes_nothing_that_is_not_there),
		test(removes_folders_that_were_emptied),
		test(writes_from_threads_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
