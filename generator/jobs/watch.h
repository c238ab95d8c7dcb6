/*
 * Tells that files below some folders may have changed, soon after. What has changed is not told:
 * an event only says that it is time to look. Hides inotify-tools' library, which keeps its state
 * for the whole program: there is one watch at a time.
 */
#ifndef DRAAIBOEK_WATCH_H
#define DRAAIBOEK_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diags;
struct watch;

/*
 * Watches the folders and all below them, but for hidden files and folders, editors' copies (name~)
 * and node_modules. A folder that is not there is watched for. Where the system cannot watch (too
 * many folders, no inotify), the files are looked at every second instead.
 */
int watch_open(struct watch **out, const char *const *folders, size_t count, struct diags *diags);

/* A descriptor that can be read when something may have changed; for poll(). */
int watch_descriptor(const struct watch *watch);

/* Forgets what was told until now. */
void watch_clear(struct watch *watch);

/* Whether files are looked at every second, since the system cannot watch them. */
bool watch_is_polling(struct watch *watch);

/* Stops. Takes NULL. */
void watch_close(struct watch *watch);

/*
 * A number for the state of all watched files: their names, sizes, times of change and inodes. It
 * is another one after a change, all but certainly.
 */
uint64_t watch_state(const char *const *folders, size_t count);

#endif
