/* Sources: a folder, a revision and a bare repository say the same; what is hostile is refused. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
/* cmocka wants those first. */
#include <cmocka.h>
#include <git2.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "input/source.h"
#include "sandbox.h"

/* ---- What a source says, as text that can be compared */

static void add_contents(struct text *out, const struct source *source, struct diags *diags)
{
	struct source_reader *reader;
	struct text bytes = {0};
	size_t count;
	const struct source_file *files = source_files(source, &count);

	assert_int_equal(source_reader_open(&reader, source, diags), 0);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(files[i].path.data[files[i].path.size], '\0');
		assert_ptr_equal(source_find(source, files[i].path), &files[i]);
		assert_int_equal(source_read(&bytes, reader, &files[i], diags), 0);
		assert_int_equal(bytes.size, files[i].size);
		text_printf(out, "%s %zu [", files[i].path.data, bytes.size);
		text_add(out, text_slice(&bytes));
		text_puts(out, "]\n");
	}
	source_reader_free(reader);
	text_free(&bytes);
}

static void add_messages(struct text *out, struct diags *diags)
{
	size_t count;
	const struct diag *list = diag_sorted(diags, &count);

	for (size_t i = 0; i < count; i++)
		text_printf(out, "%s: %s\n", list[i].place.path, diag_name(list[i].code));
}

/* The files of a source with their bytes, or the messages of one that cannot be opened. */
static void describe(struct text *out, const char *path, const char *revision)
{
	struct diags *diags = diag_new();
	struct source *source = NULL;

	if (source_open(&source, path, revision, diags) == 0)
		add_contents(out, source, diags);
	add_messages(out, diags);
	source_free(source);
	diag_free(diags);
}

static void assert_described(const char *path, const char *revision, const char *want)
{
	struct text out = {0};

	text_reserve(&out, 0);
	describe(&out, path, revision);
	assert_string_equal(out.data, want);
	text_free(&out);
}

/* Likewise, in a process of its own: libgit2 1.5 leaks while it reads the format of a repository.
 */
