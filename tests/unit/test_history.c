/* The history of every file, against `git log` itself. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "input/history.h"
#include "input/source.h"
#include "sandbox.h"

static int open_sandbox(void **state)
{
	(void)state;
	sandbox_open();
	return 0;
}

static int close_sandbox(void **state)
{
	(void)state;
	sandbox_close();
	return 0;
}

/* ---- The comparison */

/* What history says of a file, as `git log --format='%H %at %an|%s'` does. */
static void add_ours(struct text *out, const struct history *history, struct slice path)
{
	const struct history_file *file = history_find(history, path);

	if (file == NULL)
		return;
	assert_true(slice_equal(file->path, path));
	assert_true(file->count > 0);
	for (size_t i = 0; i < file->count; i++)
		text_printf(out, "%s %" PRId64 " %s|%s\n", file->commits[i]->id,
			file->commits[i]->time, file->commits[i]->author.data,
			file->commits[i]->subject.data);
}

static void add_theirs(struct text *out, const char *repository, const char *revision,
	struct slice prefix, struct slice path)
{
	struct text command = {0};

	text_printf(&command,
		"git -C '%s' --literal-pathspecs log --format='%%H %%at %%aN|%%s' %s -- '%.*s%s'",
		repository, revision, (int)prefix.size, prefix.size > 0 ? prefix.data : "",
		path.data);
	sandbox_read(out, command.data);
	text_free(&command);
}

/* Holds every file of a site against git. `repository`: where git is run. Gives their number. */
static size_t assert_as_git(const char *site, const char *revision, const char *repository)
{
	struct diags *diags = diag_new();
	struct source *source;
	struct history *history;
	struct text ours = {0}, theirs = {0};
	size_t count;
	const struct source_file *files;

	assert_int_equal(source_open(&source, site, revision, diags), 0);
	assert_int_equal(history_read(&history, source, diags), 0);
	files = source_files(source, &count);
	for (size_t i = 0; i < count; i++) {
		if (slice_starts(files[i].path, "themes/"))
			continue;
		text_clear(&ours);
		text_clear(&theirs);
		text_reserve(&ours, 0);
		text_reserve(&theirs, 0);
		add_ours(&ours, history, files[i].path);
		add_theirs(&theirs, repository, revision != NULL ? revision : "HEAD",
			source_prefix(source), files[i].path);
		if (strcmp(ours.data, theirs.data) != 0)
			print_message("%s of %s\n", files[i].path.data, site);
		assert_string_equal(ours.data, theirs.data);
	}
	assert_int_equal(diag_status(diags), 0);
	text_free(&ours);
	text_free(&theirs);
	history_free(history);
	source_free(source);
	diag_free(diags);
	return count;
}

/* ---- Made by hand */

/* c MESSAGE: a commit, a minute after the one before it; m MESSAGE: the commit of a merge. */
#define START                                                                                      \
	"now=1700000000\n"                                                                         \
	"c() { now=$((now + 60)); GIT_AUTHOR_DATE=\"$now +0100\" GIT_COMMITTER_DATE=\"$now "       \
	"+0100\""                                                                                  \
	" git commit -qam \"$1\"; }\n"                                                             \
	"merge() { now=$((now + 60)); GIT_AUTHOR_DATE=\"$now +0100\""                              \
	" GIT_COMMITTER_DATE=\"$now +0100\" git merge -q --no-ff \"$@\"; }\n"                      \
	"git init -q -b main $1; cd $1; mkdir -p content playbooks/a\n"                            \
	"echo 't: x' >content/site.yml; seq 9 >playbooks/a/x.md; seq 9 >playbooks/y.md\n"          \
	"git add -A; c een\n"

static void changes_one_after_another(void **state)
{
	(void)state;
	sandbox_run(
		"set lineair\n" START "echo 1 >>playbooks/y.md; c twee; git revert --no-edit HEAD\n"
		"chmod +x playbooks/y.md; c uitvoerbaar\n"
		"git rm -q playbooks/a/x.md; c weg; mkdir -p playbooks/a; seq 9 >playbooks/a/x.md\n"
		"git add -A; c terug; git mv playbooks/y.md playbooks/z.md; c hernoemd\n"
		"echo 'langs' >elders; git add -A; c elders; git commit -q --allow-empty -m leeg");
	assert_int_equal(assert_as_git("lineair", NULL, "lineair"), 3);
	assert_int_equal(assert_as_git("lineair", "HEAD~2", "lineair"), 3);
	sandbox_run("git clone -q --bare lineair lineair.git");
	assert_int_equal(assert_as_git("lineair.git", "HEAD", "lineair.git"), 3);
}

