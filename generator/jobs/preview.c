/*
 * Only paths that the manifest names are looked for on the disk. Files are read when they are asked
 * for: a build writes each by a rename, so there is the old one or the new one.
 */
#include "jobs/preview.h"

#include <libintl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/mem.h"
#include "jobs/http.h"
#include "output/manifest.h"

#define _(text) gettext(text)
#define MOST_MESSAGES 50
#define OWN "_draaiboek/" /* the preview's own files; no page's name starts with a _ */
#define PAGE_TYPE "text/html; charset=utf-8"

struct preview {
	char *name; /* of the folder */
	struct fs_folder *folder;
	struct diags *unread;  /* of reading files; nobody looks at them */
	pthread_mutex_t mutex; /* guards what is below */
	struct arena arena;    /* holds the paths */
	struct map files;      /* path → path */
	struct text notice;    /* HTML: what is wrong; or empty */
	uint64_t version;
};

static const struct {
	const char *ending;
	const char *type;
} types[] = {
	{".html", PAGE_TYPE},
	{".css", "text/css; charset=utf-8"},
	{".js", "text/javascript; charset=utf-8"},
	{".json", "application/json"},
	{"atom.xml", "application/atom+xml; charset=utf-8"},
	{"opensearch.xml", "application/opensearchdescription+xml; charset=utf-8"},
	{".xml", "application/xml; charset=utf-8"},
	{".txt", "text/plain; charset=utf-8"},
	{".svg", "image/svg+xml"},
	{".png", "image/png"},
	{".jpg", "image/jpeg"},
	{".jpeg", "image/jpeg"},
	{".webp", "image/webp"},
	{".avif", "image/avif"},
	{".gif", "image/gif"},
	{".ico", "image/vnd.microsoft.icon"},
	{".woff2", "font/woff2"},
	{".pdf", "application/pdf"},
	{".ics", "text/calendar; charset=utf-8"},
	{".csv", "text/csv; charset=utf-8"},
	{".vtt", "text/vtt; charset=utf-8"},
	{".mp3", "audio/mpeg"},
	{".mp4", "video/mp4"},
	{".webm", "video/webm"},
	{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
	{".odt", "application/vnd.oasis.opendocument.text"},
	{".ods", "application/vnd.oasis.opendocument.spreadsheet"},
	{".odp", "application/vnd.oasis.opendocument.presentation"},
};

/*
 * Asks for another version than the page's, and asks again when the answer took too long. Only what
 * is looked at asks: browsers allow few connections to one server.
 */
static const char script[] =
	"const version = document.currentScript.dataset.version;\n"
	"let asking = false;\n"
	"\n"
	"async function ask() {\n"
	"  if (asking || document.hidden) return;\n"
	"  asking = true;\n"
	"  let pause = 1000;\n"
	"  try {\n"
	"    const answer = await fetch(`/" HTTP_EVENTS "?v=${version}`, { cache: 'no-store' });\n"
	"    if (answer.ok && (await answer.text()) !== version) {\n"
	"      location.reload();\n"
	"      return;\n"
	"    }\n"
	"    if (answer.ok) pause = 0;\n"
	"  } catch {\n"
	"    // The server is not there: perhaps it comes back.\n"
	"  }\n"
	"  setTimeout(() => {\n"
	"    asking = false;\n"
	"    ask();\n"
	"  }, pause);\n"
	"}\n"
	"\n"
	"document.addEventListener('visibilitychange', ask);\n"
	"ask();\n";

static const char style[] = ".draaiboek-fouten {\n"
			    "  background: #fff4e5;\n"
			    "  border-bottom: 4px solid #b3261e;\n"
			    "  color: #1d1d1d;\n"
			    "  font: 16px/1.5 system-ui, sans-serif;\n"
			    "  max-height: 40vh;\n"
			    "  overflow: auto;\n"
			    "  overflow-wrap: anywhere;\n"
			    "  padding: 16px 24px;\n"
			    "  position: sticky;\n"
			    "  top: 0;\n"
			    "  z-index: 1000;\n"
			    "}\n"
			    ".draaiboek-fouten p {\n"
			    "  font-weight: 700;\n"
			    "  margin: 0 0 8px;\n"
			    "}\n"
			    ".draaiboek-fouten ul {\n"
			    "  margin: 0;\n"
			    "  padding-left: 24px;\n"
			    "}\n"
			    ".draaiboek-fouten code {\n"
			    "  color: #8c1d18;\n"
			    "  font: 600 15px/1.5 ui-monospace, monospace;\n"
			    "}\n";

int preview_open(struct preview **out, const char *folder, struct diags *diags)
{
	struct preview *preview = mem_new(1, sizeof(*preview));

	if (fs_open(&preview->folder, folder, diags) != 0) {
		free(preview);
		return -1;
	}
	preview->name = mem_copy(folder, strlen(folder));
	preview->unread = diag_new();
	preview->version = (uint64_t)time(NULL) * 1000;
	pthread_mutex_init(&preview->mutex, NULL);
	*out = preview;
	return 0;
}

void preview_free(struct preview *preview)
{
	if (preview == NULL)
		return;
	fs_close(preview->folder);
	diag_free(preview->unread);
	pthread_mutex_destroy(&preview->mutex);
	map_free(&preview->files);
	arena_free(&preview->arena);
	text_free(&preview->notice);
	free(preview->name);
	free(preview);
}

uint64_t preview_version(const struct preview *preview)
{
	return preview->version;
}

/* ---- What came of a build */

/* Takes over the paths that the folder's manifest names. */
static int take_files(struct preview *preview, struct diags *diags)
{
	struct manifest *manifest;
	const struct slice *paths;
	size_t count;

	if (manifest_open(&manifest, preview->name, diags) != 0)
		return -1;
	paths = manifest_paths(manifest, &count);
	pthread_mutex_lock(&preview->mutex);
	map_free(&preview->files);
	arena_free(&preview->arena);
	for (size_t i = 0; i < count; i++) {
		struct slice *path = arena_new(&preview->arena, 1, sizeof(*path));

		*path = slice_keep(&preview->arena, paths[i]);
		map_set(&preview->files, *path, path);
	}
	pthread_mutex_unlock(&preview->mutex);
	manifest_close(manifest);
	return 0;
}

static void add_message(struct text *out, const struct diag *message)
{
	text_puts(out, "<li>");
	if (message->place.path[0] != '\0') {
		text_puts(out, "<code>");
		text_html(out, slice_of(message->place.path));
		if (message->place.line > 0)
			text_printf(out, ":%u", message->place.line);
		if (message->place.line > 0 && message->place.column > 0)
			text_printf(out, ":%u", message->place.column);
		text_puts(out, "</code> ");
	}
	text_html(out, slice_of(message->text));
	text_puts(out, "</li>\n");
}

/* Writes what is wrong: nothing when there is no error. */
static void add_notice(struct text *out, struct diags *messages, const char *title)
{
	size_t count, shown = 0, errors;
	const struct diag *list = diag_sorted(messages, &count);

	errors = diag_count(messages, DIAG_ERROR) + diag_count(messages, DIAG_FATAL);
	if (errors == 0)
		return;
	text_puts(out, "<div class=\"draaiboek-fouten\" role=\"alert\" tabindex=\"0\">\n<p>");
	text_html(out, slice_of(title));
	text_puts(out, "</p>\n<ul>\n");
	for (size_t i = 0; i < count && shown < MOST_MESSAGES; i++) {
		if (list[i].level < DIAG_ERROR)
			continue;
		add_message(out, &list[i]);
		shown++;
	}
	if (shown < errors) {
		struct text more = {0};

		text_printf(&more, _("and %zu more"), errors - shown);
		text_puts(out, "<li>");
		text_html(out, text_slice(&more));
		text_puts(out, "</li>\n");
		text_free(&more);
	}
	text_puts(out, "</ul>\n</div>\n");
}

/* What the errors mean for what is seen below them. */
static const char *notice_title(const struct preview *preview, bool built)
{
	if (built)
		return _("The site was made without what is wrong in these files:");
	if (preview->files.count > 0)
		return _("You see the site as it was before these errors. Mend them, and the new "
			 "one comes by itself:");
	return _("The site cannot be made because of these errors. Mend them, and it comes by "
		 "itself:");
}

bool preview_show(struct preview *preview, const struct preview_site *site)
{
	bool built = site->built && take_files(preview, site->messages) == 0;
	struct text notice = {0};
	bool changed;

	add_notice(&notice, site->messages, notice_title(preview, built));
	pthread_mutex_lock(&preview->mutex);
	changed = (built && site->changed) ||
		  !slice_equal(text_slice(&notice), text_slice(&preview->notice));
	text_free(&preview->notice);
	preview->notice = notice;
	if (changed)
		preview->version++;
	pthread_mutex_unlock(&preview->mutex);
	return changed;
}

/* ---- Answers */

static const char *type_of(struct slice path)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (slice_ends(path, types[i].ending))
			return types[i].type;
	return "application/octet-stream";
}

