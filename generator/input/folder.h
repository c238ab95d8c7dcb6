/*
 * The files of a site that is a folder, as git would list them.
 */
#ifndef DRAAIBOEK_FOLDER_H
#define DRAAIBOEK_FOLDER_H

struct tree;

/*
 * Adds what the folder `path` holds below the tops of a site to the tree. What cannot be read in it
 * is a message. Returns -1 when the folder itself cannot be opened.
 */
int folder_list(struct tree *tree, const char *path);

#endif