static void a_file_that_was_a_folder(void **state)
{
	(void)state;
	sandbox_run(
		"set soorten\n" START
		"git rm -q playbooks/a/x.md; echo 1 >playbooks/a; git add -A; c bestand\n"
		"git rm -q playbooks/a; mkdir -p playbooks/a; echo 2 >playbooks/a/x.md\n"
		"git add -A; c map; git rm -q playbooks/y.md; ln -s a/x.md playbooks/y.md\n"
		"git add -A; c link; rm playbooks/y.md; echo 3 >playbooks/y.md; c gewoon\n"
		"git rm -q playbooks/y.md; mkdir playbooks/y.md; echo 3 >playbooks/y.md/q\n"
		"git add -A; c map; echo 4 >playbooks/y.md/q; c in-map; git rm -qr playbooks/y.md\n"
		"echo 3 >playbooks/y.md; git add -A; c weer");
	assert_int_equal(assert_as_git("soorten", NULL, "soorten"), 3);
}

static void branches_that_meet(void **state)
{
	(void)state;
	sandbox_run("set takken\n" START
		    "git checkout -qb zij; sed -i 1s/1/zij/ playbooks/y.md; c zij1\n"
		    "echo 1 >playbooks/zij.md; git add -A; c zij2\n"
		    "git checkout -q main; sed -i 9s/9/main/ playbooks/y.md; c main1\n"
		    "echo 1 >playbooks/a/x.md; c main2; merge zij -m samen\n"
		    "echo 2 >playbooks/a/x.md; c main3\n"
		    "git checkout -q zij; echo 2 >playbooks/zij.md; c zij3; merge main -m kruis1\n"
		    "git checkout -q main; merge zij~1 -m kruis2; merge zij -m kruis3\n"
		    "git checkout -qb ons HEAD~2; echo 5 >playbooks/y.md; c ons\n"
		    "git checkout -q main; merge -s ours ons -m onze\n"
		    "git checkout -qb drie main~1; echo 3 >playbooks/drie.md; git add -A; c drie\n"
		    "git checkout -qb vier main~1; echo 4 >playbooks/vier.md; git add -A; c vier\n"
		    "git checkout -q main; merge drie vier -m octopus\n"
		    "git revert --no-edit -m 1 HEAD; echo 9 >playbooks/y.md; c laatste");
	assert_int_equal(assert_as_git("takken", NULL, "takken"), 4);
	assert_int_equal(assert_as_git("takken", "HEAD~1", "takken"), 4);
	assert_int_equal(assert_as_git("takken", "HEAD~2", "takken"), 6);
	assert_int_equal(assert_as_git("takken", "zij", "takken"), 4);
}

/* A merge that changes what both sides left alone. */
static void a_merge_with_a_change_of_its_own(void **state)
{
	(void)state;
	sandbox_run("set eigen\n" START
		    "git checkout -qb zij; echo 1 >playbooks/z.md; git add -A; c zij\n"
		    "git checkout -q main; echo 1 >playbooks/w.md; git add -A; c main\n"
		    "merge --no-commit zij; echo 7 >playbooks/y.md; c samen; echo 8 "
		    ">playbooks/w.md; c w");
	assert_int_equal(assert_as_git("eigen", NULL, "eigen"), 5);
}

static void another_history_joined_as_a_folder(void **state)
{
	(void)state;
	sandbox_run("set deel\n" START "mkdir b; mv playbooks/y.md b; git add -A; c verplaatst; "
		    "seq 8 >b/y.md; c wijziging");
	sandbox_run("set geheel\n" START "git fetch -q ../deel main; merge -s ours --no-commit "
		    "--allow-unrelated-histories FETCH_HEAD\n"
		    "git read-tree --prefix=playbooks/deel/ -u FETCH_HEAD; c deelboom\n"
		    "cd ../deel; seq 7 >b/y.md; c later; seq 5 >content/site.yml; c site; cd "
		    "../geheel\n"
		    "git fetch -q ../deel main; merge -Xsubtree=playbooks/deel FETCH_HEAD -m weer\n"
		    "echo 1 >playbooks/deel/b/y.md; c hier");
	assert_true(assert_as_git("geheel", NULL, "geheel") >= 5);
	assert_true(assert_as_git("geheel", "HEAD~1", "geheel") >= 5);
}

static void a_site_within_a_repository(void **state)
{
	(void)state;
	sandbox_run("set buiten\n" START
		    "mkdir -p docs/site; git mv content playbooks docs/site; c verhuisd\n"
		    "echo 1 >docs/site/playbooks/y.md; c een; echo 1 >docs/z; git add -A; c z\n"
		    "git clone -q . ../binnen; rm -rf ../binnen/.git");
	assert_int_equal(assert_as_git("buiten/docs/site", NULL, "buiten"), 3);
	assert_int_equal(assert_as_git("buiten/docs/site", "HEAD~1", "buiten"), 3);
}