static void assert_described_apart(const char *path, const char *revision, const char *want)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		struct text out = {0};

		text_reserve(&out, 0);
		describe(&out, path, revision);
		_exit(strcmp(out.data, want) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* Opens a source that is a site, and gives its messages and the number of its files. */
static size_t open_hostile(struct text *messages, const char *path, const char *revision)
{
	struct diags *diags = diag_new();
	struct source *source = NULL;
	size_t count;

	text_clear(messages);
	text_reserve(messages, 0);
	assert_int_equal(source_open(&source, path, revision, diags), 0);
	(void)source_files(source, &count);
	add_messages(messages, diags);
	source_free(source);
	diag_free(diags);
	return count;
}

/* ---- Objects that git itself would not write */

struct forge {
	git_repository *repository;
	git_odb *objects;
};

static void forge_open(struct forge *forge, const char *path)
{
	git_libgit2_init();
	assert_int_equal(git_repository_init(&forge->repository, path, 1), 0);
	assert_int_equal(git_repository_odb(&forge->objects, forge->repository), 0);
}

static void forge_close(struct forge *forge)
{
	git_odb_free(forge->objects);
	git_repository_free(forge->repository);
	git_libgit2_shutdown();
}

static git_oid forge_write(struct forge *forge, git_object_t type, struct slice bytes)
{
	git_oid id;

	assert_int_equal(git_odb_write(&id, forge->objects, bytes.data != NULL ? bytes.data : "",
				 bytes.size, type),
		0);
	return id;
}

static git_oid forge_blob(struct forge *forge, const char *bytes)
{
	return forge_write(forge, GIT_OBJECT_BLOB, slice_of(bytes));
}

static void forge_entry(struct text *tree, const char *mode, const char *name, git_oid id)
{
	text_printf(tree, "%s %s", mode, name);
	text_byte(tree, '\0');
	text_add(tree, (struct slice){(const char *)id.id, GIT_OID_RAWSZ});
}

/* Writes the tree, and empties its bytes. */
static git_oid forge_tree(struct forge *forge, struct text *tree)
{
	git_oid id = forge_write(forge, GIT_OBJECT_TREE, text_slice(tree));

	text_free(tree);
	return id;
}

/* A commit of a site, with an entry in content/ that sorts before site.yml. */
static void forge_commit(
	struct forge *forge, char id[41], const char *mode, const char *name, git_oid entry)
{
	struct text content = {0}, root = {0}, commit = {0};
	git_oid oid;

	forge_entry(&content, mode, name, entry);
	forge_entry(&content, "100644", "site.yml", forge_blob(forge, "titel: x\n"));
	forge_entry(&root, "40000", "content", forge_tree(forge, &content));
	oid = forge_tree(forge, &root);
	text_printf(&commit,
		"tree %s\nauthor A <a> 1700000000 +0000\ncommitter A <a> 1700000000 +0000\n\nx\n",
		git_oid_tostr(id, 41, &oid));
	oid = forge_write(forge, GIT_OBJECT_COMMIT, text_slice(&commit));
	git_oid_tostr(id, 41, &oid);
	text_free(&commit);
}

/* ---- Tests */

#define WANTED                                                                                     \
	"content/afbeeldingen/plaat.svg 6 [<svg/>]\n"                                              \
	"content/leeg.md 0 []\n"                                                                   \
	"content/site.yml 9 [titel: x\n]\n"                                                        \
	"playbooks/a-b.md 4 [A-B\n]\n"                                                             \
	"playbooks/a.md 2 [A\n]\n"                                                                 \
	"playbooks/a/caf\u00e9.md 2 [C\n]\n"                                                       \
	"themes/standaard/pagina.html 2 [P\n]\n"

static int make_site(void **state)
{
	(void)state;
	sandbox_open();
	sandbox_run(
		"git init -q -b main site; cd site\n"
		"mkdir -p content/afbeeldingen content/.cache playbooks/a themes/standaard docs\n"
		"echo 'titel: x' >content/site.yml; printf '<svg/>' "
		">content/afbeeldingen/plaat.svg\n"
		"touch content/leeg.md; echo A >playbooks/a.md; echo A-B >playbooks/a-b.md\n"
		"echo C >playbooks/a/caf\u00e9.md; echo P >themes/standaard/pagina.html\n"
		"echo no >docs/x.md; echo no >content/.verborgen.md; echo no >content/.cache/x.md\n"
		"echo no >playbooks/a.md~; echo no >README.md\n"
		"git add -A; git commit -qm een; git tag -a v1 -m v1\n"
		"git clone -q --bare . ../bare.git\n"
		"cd ..; git init -q -b main outer; mkdir -p outer/docs; cp -r site outer/docs/\n"
		"rm -rf outer/docs/site/.git; cd outer; git add -A; git commit -qm een");
	return 0;
}

static int remove_site(void **state)
{
	(void)state;
	sandbox_close();
	return 0;
}

static void all_kinds_of_source_say_the_same(void **state)
{
	struct text id = {0};

	(void)state;
	assert_described("site", NULL, WANTED);
	assert_described("site/", "HEAD", WANTED);
	assert_described("site", "v1", WANTED);
	assert_described("site/.git", "main", WANTED);
	assert_described("bare.git", "HEAD", WANTED);
	assert_described("bare.git", "main~0", WANTED);
	assert_described("bare.git", "refs/heads/main", WANTED);
	assert_described("bare.git", "HEAD^{commit}", WANTED);
	sandbox_read(&id, "printf %s $(git -C site rev-parse HEAD)");
	assert_described("bare.git", id.data, WANTED);
	id.data[7] = '\0';
	assert_described("bare.git", id.data, WANTED);
	text_free(&id);
	assert_described("bare.git", NULL, WANTED);
	assert_described("outer/docs/site", NULL, WANTED);
	assert_described("outer/docs/site", "HEAD", WANTED);
	sandbox_run("cd site; git worktree add -q --detach ../tree HEAD");
	assert_described("tree", NULL, WANTED);
	assert_described("tree", "HEAD", WANTED);
}

static void a_folder_is_read_from_disk(void **state)
{
	struct text out = {0};

	(void)state;
	sandbox_run("cp -r site changed; cd changed; echo B >playbooks/a.md; rm content/leeg.md");
	describe(&out, "changed", NULL);
	assert_non_null(strstr(out.data, "playbooks/a.md 2 [B\n]"));
	assert_null(strstr(out.data, "leeg.md"));
	text_free(&out);
	assert_described("changed", "HEAD", WANTED);
}

static void knows_the_commit_and_the_prefix(void **state)
{
	struct diags *diags = diag_new();
	struct source *source;

	(void)state;
	assert_int_equal(source_open(&source, "outer/docs/site", NULL, diags), 0);
	assert_non_null(source_repository(source));
	assert_true(slice_is(source_prefix(source), "docs/site/"));
	source_free(source);
	assert_int_equal(source_open(&source, "bare.git", "v1", diags), 0);
	assert_int_equal(source_prefix(source).size, 0);
	source_free(source);
	sandbox_run("mkdir loose; cp -r site/content loose; git init -q empty; cp -r site/content "
		    "empty");
	assert_int_equal(source_open(&source, "loose", NULL, diags), 0);
	assert_null(source_repository(source));
	source_free(source);
	assert_int_equal(source_open(&source, "empty", NULL, diags), 0);
	assert_null(source_repository(source));
	source_free(source);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
}

static void says_why_a_source_cannot_be_opened(void **state)
{
	(void)state;
	sandbox_run("mkdir nothing; git init -q unborn; git init -q --bare unborn.git");
	assert_described("absent", NULL, ": io\n");
	assert_described("absent", "HEAD", ": io\n");
	assert_described("nothing", NULL, ": site-missing\n");
	assert_described("nothing", "HEAD", ": git-none\n");
	assert_described("unborn", NULL, ": site-missing\n");
	assert_described("unborn", "HEAD", ": revision-unknown\n");
	assert_described("unborn.git", NULL, ": revision-unknown\n");
	assert_described("site", "nergens", ": revision-unknown\n");
	assert_described("site", "", ": revision-unknown\n");
	assert_described("site", "--help", ": revision-unknown\n");
	assert_described("site", "ffff", ": revision-unknown\n");
	assert_described("site", "HEAD:content/site.yml", ": revision-unknown\n");
	assert_described("site", "HEAD^{tree}", ": revision-unknown\n");
	assert_described(
		"site", "0123456789012345678901234567890123456789", ": revision-unknown\n");
	assert_described("site/docs", NULL, ": site-missing\n");
	assert_described("site/docs", "HEAD", ": site-missing\n");
	assert_described("site/README.md", NULL, ": io\n");
	sandbox_run(
		"git init -q --object-format=sha256 sha256; cd sha256; cp -r ../site/content .\n"
		"git add -A; git commit -qm een; git clone -q --bare . ../sha256.git");
	assert_described_apart("sha256", NULL, ": git-sha256\n");
	assert_described_apart("sha256", "HEAD", ": git-sha256\n");
	assert_described_apart("sha256.git", "HEAD", ": git-sha256\n");
	sandbox_run("cp -r site damaged; echo '[core' >damaged/.git/config");
	assert_described("damaged", "HEAD", ": git\n");
}

static void refuses_the_repository_of_somebody_else(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	sandbox_run("cp -r site theirs; chown -R 12345 theirs/.git; chmod 755 .");
	assert_int_equal(seteuid(12346), 0);
	assert_described("theirs", "HEAD", ": git-owner\n");
	assert_described("theirs", NULL, ": git-owner\n");
	assert_described("site", "HEAD", WANTED);
	assert_int_equal(seteuid(0), 0);
	assert_described("theirs", "HEAD", WANTED);
}

/* In git's order, but for the one that says so. `code` NULL: it is listed; "": it is passed over.
 */
static const struct {
	const char *mode, *name, *code;
} entries[] = {
	{"100644", "", "name-dots"},
	{"100644", "..", "name-dots"},
	{"40000", "..", "name-dots"},
	{"40000", ".", "name-dots"},
	{"100644", ".GIT", "name-git"},
	{"120000", ".a.md", ""},
	{"40000", ".git", "name-git"},
	{"100644", "/etc/passwd", "name-slash"},
	{"100644", "AUX", "name-windows"},
	{"100644", "Aap.md", NULL},
	{"100644", "CON.md", "name-windows"},
	{"100644", "a\001b.md", "name-control"},
	{"100644", "a\033[31m.md", "name-control"},
	{"100644", "a b.md", NULL},
	{"100644", "a/b.md", "name-slash"},
	{"40000", "a/../../b", "name-slash"},
	{"100644", "a:b.md", "name-windows"},
	{"100644", "a\\b.md", "name-backslash"},
	{"100644", "aap.md", "name-clash"},
	{"120000", "anker.md", "tree-link"},
	{"100644", "a\177.md", "name-control"},
	{"100644", "a\xc2\x9b.md", "name-control"},
	{"100644", "a\xe2\x80\x8bz.md", "name-control"},
	{"100644", "a\xe2\x80\xae.md", "name-control"},
	{"100644", "a\xe9.md", "name-encoding"},
	{"100755", "bestand.sh", NULL},
	{"100664", "bestand.txt", NULL},
	{"100644", "cafe\xcc\x81.md", NULL},
	{"100644", "caf\xc3\xa9.md", "name-clash"},
	{"100644", "com1.svg", "name-windows"},
	{"100644", "com10.svg", NULL},
	{"100644", "dubbel.md", NULL},
	{"100644", "dubbel.md", "tree-duplicate"},
	{"100644", "e.md~", ""},
	{"100644", "git~1", "name-git"},
	{"160000", "module", "tree-submodule"},
	{"100644", "nul", "name-windows"},
	{"10644", "pijp", "tree-device"},
	{"60000", "schijf", "tree-device"},
	{"100644", "b-te-laat.md", "tree-unsorted"},
	{"100644", "spatie ", "name-windows"},
	{"100644", "stip.", "name-windows"},
	{"40000", "wortel", "tree-damaged"}, /* it is a blob */
	{"100644", "z.md", NULL},
};

static bool needs_others(const char *code)
{
	return code != NULL &&
	       (strcmp(code, "name-clash") == 0 || strcmp(code, "tree-duplicate") == 0 ||
		       strcmp(code, "tree-unsorted") == 0);
}

static void each_hostile_entry_is_refused(void **state)
{
	struct forge forge;
	struct text messages = {0}, tree = {0};
	char id[41];
	git_oid blob;

	(void)state;
	forge_open(&forge, "single.git");
	blob = forge_blob(&forge, "x\n");
	for (size_t i = 0; i < ARRAY_LEN(entries); i++) {
		const char *code = entries[i].code, *end;
		size_t count;

		if (needs_others(code))
			continue;
		forge_entry(&tree, entries[i].mode, entries[i].name, blob);
		forge_commit(&forge, id, "40000", "map", forge_tree(&forge, &tree));
		count = open_hostile(&messages, "single.git", id);
		assert_int_equal(count, code == NULL ? 2 : 1);
		if (code == NULL || code[0] == '\0') {
			assert_string_equal(messages.data, "");
			continue;
		}
		assert_true(strncmp(messages.data, "content/map/", 12) == 0);
		end = strrchr(messages.data, ' ');
		assert_true(strncmp(end + 1, code, strlen(code)) == 0);
		assert_string_equal(end + 1 + strlen(code), "\n"); /* and it is the only one */
	}
	forge_close(&forge);
	text_free(&messages);
}

static void what_is_hostile_does_not_hide_the_rest(void **state)
{
	struct forge forge;
	struct text messages = {0}, tree = {0};
	size_t listed = 0, refused = 0;
	char id[41];
	git_oid blob;

	(void)state;
	forge_open(&forge, "all.git");
	blob = forge_blob(&forge, "x\n");
	for (size_t i = 0; i < ARRAY_LEN(entries); i++) {
		forge_entry(&tree, entries[i].mode, entries[i].name, blob);
		listed += entries[i].code == NULL;
		refused += entries[i].code != NULL && entries[i].code[0] != '\0';
	}
	forge_commit(&forge, id, "40000", "map", forge_tree(&forge, &tree));
	assert_int_equal(open_hostile(&messages, "all.git", id), listed + 1);
	for (char *at = messages.data; (at = strchr(at, '\n')) != NULL; at++)
		refused--;
	/* ".." as a file and as a folder is one message */
	assert_int_equal(refused, 1);
	assert_non_null(strstr(messages.data, "content/map/aap.md: name-clash\n"));
	assert_non_null(strstr(messages.data, "content/map/caf\u00e9.md: name-clash\n"));
	assert_non_null(strstr(messages.data, "content/map/dubbel.md: tree-duplicate\n"));
	assert_non_null(strstr(messages.data, "content/map/b-te-laat.md: tree-unsorted\n"));
	forge_close(&forge);
	text_free(&messages);
}

static void long_names_are_refused(void **state)
{
	struct forge forge;
	struct text messages = {0}, tree = {0}, name = {0};
	char id[41];
	git_oid folder;

	(void)state;
	forge_open(&forge, "long.git");
	for (size_t i = 0; i < 200; i++)
		text_byte(&name, 'n');
	forge_entry(&tree, "100644", name.data, forge_blob(&forge, "x"));
	text_byte(&name, 'n');
	forge_entry(&tree, "100644", name.data, forge_blob(&forge, "x"));
	while (name.size < 4097)
		text_byte(&name, 'n');
	forge_entry(&tree, "100644", name.data, forge_blob(&forge, "x"));
	folder = forge_tree(&forge, &tree);
	forge_commit(&forge, id, "40000", "map", folder);
	assert_int_equal(open_hostile(&messages, "long.git", id), 2);
	assert_non_null(strstr(messages.data, "n: name-long\n"));

	name.data[150] = '\0';
	for (size_t i = 0; i < 6; i++) {
		forge_entry(&tree, "40000", name.data, folder);
		folder = forge_tree(&forge, &tree);
	}
	forge_commit(&forge, id, "40000", "map", folder);
	assert_int_equal(open_hostile(&messages, "long.git", id), 1);
	assert_non_null(strstr(messages.data, ": path-long\n"));
	forge_close(&forge);
	text_free(&messages);
	text_free(&name);
}

static void folders_that_clash_are_walked_once(void **state)
{
	struct forge forge;
	struct text messages = {0}, tree = {0};
	char id[41];
	git_oid folder;

	(void)state;
	forge_open(&forge, "folders.git");
	forge_entry(&tree, "100644", "x.md", forge_blob(&forge, "x"));
	folder = forge_tree(&forge, &tree);
	forge_entry(&tree, "40000", "Map", folder);
	forge_entry(&tree, "100644", "a", forge_blob(&forge, "x"));
	forge_entry(&tree, "100644", "a.md", forge_blob(&forge, "x"));
	forge_entry(&tree, "40000", "a", folder);
	forge_entry(&tree, "40000", "map", folder);
	forge_commit(&forge, id, "40000", "map", forge_tree(&forge, &tree));
	assert_int_equal(open_hostile(&messages, "folders.git", id), 4);
	assert_string_equal(
		messages.data, "content/map/a: tree-duplicate\ncontent/map/map: name-clash\n");
	forge_close(&forge);
	text_free(&messages);
}

static void bombs_are_left_while_walking(void **state)
{
	struct forge forge;
	struct text messages = {0}, tree = {0};
	char id[41], name[2] = "a";
	git_oid folder;
	clock_t start;

	(void)state;
	forge_open(&forge, "bomb.git");
	folder = forge_blob(&forge, "x");
	for (size_t level = 0; level < 10; level++) {
		for (name[0] = '0'; name[0] <= '9'; name[0]++)
			forge_entry(&tree, level == 0 ? "100644" : "40000", name, folder);
		folder = forge_tree(&forge, &tree);
	}
	forge_commit(&forge, id, "40000", "map", folder);
	start = clock();
	text_clear(&messages);
	describe(&messages, "bomb.git", id);
	assert_true(clock() - start < 4 * CLOCKS_PER_SEC);
	assert_non_null(strstr(messages.data, ": tree-entries\n"));
	assert_null(strstr(strstr(messages.data, ": tree-entries\n") + 1, ": tree-entries\n"));

	folder = forge_blob(&forge, "x");
	for (size_t level = 0; level < 5000; level++) {
		forge_entry(&tree, level == 0 ? "100644" : "40000", "d", folder);
		folder = forge_tree(&forge, &tree);
	}
	forge_commit(&forge, id, "40000", "map", folder);
	assert_int_equal(open_hostile(&messages, "bomb.git", id), 1);
	assert_non_null(strstr(messages.data, "/d: tree-depth\n"));
	forge_close(&forge);
	text_free(&messages);
}

static void a_giant_folder_is_not_read(void **state)
{
	struct forge forge;
	struct text messages = {0}, tree = {0};
	char id[41], name[] =
			     "00000-"
			     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	git_oid blob;

	(void)state;
	forge_open(&forge, "giant.git");
	blob = forge_blob(&forge, "x");
	for (unsigned i = 0; tree.size <= (16U << 20); i++) {
		for (unsigned digit = 0, rest = i; digit < 6; digit++, rest /= 10)
			name[5 - digit] = (char)('0' + rest % 10);
		forge_entry(&tree, "100644", name, blob);
	}
	forge_commit(&forge, id, "40000", "map", forge_tree(&forge, &tree));
	assert_int_equal(open_hostile(&messages, "giant.git", id), 1);
	assert_string_equal(messages.data, "content/map: tree-damaged\n");
	forge_close(&forge);
	text_free(&messages);
}

/* Objects that are absent, of another kind, or no tree at all. */
static void damage_spoils_nothing_else(void **state)
{
	struct forge forge;
	struct text messages = {0}, tree = {0};
	char id[41];
	git_oid blob, good, none;

	(void)state;
	forge_open(&forge, "damage.git");
	blob = forge_blob(&forge, "x");
	forge_entry(&tree, "100644", "goed.md", blob);
	good = forge_tree(&forge, &tree);
	memset(&none, 0x11, sizeof(none));
	forge_entry(&tree, "100644", "a.md", none);
	forge_entry(&tree, "100644", "b.md", good);
	forge_entry(&tree, "40000", "c", none);
	forge_entry(&tree, "40000", "d", good);
	forge_entry(&tree, "40000", "e",
		forge_write(&forge, GIT_OBJECT_TREE, (struct slice){"100644 x\0kort", 13}));
	forge_entry(
		&tree, "40000", "f", forge_write(&forge, GIT_OBJECT_TREE, slice_of("geen boom")));
	forge_commit(&forge, id, "40000", "map", forge_tree(&forge, &tree));
	assert_int_equal(open_hostile(&messages, "damage.git", id), 2);
	assert_string_equal(messages.data, "content/map/a.md: tree-damaged\n"
					   "content/map/b.md: tree-damaged\n"
					   "content/map/c: tree-damaged\n"
					   "content/map/e: tree-damaged\n"
					   "content/map/f: tree-damaged\n");
	forge_close(&forge);
	text_free(&messages);
}

static git_oid forge_zeroes(struct forge *forge, size_t size)
{
	char *zeroes = mem_new(size, 1);
	git_oid id = forge_write(forge, GIT_OBJECT_BLOB, (struct slice){zeroes, size});

	free(zeroes);
	return id;
}

static void large_files_are_refused_unread(void **state)
{
	struct forge forge;
	struct text messages = {0}, tree = {0};
	char id[41], name[] = "groot-00.svg";
	git_oid most;

	(void)state;
	forge_open(&forge, "large.git");
	most = forge_zeroes(&forge, SOURCE_ASSET_LIMIT);
	forge_entry(&tree, "100644", "a.md", forge_zeroes(&forge, SOURCE_MARKDOWN_LIMIT));
	forge_entry(&tree, "100644", "b.md", forge_zeroes(&forge, SOURCE_MARKDOWN_LIMIT + 1));
	forge_entry(&tree, "100644", "c.yml", forge_zeroes(&forge, SOURCE_MARKDOWN_LIMIT + 1));
	forge_entry(&tree, "100644", "d.svg", forge_zeroes(&forge, SOURCE_ASSET_LIMIT + 1));
	for (unsigned i = 0; i < 45; i++) {
		name[6] = (char)('0' + i / 10);
		name[7] = (char)('0' + i % 10);
		forge_entry(&tree, "100644", name, most);
	}
	forge_commit(&forge, id, "40000", "map", forge_tree(&forge, &tree));
	/* 2 GiB hold 40 of 50 MiB; what comes behind them, site.yml too, is not looked at. */
	text_clear(&messages);
	describe(&messages, "large.git", id);
	assert_string_equal(messages.data, ": site-missing\n"
					   "content/map/b.md: file-size\n"
					   "content/map/c.yml: file-size\n"
					   "content/map/d.svg: file-size\n"
					   "content/map/groot-40.svg: tree-total\n");
	forge_close(&forge);
	text_free(&messages);
}

#define POINTER                                                                                    \
	"version https://git-lfs.github.com/spec/v1\noid "                                         \
	"sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"

static void pointers_of_lfs_are_refused(void **state)
{
	struct forge forge;
	struct text messages = {0}, tree = {0};
	char id[41];

	(void)state;
	forge_open(&forge, "lfs.git");
	forge_entry(&tree, "100644", "a.svg", forge_blob(&forge, POINTER));
	forge_entry(&tree, "100644", "b.md", forge_blob(&forge, "Zo'n " POINTER));
	forge_commit(&forge, id, "40000", "map", forge_tree(&forge, &tree));
	assert_int_equal(open_hostile(&messages, "lfs.git", id), 2);
	assert_string_equal(messages.data, "content/map/a.svg: file-lfs\n");
	forge_close(&forge);
	text_free(&messages);
}

static void the_tops_themselves_may_be_hostile(void **state)
{
	struct forge forge;
	struct text tree = {0}, commit = {0};
	char id[41];
	git_oid blob, oid;

	(void)state;
	forge_open(&forge, "tops.git");
	blob = forge_blob(&forge, "/etc");
	forge_entry(&tree, "120000", "content", blob);
	forge_entry(&tree, "160000", "playbooks", blob);
	forge_entry(&tree, "40000", "themes", blob);
	oid = forge_tree(&forge, &tree);
	text_printf(&commit, "tree %s\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nx\n",
		git_oid_tostr(id, sizeof(id), &oid));
	oid = forge_write(&forge, GIT_OBJECT_COMMIT, text_slice(&commit));
	assert_described("tops.git", git_oid_tostr(id, sizeof(id), &oid),
		": site-missing\ncontent: tree-link\nplaybooks: tree-submodule\n"
		"themes: tree-damaged\n");
	text_free(&commit);
	forge_close(&forge);
}

static void a_hostile_folder_is_refused_likewise(void **state)
{
	struct text messages = {0};

	(void)state;
	sandbox_run(
		"mkdir -p h/content/map h/playbooks/eigen/.git; cd h/content; echo 't: x' "
		">site.yml\n"
		"cd map; echo x >Aap.md; echo x >aap.md; echo x >AUX; echo x >'a\\b.md'\n"
		"printf x >\"$(printf 'a\\001.md')\"; printf x >\"$(printf 'a\\351.md')\"\n"
		"ln -s /etc/passwd anker.md; ln -s . lus; ln -s ../.. op; mkfifo pijp\n"
		"truncate -s 262145 b.md; truncate -s 3G c.svg; echo x >.verborgen; echo x >x.md~\n"
		"printf '" POINTER "' >d.svg; echo x >z.md; ln -s nergens stuk");
	assert_int_equal(open_hostile(&messages, "h", NULL), 3);
	assert_string_equal(messages.data, "content/map/AUX: name-windows\n"
					   "content/map/a\\b.md: name-backslash\n"
					   "content/map/a\\x01.md: name-control\n"
					   "content/map/a\\xe9.md: name-encoding\n"
					   "content/map/aap.md: name-clash\n"
					   "content/map/anker.md: tree-link\n"
					   "content/map/b.md: file-size\n"
					   "content/map/c.svg: file-size\n"
					   "content/map/d.svg: file-lfs\n"
					   "content/map/lus: tree-link\n"
					   "content/map/op: tree-link\n"
					   "content/map/pijp: tree-device\n"
					   "content/map/stuk: tree-link\n"
					   "playbooks/eigen: tree-submodule\n");
	text_free(&messages);
}

static void a_file_that_cannot_be_read_spoils_nothing_else(void **state)
{
	struct diags *diags = diag_new();
	struct source *source;
	struct source_reader *reader;
	struct text bytes = {0};

	(void)state;
	sandbox_run("cp -r site gone");
	assert_int_equal(source_open(&source, "gone", NULL, diags), 0);
	sandbox_run("rm gone/playbooks/a.md gone/playbooks/a-b.md; ln -s a gone/playbooks/a-b.md");
	assert_int_equal(source_reader_open(&reader, source, diags), 0);
	assert_int_equal(
		source_read(&bytes, reader, source_find(source, slice_of("playbooks/a.md")), diags),
		-1);
	assert_int_equal(source_read(&bytes, reader,
				 source_find(source, slice_of("playbooks/a-b.md")), diags),
		-1);
	assert_int_equal(diag_count(diags, DIAG_FATAL), 2);
	assert_int_equal(source_read(&bytes, reader,
				 source_find(source, slice_of("content/site.yml")), diags),
		0);
	assert_null(source_find(source, slice_of("content")));
	assert_null(source_find(source, slice_of("playbooks/../content/site.yml")));
	source_reader_free(reader);
	source_free(source);
	text_free(&bytes);
	diag_free(diags);
}

struct thread {
	const struct source *source;
	struct diags *diags;
	struct text out;
};

static void *read_all(void *argument)
{
	struct thread *thread = argument;

	for (size_t i = 0; i < 20; i++) {
		text_clear(&thread->out);
		add_contents(&thread->out, thread->source, thread->diags);
	}
	return NULL;
}

static void threads_read_with_their_own_handles(void **state)
{
	static const char *const revisions[] = {NULL, "HEAD"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(revisions); i++) {
		struct diags *diags = diag_new();
		struct source *source;
		struct thread threads[3] = {{0}};
		pthread_t ids[3];

		assert_int_equal(source_open(&source, "site", revisions[i], diags), 0);
		for (size_t t = 0; t < 3; t++) {
			threads[t].source = source;
			threads[t].diags = diags;
			assert_int_equal(pthread_create(&ids[t], NULL, read_all, &threads[t]), 0);
		}
		for (size_t t = 0; t < 3; t++) {
			pthread_join(ids[t], NULL);
			assert_string_equal(threads[t].out.data, WANTED);
			text_free(&threads[t].out);
		}
		source_free(source);
		diag_free(diags);
	}
}

static void reads_older_versions(void **state)
{
	static const char *const sites[] = {"old", "old.git", "older/docs"};
	struct text bytes = {0};
	char first[41];

	(void)state;
	sandbox_run("cp -r site old; cd old; echo nieuw >playbooks/a.md; rm content/leeg.md\n"
		    "git add -A; git commit -qm twee; git clone -q --bare . ../old.git; cd ..\n"
		    "cp -r site older; cd older; mkdir -p docs; git mv content playbooks docs/\n"
		    "git commit -qm drie; echo nieuw >docs/playbooks/a.md; git commit -qam vier");
	for (size_t i = 0; i < ARRAY_LEN(sites); i++) {
		struct diags *diags = diag_new();
		struct source *source;
		struct source_reader *reader;
		struct text id = {0};

		sandbox_read(&id,
			i == 2 ? "git -C older rev-parse HEAD~1" : "git -C old rev-parse HEAD~1");
		memcpy(first, id.data, 40);
		first[40] = '\0';
		assert_int_equal(source_open(&source, sites[i], i == 1 ? "HEAD" : NULL, diags), 0);
		assert_int_equal(source_reader_open(&reader, source, diags), 0);
		assert_int_equal(
			source_read_at(&bytes, reader, first, slice_of("playbooks/a.md"), diags),
			0);
		assert_string_equal(bytes.data, "A\n");
		assert_int_equal(
			source_read_at(&bytes, reader, first, slice_of("playbooks/x.md"), diags),
			1);
		assert_int_equal(
			source_read_at(&bytes, reader, first, slice_of("playbooks"), diags), 1);
		assert_int_equal(source_read_at(&bytes, reader, first,
					 slice_of("playbooks/a.md/b.md"), diags),
			1);
		first[0] = first[0] == 'f' ? 'e' : 'f';
		assert_int_equal(
			source_read_at(&bytes, reader, first, slice_of("playbooks/a.md"), diags),
			1);
		assert_int_equal(
			source_read_at(&bytes, reader, "HEAD", slice_of("playbooks/a.md"), diags),
			1);
		assert_int_equal(diag_status(diags), 0);
		source_reader_free(reader);
		source_free(source);
		text_free(&id);
		diag_free(diags);
	}
	text_free(&bytes);
}

static void a_hook_sees_what_was_pushed(void **state)
{
	struct text id = {0}, quarantine = {0};

	(void)state;
	sandbox_run("git init -q --bare hook.git");
	sandbox_read(&id, "printf %s $(git -C site rev-parse HEAD)");
	assert_described("hook.git", id.data, ": revision-unknown\n");
	text_printf(&quarantine, "%s/bare.git/objects", getenv("SANDBOX"));
	setenv("GIT_QUARANTINE_PATH", quarantine.data, 1);
	assert_described("hook.git", id.data, WANTED);
	unsetenv("GIT_QUARANTINE_PATH");
	text_free(&id);
	text_free(&quarantine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_kinds_of_source_say_the_same),
		cmocka_unit_test(a_folder_is_read_from_disk),
		cmocka_unit_test(knows_the_commit_and_the_prefix),
		cmocka_unit_test(says_why_a_source_cannot_be_opened),
		cmocka_unit_test(refuses_the_repository_of_somebody_else),
		cmocka_unit_test(each_hostile_entry_is_refused),
		cmocka_unit_test(what_is_hostile_does_not_hide_the_rest),
		cmocka_unit_test(long_names_are_refused),
		cmocka_unit_test(folders_that_clash_are_walked_once),
		cmocka_unit_test(bombs_are_left_while_walking),
		cmocka_unit_test(a_giant_folder_is_not_read),
		cmocka_unit_test(damage_spoils_nothing_else),
		cmocka_unit_test(large_files_are_refused_unread),
		cmocka_unit_test(pointers_of_lfs_are_refused),
		cmocka_unit_test(the_tops_themselves_may_be_hostile),
		cmocka_unit_test(a_hostile_folder_is_refused_likewise),
		cmocka_unit_test(a_file_that_cannot_be_read_spoils_nothing_else),
		cmocka_unit_test(threads_read_with_their_own_handles),
		cmocka_unit_test(reads_older_versions),
		cmocka_unit_test(a_hook_sees_what_was_pushed),
	};

	return cmocka_run_group_tests(tests, make_site, remove_site);
}
