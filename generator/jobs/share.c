/*
 * The program's own place is asked of Linux: /proc/self/exe.
 */
#include "jobs/share.h"

#include <sys/stat.h>
#include <unistd.h>

void share_find(struct text *out)
{
	char program[4096];
	ssize_t size = readlink("/proc/self/exe", program, sizeof(program) - 1);
	struct stat status;
	size_t folder, start = out->size;

	if (size <= 0) {
		text_puts(out, "share");
		return;
	}
	folder = (size_t)size;
	while (folder > 0 && program[folder - 1] != '/')
		folder--;
	text_add(out, (struct slice){program, folder});
	text_puts(out, "share/themes");
	if (stat(out->data + start, &status) == 0) {
		out->size -= sizeof("/themes") - 1;
		out->data[out->size] = '\0';
		return;
	}
	out->size = start;
	text_add(out, (struct slice){program, folder});
	text_puts(out, "../share/draaiboek");
}