/* ---- Renamed */

/* c MESSAGE, of all that is there; text N: nine lines of forty bytes, the Nth of its kind. */
#define START_PAGES                                                                                \
	START "a() { git add -A; c \"$1\"; }\n"                                                    \
	      "text() { for i in 1 2 3 4 5 6 7 8 9; do echo \"regel $1 $i van een tekst over "     \
	      "werk\";"                                                                            \
	      " done; }\n"

/*
 * Holds a file's changes, over renames, against `want`: "SUBJECT PATH[ < FORMER]" each; and, unless
 * `git` is false, against `git log --follow`.
 */
static void assert_followed(const char *site, const char *path, bool git, const char *want)
{
	static const unsigned char none[20];
	struct diags *diags = diag_new();
	struct source *source;
	struct source_reader *reader;
	struct history *history;
	const struct history_file *file;
	struct text ours = {0}, ids = {0}, theirs = {0}, command = {0}, bytes = {0};

	assert_int_equal(source_open(&source, site, NULL, diags), 0);
	assert_int_equal(history_read(&history, source, diags), 0);
	assert_int_equal(source_reader_open(&reader, source, diags), 0);
	file = history_find(history, slice_of(path));
	assert_non_null(file);
	for (size_t i = 0; i < file->change_count; i++) {
		const struct history_change *change = &file->changes[i];

		text_printf(&ids, "%s\n", change->commit->id);
		text_printf(&ours, "%s %s%s%s\n", change->commit->subject.data, change->path.data,
			change->former.size > 0 ? " < " : "",
			change->former.size > 0 ? change->former.data : "");
		/* What it was and became is what the commit has at that path. */
		if (change->after != NULL) {
			assert_memory_not_equal(change->after, none, 20);
			assert_int_equal(source_read_blob(&bytes, reader, change->after, diags), 0);
			assert_int_equal(source_read_at(&theirs, reader, change->commit->id,
						 change->path, diags),
				0);
			assert_string_equal(bytes.data, theirs.data);
		}
		if (i + 1 < file->change_count && git && file->changes[i + 1].after != NULL)
			assert_memory_equal(change->before, file->changes[i + 1].after, 20);
	}
	assert_string_equal(ours.data, want);
	if (git) {
		text_clear(&theirs);
		text_printf(&command, "git -C %s log --follow --format=%%H -- %s", site, path);
		sandbox_read(&theirs, command.data);
		assert_string_equal(ids.data, theirs.data);
	}
	text_free(&ours);
	text_free(&ids);
	text_free(&theirs);
	text_free(&command);
	text_free(&bytes);
	history_free(history);
	source_reader_free(reader);
	source_free(source);
	diag_free(diags);
}

static void a_file_that_was_renamed(void **state)
{
	(void)state;
	sandbox_run(
		"set naam\n" START_PAGES
		"text 1 >playbooks/oud.md; a nieuw; text 2 >>playbooks/oud.md; a wijziging\n"
		"mkdir playbooks/b; git mv playbooks/oud.md playbooks/b/nieuw.md; a verplaatst\n"
		"text 3 >>playbooks/b/nieuw.md; a later");
	assert_followed("naam", "playbooks/b/nieuw.md", true,
		"later playbooks/b/nieuw.md\n"
		"verplaatst playbooks/b/nieuw.md < playbooks/oud.md\n"
		"wijziging playbooks/oud.md\nnieuw playbooks/oud.md\n");
	assert_followed("naam", "playbooks/y.md", true, "een playbooks/y.md\n");
	assert_int_equal(assert_as_git("naam", NULL, "naam"), 4);
}

static void a_file_that_was_renamed_and_changed(void **state)
{
	(void)state;
	sandbox_run("set beide\n" START_PAGES
		    "text 1 >playbooks/oud.md; text 5 >playbooks/ander.md; a nieuw\n"
		    "git mv playbooks/oud.md playbooks/nieuw.md; echo erbij >>playbooks/nieuw.md\n"
		    "git rm -q playbooks/ander.md; a verplaatst\n"
		    "git rm -q playbooks/nieuw.md; { text 1 | head -2; text 7; } >playbooks/z.md\n"
		    "a herschreven");
	assert_followed("beide", "playbooks/z.md", true, "herschreven playbooks/z.md\n");
	sandbox_run("cd beide; git reset -q --hard HEAD~1");
	assert_followed("beide", "playbooks/nieuw.md", true,
		"verplaatst playbooks/nieuw.md < playbooks/oud.md\nnieuw playbooks/oud.md\n");
}