/* Appends `page` up to and with the first `mark`, and takes that off. False when it has none. */
static bool pass(struct text *out, struct slice *page, const char *mark)
{
	size_t at = slice_search(*page, slice_of(mark));

	if (at == page->size)
		return false;
	at += strlen(mark);
	text_add(out, (struct slice){page->data, at});
	*page = slice_from(*page, at);
	return true;
}

/* Puts the preview's own parts in a page, of which no text or attribute has a < or > of its own. */
static void add_page(struct text *out, const struct preview *preview, struct slice page)
{
	size_t end;

	if (preview->notice.size > 0 && pass(out, &page, "<body") && pass(out, &page, ">")) {
		text_puts(out, "<link rel=\"stylesheet\" href=\"/" OWN "fouten.css\">\n");
		text_add(out, text_slice(&preview->notice));
	}
	end = slice_search(page, slice_of("</body>"));
	text_add(out, (struct slice){page.data, end});
	text_printf(out, "<script src=\"/" OWN "herladen.js\" data-version=\"%llu\"></script>\n",
		(unsigned long long)preview->version);
	text_add(out, slice_from(page, end));
}

/* Reads a file of the site into the answer. False when it is not there. */
static bool add_file(struct http_answer *out, struct preview *preview, struct slice path)
{
	struct text bytes = {0};

	if (map_get(&preview->files, path) == NULL ||
		fs_read_in(&bytes, preview->folder, path, preview->unread) != 0) {
		text_free(&bytes);
		return false;
	}
	out->type = type_of(path);
	if (strcmp(out->type, PAGE_TYPE) == 0) {
		add_page(&out->body, preview, text_slice(&bytes));
		text_free(&bytes);
	} else {
		out->body = bytes;
	}
	return true;
}

