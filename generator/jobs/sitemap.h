/*
 * sitemap.xml: the addresses that search engines are told of, in more files when there are too many
 * for one.
 */
#ifndef DRAAIBOEK_SITEMAP_H
#define DRAAIBOEK_SITEMAP_H

struct arena;
struct diags;
struct sink;
struct templates;
struct text;
struct view;

struct sitemap {
	const struct view *view;
	const struct templates *templates; /* which pages the theme can make */
	struct arena *arena;
	struct text *buffer; /* to write in */
};

/* Writes the file, or the files and the list of them. */
int sitemap_write(const struct sitemap *sitemap, const struct sink *sink, struct diags *diags);

#endif