static void a_file_with_many_names(void **state)
{
	(void)state;
	sandbox_run(
		"set keten\n" START_PAGES
		"text 1 >playbooks/a.md; a nieuw; git mv playbooks/a.md playbooks/b.md; a b\n"
		"text 2 >>playbooks/b.md; a tekst; git mv playbooks/b.md playbooks/c.md; a c\n"
		"text 3 >playbooks/a.md; a ander; git mv playbooks/c.md playbooks/b.md; a terug");
	assert_followed("keten", "playbooks/b.md", true,
		"terug playbooks/b.md < playbooks/c.md\nc playbooks/c.md < playbooks/b.md\n"
		"tekst playbooks/b.md\nb playbooks/b.md < playbooks/a.md\nnieuw playbooks/a.md\n");
	assert_followed("keten", "playbooks/a.md", true,
		"ander playbooks/a.md\nb playbooks/a.md\nnieuw playbooks/a.md\n");
	assert_int_equal(assert_as_git("keten", NULL, "keten"), 5);
}

static void files_that_changed_places(void **state)
{
	(void)state;
	sandbox_run(
		"set ruil\n" START_PAGES "text 1 >playbooks/a.md; text 2 >playbooks/b.md; a nieuw\n"
		"mv playbooks/a.md t; mv playbooks/b.md playbooks/a.md; mv t playbooks/b.md\n"
		"a ruil; git rm -q playbooks/a.md; a weg; text 4 >playbooks/a.md; a terug");
	assert_followed(
		"ruil", "playbooks/b.md", true, "ruil playbooks/b.md\nnieuw playbooks/b.md\n");
	assert_followed("ruil", "playbooks/a.md", true,
		"terug playbooks/a.md\nweg playbooks/a.md\nruil playbooks/a.md\n"
		"nieuw playbooks/a.md\n");
}

/* The other side of the merge goes on with the old name: what it changed there counts. */
static void a_rename_that_comes_by_a_merge(void **state)
{
	(void)state;
	sandbox_run("set samen\n" START_PAGES
		    "text 1 >playbooks/oud.md; a nieuw; git checkout -qb zij\n"
		    "git mv playbooks/oud.md playbooks/nieuw.md; a verplaatst\n"
		    "git checkout -q main; sed -i '1s/.*/anders/' playbooks/oud.md; a hier\n"
		    "git merge -q --no-commit zij; c samen");
	assert_followed("samen", "playbooks/nieuw.md", false,
		"samen playbooks/nieuw.md\nhier playbooks/oud.md\n"
		"verplaatst playbooks/nieuw.md < playbooks/oud.md\nnieuw playbooks/oud.md\n");
	assert_int_equal(assert_as_git("samen", NULL, "samen"), 4);
	sandbox_run(
		"set tak\n" START_PAGES "text 1 >playbooks/oud.md; a nieuw; git checkout -qb zij\n"
		"git mv playbooks/oud.md playbooks/nieuw.md; a verplaatst\n"
		"git checkout -q main; echo 1 >playbooks/y.md; a hier; merge zij -m samen");
	assert_followed("tak", "playbooks/nieuw.md", false,
		"verplaatst playbooks/nieuw.md < playbooks/oud.md\nnieuw playbooks/oud.md\n");
}

/* What no site publishes stays unknown, whatever it became. */
static void what_was_hidden_is_not_followed(void **state)
{
	(void)state;
	sandbox_run(
		"set geheim\n" START_PAGES
		"mkdir notities content/.weg; text 1 >notities/a.md; text 2 >content/.weg/b.md\n"
		"text 3 >playbooks/c.txt; a nieuw\n"
		"git mv notities/a.md playbooks/a.md; git mv content/.weg/b.md playbooks/b.md\n"
		"git mv playbooks/c.txt playbooks/c.md; a verplaatst");
	assert_followed("geheim", "playbooks/a.md", false, "verplaatst playbooks/a.md\n");
	assert_followed("geheim", "playbooks/b.md", false, "verplaatst playbooks/b.md\n");
	assert_followed("geheim", "playbooks/c.md", false, "verplaatst playbooks/c.md\n");
}

static void many_files_that_moved_together(void **state)
{
	(void)state;
	sandbox_run("set verhuisd\n" START_PAGES "mkdir playbooks/b; for n in $(seq 150); do text "
		    "$n >playbooks/a/$n.md; done; a nieuw\n"
		    "for n in $(seq 150); do git mv playbooks/a/$n.md playbooks/b; done\n"
		    "for n in $(seq 50); do echo $n >>playbooks/b/$n.md; done; a verhuisd");
	for (int n = 1; n <= 150; n += 7) {
		struct text path = {0}, want = {0};

		text_printf(&path, "playbooks/b/%d.md", n);
		text_printf(&want,
			"verhuisd playbooks/b/%d.md < playbooks/a/%d.md\nnieuw "
			"playbooks/a/%d.md\n",
			n, n, n);
		assert_followed("verhuisd", path.data, false, want.data);
		text_free(&path);
		text_free(&want);
	}
}