/* The page that stands for all pages until there is a site. */
static void add_first_page(struct http_answer *out, const struct preview *preview)
{
	out->status = 503;
	out->type = PAGE_TYPE;
	add_page(&out->body, preview,
		slice_of("<!doctype html>\n<html>\n<head><meta charset=\"utf-8\">"
			 "<meta name=\"viewport\" content=\"width=device-width\">"
			 "<title>draaiboek</title></head>\n<body>\n</body>\n</html>\n"));
}

/* A file of the preview itself. */
static void add_own(struct http_answer *out, struct slice path)
{
	out->status = 200;
	if (slice_is(path, OWN "herladen.js")) {
		out->type = type_of(path);
		text_puts(&out->body, script);
	} else if (slice_is(path, OWN "fouten.css")) {
		out->type = type_of(path);
		text_puts(&out->body, style);
	} else {
		out->status = 404;
	}
}

/* Appends a path as the address of a folder. */
static void add_location(struct text *out, struct slice path)
{
	while (path.size > 0) {
		size_t end = slice_find(path, '/');

		text_byte(out, '/');
		text_url_part(out, (struct slice){path.data, end});
		path = slice_from(path, end + 1);
	}
	text_byte(out, '/');
}

/* A file of the site, what a folder's address leads to, or the page that says it is not there. */
static void add_site(struct http_answer *out, struct preview *preview, struct slice path)
{
	bool is_folder = path.size == 0 || slice_ends(path, "/");
	struct text index = {0};

	out->status = 200;
	text_add(&index, path);
	text_puts(&index, is_folder ? "index.html" : "/index.html");
	if (preview->files.count == 0) {
		add_first_page(out, preview);
	} else if (is_folder ? add_file(out, preview, text_slice(&index))
			     : add_file(out, preview, path)) {
		out->status = 200;
	} else if (!is_folder && map_get(&preview->files, text_slice(&index)) != NULL) {
		out->status = 302;
		add_location(&out->location, path);
	} else {
		out->status = 404;
		(void)add_file(out, preview, slice_of("404.html"));
	}
	text_free(&index);
}

void preview_answer(struct http_answer *out, void *context, struct slice path)
{
	struct preview *preview = context;

	if (slice_starts(path, OWN)) {
		add_own(out, path);
		return;
	}
	pthread_mutex_lock(&preview->mutex);
	add_site(out, preview, path);
	pthread_mutex_unlock(&preview->mutex);
}