/* ---- Made by chance */

#define PATHS 14
#define COMMITS 220

/* Those at 2 and 3, and at 4 and 5, cannot both be there. */
static const char *const random_paths[PATHS] = {"content/site.yml", "content/a.md", "playbooks/f",
	"playbooks/f/x.md", "playbooks/g/h", "playbooks/g/h/x.md", "playbooks/a.md",
	"playbooks/a-b.md", "playbooks/a/b.md", "playbooks/a/c.md", "playbooks/a/d/e.md",
	"playbooks/z.md", "content/regios/x/regio.yml", "content/regios/y/regio.yml"};

/* By path: its version, or 0 when it is absent. Odd versions may be executed. */
struct snapshot {
	unsigned char version[PATHS];
};

static unsigned draw(uint32_t *seed, unsigned below)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (*seed >> 12) % below;
}

static void repair(struct snapshot *snapshot)
{
	snapshot->version[0] = snapshot->version[0] == 0 ? 1 : snapshot->version[0];
	for (size_t i = 2; i < 6; i += 2)
		if (snapshot->version[i] != 0)
			snapshot->version[i + 1] = 0;
}

static void add_difference(struct text *out, const char *prefix, const struct snapshot *from,
	const struct snapshot *to)
{
	for (size_t i = 0; i < PATHS; i++)
		if (from->version[i] != 0 && to->version[i] == 0)
			text_printf(out, "D %s%s\n", prefix, random_paths[i]);
	for (size_t i = 0; i < PATHS; i++)
		if (to->version[i] != 0 && from->version[i] != to->version[i])
			text_printf(out, "M %s inline %s%s\ndata 2\n%u\n",
				to->version[i] % 2 != 0 ? "100755" : "100644", prefix,
				random_paths[i], (unsigned)to->version[i] / 2);
}

enum clock { CLOCK_STEADY, CLOCK_STANDING, CLOCK_COARSE, CLOCK_WILD };

static unsigned read_clock(uint32_t *seed, enum clock kind, unsigned commit)
{
	switch (kind) {
	case CLOCK_STEADY:
		return 1700000000 + commit * 60;
	case CLOCK_STANDING:
		return 1700000000;
	case CLOCK_COARSE:
		return 1700000000 + commit / 7;
	default:
		return 1700000000 + draw(seed, 500);
	}
}

/* A commit with up to three parents among the last ones, each path from one of them or changed. */
static void add_commit(struct text *out, struct snapshot *all, unsigned commit, uint32_t *seed,
	enum clock kind, const char *prefix)
{
	static const struct snapshot empty;
	unsigned parents[3], count = draw(seed, 3) == 0 ? 2 + (draw(seed, 6) == 0) : 1, date;
	unsigned reach = commit < 8 ? commit : 8;
	struct snapshot *snapshot = &all[commit];

	date = read_clock(seed, kind, commit);
	if (commit == 0 || draw(seed, 60) == 0)
		count = 0;
	for (unsigned i = 0; i < count; i++)
		parents[i] = commit - 1 -
			     (i == 0 ? draw(seed, 2) * draw(seed, reach) : draw(seed, reach));
	for (size_t i = 0; i < PATHS; i++) {
		if (count > 0)
			snapshot->version[i] = all[parents[draw(seed, count)]].version[i];
		if (draw(seed, count == 1 ? 5 : 40) == 0)
			snapshot->version[i] = (unsigned char)draw(seed, 5);
	}
	repair(snapshot);
	text_printf(out, "commit refs/heads/main\nmark :%u\n", commit + 1);
	text_printf(out, "author A%u <a@x> %u +0000\ncommitter B <b@x> %u +0000\ndata 4\nn%03u\n",
		commit % 5, date, date, commit);
	for (unsigned i = 0; i < count; i++)
		text_printf(out, "%s :%u\n", i == 0 ? "from" : "merge", parents[i] + 1);
	if (count == 0 && commit > 0)
		text_puts(out, "deleteall\n");
	add_difference(out, prefix, count > 0 ? &all[parents[0]] : &empty, snapshot);
}

static void write_file(const char *name, struct slice bytes)
{
	FILE *file = fopen(name, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
	assert_int_equal(fclose(file), 0);
}

/* Makes a repository, and on disk, in no commit, the files that its last commit lacks. */
static void make_random(uint32_t seed, enum clock kind, const char *prefix)
{
	struct text stream = {0}, script = {0};
	struct snapshot all[COMMITS] = {{{0}}};

	for (unsigned i = 0; i < COMMITS; i++)
		add_commit(&stream, all, i, &seed, kind, prefix);
	write_file("stream", text_slice(&stream));
	text_puts(&script, "rm -rf toeval; git init -q -b main toeval; cd toeval\n"
			   "git fast-import --quiet --force <../stream; git reset -q --hard\n");
	for (size_t i = 0; i < PATHS; i++)
		text_printf(&script, "f=%s%s; mkdir -p ${f%%/*} || :; [ -e $f ] || echo >$f || :\n",
			prefix, random_paths[i]);
	sandbox_run(script.data);
	text_free(&stream);
	text_free(&script);
}

static void histories_made_by_chance(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 8; seed++) {
		enum clock kind = (enum clock)(seed % 4);
		bool within = seed > 4;

		make_random(seed, kind, within ? "docs/site/" : "");
		assert_true(assert_as_git(within ? "toeval/docs/site" : "toeval", NULL, "toeval") >=
			    PATHS - 2);
	}
}

/* Another history joined as a folder, and kept up with: each a subtree merge. */
static void subtree_merges_by_chance(void **state)
{
	(void)state;
	make_random(11, CLOCK_COARSE, "");
	sandbox_run("rm -rf rand; mv toeval rand; cd rand; git checkout -qf main; git clean -qfdx");
	make_random(12, CLOCK_STEADY, "");
	sandbox_run(
		"cd toeval; git clean -qfdx; d=playbooks/deel; git fetch -q ../rand main:rand\n"
		"at() { git rev-list --first-parent rand | sed -n \"$1p\"; }\n"
		"n=$(git rev-list --first-parent --count rand)\n"
		"git merge -q -s ours --no-commit --allow-unrelated-histories $(at $((n - 3)))\n"
		"git read-tree --prefix=$d/ -u $(at $((n - 3))); git commit -qm erbij\n"
		"for k in $((n / 2)) $((n / 4)) 1; do\n"
		"git merge -q -Xsubtree=$d -Xtheirs $(at $k) -m \"tot $k\"\n"
		"echo $k >playbooks/z.md; git add -A; git commit -qm hier; done");
	assert_true(assert_as_git("toeval", NULL, "toeval") >= PATHS - 2);
}

static char top[4096];

static void this_repository_itself(void **state)
{
	struct text git = {0};

	(void)state;
	text_printf(&git, "%s/.git", top);
	if (access(git.data, F_OK) != 0) {
		text_free(&git);
		skip();
	}
	text_free(&git);
	assert_true(assert_as_git(top, "HEAD", top) > 100);
}

/* ---- What comes with a change */

static void names_come_from_the_mailmap_of_the_revision(void **state)
{
	static const char *const sites[] = {"namen", "namen.git"};

	(void)state;
	sandbox_run("set namen\n" START "echo 'Anna de Vries <anna@example.org>' >.mailmap\n"
		    "git add -A; c mailmap; git clone -q --bare . ../namen.git\n"
		    "echo 'Niemand <anna@example.org>' >.mailmap");
	for (size_t i = 0; i < ARRAY_LEN(sites); i++) {
		struct diags *diags = diag_new();
		struct source *source;
		struct history *history;
		const struct history_file *file;

		assert_int_equal(source_open(&source, sites[i], NULL, diags), 0);
		assert_int_equal(history_read(&history, source, diags), 0);
		source_free(source);
		file = history_find(history, slice_of("playbooks/y.md"));
		assert_non_null(file);
		assert_int_equal(file->count, 1);
		assert_string_equal(file->commits[0]->author.data, "Anna de Vries");
		assert_string_equal(file->commits[0]->subject.data, "een");
		assert_int_equal(file->commits[0]->time, 1700000060);
		assert_int_equal(file->commits[0]->offset, 60);
		history_free(history);
		diag_free(diags);
	}
}

static void text_of_commits_is_one_line_of_utf8(void **state)
{
	struct diags *diags = diag_new();
	struct source *source;
	struct history *history;
	const struct history_file *file;

	(void)state;
	sandbox_run("set tekens\n" START
		    "export GIT_AUTHOR_NAME=\"$(printf 'Ren\\351')\"; echo 1 >playbooks/y.md\n"
		    "c \"$(printf 'caf\\351 \\033[31mrood')\"; export GIT_AUTHOR_NAME=Zo\u00eb\n"
		    "echo 2 >playbooks/y.md; c \"$(printf 'klein: "
		    "\u00e9\u00e9n\\nvervolg\\n\\ntekst')\"\n"
		    "export GIT_AUTHOR_NAME=\"$(printf 'R\\342\\200\\256X')\"\n"
		    "echo 3 >playbooks/y.md; git commit -qa --allow-empty-message -m ''");
	assert_int_equal(source_open(&source, "tekens", NULL, diags), 0);
	assert_int_equal(history_read(&history, source, diags), 0);
	file = history_find(history, slice_of("playbooks/y.md"));
	assert_int_equal(file->count, 4);
	assert_string_equal(file->commits[0]->subject.data, "");
	assert_string_equal(file->commits[0]->author.data, "R X");
	assert_string_equal(file->commits[1]->subject.data, "klein: \u00e9\u00e9n vervolg");
	assert_string_equal(file->commits[1]->author.data, "Zo\u00eb");
	assert_string_equal(file->commits[2]->author.data, "Ren\u00e9");
	assert_string_equal(file->commits[2]->subject.data, "caf\u00e9  [31mrood");
	history_free(history);
	source_free(source);
	diag_free(diags);
}

static void assert_wide(const char *site, const char *const wants[], size_t count)
{
	struct diags *diags = diag_new();
	struct source *source;
	struct history *history;
	const struct history_file *file;

	assert_int_equal(source_open(&source, site, NULL, diags), 0);
	assert_int_equal(history_read(&history, source, diags), 0);
	file = history_find(history, slice_of("playbooks/w.md"));
	assert_int_equal(file->count, count);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(file->commits[i]->subject.data, wants[i]);
		assert_int_equal(file->commits[i]->wide, strstr(wants[i], "breed") != NULL);
	}
	history_free(history);
	source_free(source);
	diag_free(diags);
}

static void commits_of_more_than_texts_are_known(void **state)
{
	static const char *const wants[] = {"breed: wijzigt een bestand ernaast",
		"breed: haalt een bestand weg", "breed: voegt een bestand toe",
		"tekst en instelling", "een tekst"};
	static const char *const wants_below[] = {
		"breed: naast de site", "breed: in de site", "tekst", "de eerste, van alles"};

	(void)state;
	sandbox_run(
		"set breed\n" START
		"echo 0 >makefile; git add -A; c klaar; echo 1 >playbooks/w.md; git add -A\n"
		"c 'een tekst'; echo 2 >playbooks/w.md; echo 2 >content/z.yml; git add -A\n"
		"c 'tekst en instelling'; echo 3 >playbooks/w.md; echo 3 >playbooks.c; git add -A\n"
		"c 'breed: voegt een bestand toe'; echo 4 >playbooks/w.md; git rm -q playbooks.c\n"
		"c 'breed: haalt een bestand weg'; echo 5 >playbooks/w.md; echo 5 >makefile\n"
		"c 'breed: wijzigt een bestand ernaast'");
	assert_wide("breed", wants, 5);
	sandbox_run(
		"git init -q lager; cd lager; mkdir -p a/b/content a/b/playbooks; echo 1 >z; echo "
		"1 >a/b/content/site.yml\n"
		"c() { git add -A; git commit -qm \"$1\"; }\n"
		"echo 1 >a/b/playbooks/w.md; c 'de eerste, van alles'; echo 2 >a/b/playbooks/w.md\n"
		"c tekst; echo 3 >a/b/playbooks/w.md; echo 3 >a/b/z; c 'breed: in de site'\n"
		"echo 4 >a/b/playbooks/w.md; echo 4 >a/z; c 'breed: naast de site'");
	assert_wide("lager/a/b", wants_below, 4);
}

static void every_version_can_be_read(void **state)
{
	struct diags *diags = diag_new();
	struct source *source;
	struct source_reader *reader;
	struct history *history;
	const struct history_file *file;
	struct text bytes = {0}, at = {0};

	(void)state;
	sandbox_run("set versies\n" START
		    "echo 1 >playbooks/y.md; c een; git rm -q playbooks/y.md; c weg\n"
		    "echo 2 >playbooks/y.md; git add -A; c terug\n"
		    "git checkout -qb zij HEAD~1; echo 3 >playbooks/y.md; git add -A; c zij\n"
		    "git checkout -q main; merge -s ours --no-commit zij; echo 4 >playbooks/y.md; "
		    "c samen");
	assert_int_equal(source_open(&source, "versies", NULL, diags), 0);
	assert_int_equal(history_read(&history, source, diags), 0);
	assert_int_equal(source_reader_open(&reader, source, diags), 0);
	file = history_find(history, slice_of("playbooks/y.md"));
	assert_int_equal(file->count, 6);
	for (size_t i = 0; i < file->count; i++) {
		static const unsigned char none[20];
		int status = source_read_at(&at, reader, file->commits[i]->id, file->path, diags);

		if (memcmp(file->blobs[i], none, 20) == 0) {
			assert_int_equal(status, 1);
			continue;
		}
		assert_int_equal(status, 0);
		assert_int_equal(source_read_blob(&bytes, reader, file->blobs[i], diags), 0);
		assert_string_equal(bytes.data, at.data);
	}
	assert_string_equal(file->commits[0]->subject.data, "samen");
	history_free(history);
	source_reader_free(reader);
	source_free(source);
	text_free(&bytes);
	text_free(&at);
	diag_free(diags);
}

/* ---- Where there is none */

static void a_site_without_commits_has_no_history(void **state)
{
	static const char *const sites[] = {"kaal", "nieuw"};

	(void)state;
	sandbox_run("mkdir -p kaal/content; echo 't: x' >kaal/content/site.yml; cp -r kaal nieuw\n"
		    "git init -q nieuw");
	for (size_t i = 0; i < ARRAY_LEN(sites); i++) {
		struct diags *diags = diag_new();
		struct source *source;
		struct history *history;

		assert_int_equal(source_open(&source, sites[i], NULL, diags), 0);
		assert_int_equal(history_read(&history, source, diags), 0);
		assert_null(history_find(history, slice_of("content/site.yml")));
		assert_int_equal(diag_status(diags), 0);
		history_free(history);
		source_free(source);
		diag_free(diags);
	}
}

static void assert_no_history(const char *site, enum diag_code code)
{
	struct diags *diags = diag_new();
	struct source *source;
	struct history *history = NULL;
	size_t count;

	assert_int_equal(source_open(&source, site, NULL, diags), 0);
	assert_int_equal(history_read(&history, source, diags), -1);
	assert_null(history);
	assert_string_equal(diag_name(diag_sorted(diags, &count)[0].code), diag_name(code));
	assert_int_equal(count, 1);
	source_free(source);
	diag_free(diags);
}

static void half_a_history_is_refused(void **state)
{
	int status = -1;
	pid_t child;

	(void)state;
	sandbox_run("set heel\n" START
		    "echo 1 >playbooks/y.md; c twee; echo 2 >playbooks/y.md; c drie\n"
		    "git clone -q --depth 1 file://\"$PWD\" ../ondiep\n"
		    "git clone -q --bare --depth 2 file://\"$PWD\" ../ondiep.git\n"
		    "cp -r . ../gat; cd ../gat; h=$(git rev-parse HEAD~2)\n"
		    "rm -f .git/objects/$(echo $h | cut -c1-2)/$(echo $h | cut -c3-)\n"
		    "cp -r ../heel ../boom; cd ../boom; h=$(git rev-parse HEAD~1:playbooks)\n"
		    "rm -f .git/objects/$(echo $h | cut -c1-2)/$(echo $h | cut -c3-)");
	assert_no_history("ondiep", DIAG_GIT_SHALLOW);
	assert_no_history("ondiep.git", DIAG_GIT_SHALLOW);
	child = fork(); /* libgit2 1.5 leaks when a commit is not there */
	if (child == 0) {
		assert_no_history("gat", DIAG_GIT);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_no_history("boom", DIAG_HISTORY_DAMAGED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_one_after_another),
		cmocka_unit_test(a_file_that_was_a_folder),
		cmocka_unit_test(branches_that_meet),
		cmocka_unit_test(a_merge_with_a_change_of_its_own),
		cmocka_unit_test(another_history_joined_as_a_folder),
		cmocka_unit_test(a_site_within_a_repository),
		cmocka_unit_test(a_file_that_was_renamed),
		cmocka_unit_test(a_file_that_was_renamed_and_changed),
		cmocka_unit_test(a_file_with_many_names),
		cmocka_unit_test(files_that_changed_places),
		cmocka_unit_test(a_rename_that_comes_by_a_merge),
		cmocka_unit_test(what_was_hidden_is_not_followed),
		cmocka_unit_test(many_files_that_moved_together),
		cmocka_unit_test(histories_made_by_chance),
		cmocka_unit_test(subtree_merges_by_chance),
		cmocka_unit_test(this_repository_itself),
		cmocka_unit_test(names_come_from_the_mailmap_of_the_revision),
		cmocka_unit_test(text_of_commits_is_one_line_of_utf8),
		cmocka_unit_test(commits_of_more_than_texts_are_known),
		cmocka_unit_test(every_version_can_be_read),
		cmocka_unit_test(a_site_without_commits_has_no_history),
		cmocka_unit_test(half_a_history_is_refused),
	};

	if (getcwd(top, sizeof(top)) == NULL)
		return 1;
	return cmocka_run_group_tests(tests, open_sandbox, close_sandbox);
}
