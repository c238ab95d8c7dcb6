/*
 * Runs a program and its children, and does it harm at one point: kills it, lets a system call
 * fail, or cuts the power of the file system that it writes to. A point is a call that could touch
 * the disk, at its entry, before anything of it is done. Unlike strace this one counts over all
 * names, over all threads and over all children, and stops the program at no other call.
 *
 *   cut list|kill|error|power [OPTION...] -- PROGRAM ARGUMENT...
 *
 *   --at N          the point, from 1
 *   --on            from that point on, not there alone (error)
 *   --errno N       what the call fails with (error)
 *   --mode N        1: the journal is flushed, the data are lost; 2: all is lost (power)
 *   --mount DIR     the ext4 file system that goes down (power)
 *   --changes       only calls that change what is on the disk are points
 *   --calls A,B     only calls of these names are
 *   --below DIR     only calls on files below it; may be given several times
 *   --only WORDS    only calls of a process with these words in its command line
 *   --alone         kills that one process, and not the whole family (kill)
 *   --report FILE   where each point goes, or the one at which harm was done, a line each:
 *                   number, process, call, path, the other path of a rename or link, and `w`
 *                   when it is about an open file that may be written to
 *
 * The exit status is the program's, 128 and the signal when it was killed, and 3 when it cannot be
 * run so here.
 */
#define _GNU_SOURCE /* ptrace's events and process_vm_readv() are Linux's */

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define CANNOT 3
#define PATH_ROOM 4096
#define FOLDERS_LIMIT 8
#define EXT4_SHUTDOWN 0x8004587dUL

#ifdef __x86_64__

enum { NONE = -1 };

/* Where a call has its file: an open one, or a folder and a path from there; and the second. */
struct call {
	const char *name;
	unsigned number;
	bool changes;
	int file;	    /* which argument is an open file or folder, or NONE */
	int path;	    /* which is a path, or NONE */
	int other, to_path; /* the same of the new name */
};

#define CALL(name, changes, ...)                                                                   \
	{                                                                                          \
#name, SYS_##name, changes, __VA_ARGS__                                            \
	}

static const struct call calls[] = {
	CALL(open, false, NONE, 0, NONE, NONE),
	CALL(openat, false, 0, 1, NONE, NONE),
	CALL(openat2, false, 0, 1, NONE, NONE),
	CALL(creat, true, NONE, 0, NONE, NONE),
	CALL(read, false, 0, NONE, NONE, NONE),
	CALL(pread64, false, 0, NONE, NONE, NONE),
	CALL(mmap, false, 4, NONE, NONE, NONE),
	CALL(getdents64, false, 0, NONE, NONE, NONE),
	CALL(fstat, false, 0, NONE, NONE, NONE),
	CALL(newfstatat, false, 0, 1, NONE, NONE),
	CALL(readlink, false, NONE, 0, NONE, NONE),
	CALL(readlinkat, false, 0, 1, NONE, NONE),
	CALL(write, true, 0, NONE, NONE, NONE),
	CALL(writev, true, 0, NONE, NONE, NONE),
	CALL(pwrite64, true, 0, NONE, NONE, NONE),
	CALL(copy_file_range, true, 2, NONE, NONE, NONE),
	CALL(sendfile, true, 0, NONE, NONE, NONE),
	CALL(fallocate, true, 0, NONE, NONE, NONE),
	CALL(ftruncate, true, 0, NONE, NONE, NONE),
	CALL(fsync, true, 0, NONE, NONE, NONE),
	CALL(fdatasync, true, 0, NONE, NONE, NONE),
	CALL(syncfs, true, 0, NONE, NONE, NONE),
	CALL(close, false, 0, NONE, NONE, NONE),
	CALL(rename, true, NONE, 0, NONE, 1),
	CALL(renameat, true, 0, 1, 2, 3),
	CALL(renameat2, true, 0, 1, 2, 3),
	CALL(link, true, NONE, 0, NONE, 1),
	CALL(linkat, true, 0, 1, 2, 3),
	CALL(symlink, true, NONE, 1, NONE, NONE),
	CALL(symlinkat, true, 1, 2, NONE, NONE),
	CALL(mkdir, true, NONE, 0, NONE, NONE),
	CALL(mkdirat, true, 0, 1, NONE, NONE),
	CALL(rmdir, true, NONE, 0, NONE, NONE),
	CALL(unlink, true, NONE, 0, NONE, NONE),
	CALL(unlinkat, true, 0, 1, NONE, NONE),
	CALL(flock, true, 0, NONE, NONE, NONE),
	CALL(chmod, true, NONE, 0, NONE, NONE),
	CALL(fchmod, true, 0, NONE, NONE, NONE),
	CALL(fchmodat, true, 0, 1, NONE, NONE),
	CALL(utimensat, true, 0, 1, NONE, NONE),
};

#define CALLS (sizeof(calls) / sizeof(calls[0]))

enum harm { LIST, KILL, ERROR, POWER };

struct plan {
	enum harm harm;
	unsigned long at; /* 0: nowhere */
	bool on, changes, alone;
	int error, mode;
	const char *mount, *only, *names;
	const char *folders[FOLDERS_LIMIT];
	size_t folder_count;
	FILE *report; /* may be NULL */
	unsigned long passed;
	pid_t family[4096]; /* every thread that is traced */
	size_t family_size;
};

static int cannot(const char *what)
{
	(void)fprintf(stderr, "cut: %s: %s\n", what, strerror(errno));
	return CANNOT;
}

/* ---- What a call is about */

static unsigned long long argument(const struct user_regs_struct *registers, int number)
{
	const unsigned long long all[] = {registers->rdi, registers->rsi, registers->rdx,
		registers->r10, registers->r8, registers->r9};

	return all[number];
}

/* What a link of /proc leads to; empty when there is none. */
static void follow(char *out, const char *format, pid_t process, int file)
{
	char name[64];
	ssize_t size;

	(void)snprintf(name, sizeof name, format, (int)process, file);
	size = readlink(name, out, PATH_ROOM - 1);
	out[size < 0 ? 0 : size] = '\0';
}

static void read_string(char *out, pid_t process, unsigned long long address)
{
	size_t size = 0;

	/* Not past the end of a page: the next one may not be there. */
	while (size < PATH_ROOM - 1) {
		size_t piece = 4096 - (size_t)((address + size) % 4096);
		struct iovec to = {out + size, 0};
		struct iovec from = {(void *)(unsigned long)(address + size), 0};
		ssize_t got;

		if (piece > PATH_ROOM - 1 - size)
			piece = PATH_ROOM - 1 - size;
		to.iov_len = from.iov_len = piece;
		got = process_vm_readv(process, &to, 1, &from, 1, 0);
		if (got <= 0)
			break;
		if (memchr(out + size, '\0', (size_t)got) != NULL)
			return;
		size += (size_t)got;
	}
	out[size] = '\0';
}

/* The absolute path that a call's arguments name; empty when they name none. */
static void resolve(
	char *out, pid_t process, const struct user_regs_struct *registers, int file, int path)
{
	char word[PATH_ROOM] = "";
	int from = file == NONE ? AT_FDCWD : (int)argument(registers, file);
	size_t size;

	if (path != NONE && argument(registers, path) != 0)
		read_string(word, process, argument(registers, path));
	if (word[0] == '/') {
		memcpy(out, word, sizeof word);
		return;
	}
	if (from == AT_FDCWD)
		follow(out, "/proc/%d/cwd", process, 0);
	else
		follow(out, "/proc/%d/fd/%d", process, from);
	size = strlen(out);
	if (word[0] != '\0')
		(void)snprintf(out + size, PATH_ROOM - size, "/%s", word);
}

/* May an open file be written to? */
static bool is_writable(pid_t process, int file)
{
	char name[64], line[128];
	unsigned flags = 0;
	FILE *information;

	(void)snprintf(name, sizeof name, "/proc/%d/fdinfo/%d", (int)process, file);
	information = fopen(name, "re");
	while (information != NULL && fgets(line, sizeof line, information) != NULL)
		if (strncmp(line, "flags:", 6) == 0)
			flags = (unsigned)strtoul(line + 6, NULL, 8);
	if (information != NULL)
		(void)fclose(information);
	return (flags & O_ACCMODE) != O_RDONLY;
}

static bool is_below(const struct plan *plan, const char *path)
{
	for (size_t i = 0; i < plan->folder_count; i++) {
		size_t size = strlen(plan->folders[i]);

		if (strncmp(path, plan->folders[i], size) == 0 &&
			(path[size] == '/' || path[size] == '\0'))
			return true;
	}
	return plan->folder_count == 0;
}

static void command_line(char *out, size_t room, pid_t process)
{
	char name[64];
	ssize_t size;
	int file;

	(void)snprintf(name, sizeof name, "/proc/%d/cmdline", (int)process);
	file = open(name, O_RDONLY | O_CLOEXEC);
	size = file < 0 ? 0 : read(file, out, room - 1);
	if (file >= 0)
		(void)close(file);
	if (size < 0)
		size = 0;
	for (ssize_t i = 0; i + 1 < size; i++)
		if (out[i] == '\0')
			out[i] = ' ';
	out[size] = '\0';
}

/* Is the name one of a list, with commas between them? */
static bool is_named(const char *list, const char *name)
{
	size_t size = strlen(name);

	while (list != NULL) {
		if (strncmp(list, name, size) == 0 && (list[size] == ',' || list[size] == '\0'))
			return true;
		list = strchr(list, ',');
		if (list != NULL)
			list++;
	}
	return false;
}

static bool opens_to_write(const struct call *call, const struct user_regs_struct *registers)
{
	int flags = 0;

	if (call->number == SYS_open)
		flags = (int)registers->rsi;
	else if (call->number == SYS_openat)
		flags = (int)registers->rdx;
	return (flags & (O_CREAT | O_TRUNC)) != 0;
}

/* ---- The points */

/* Is the call a point? Then it is counted, with its paths. */
static bool is_point(struct plan *plan, const struct call *call, pid_t process,
	const struct user_regs_struct *registers, char *path, char *to_path)
{
	to_path[0] = '\0';
	if (plan->changes && !call->changes && !opens_to_write(call, registers))
		return false;
	if (call->number == SYS_mmap && (int)registers->r8 < 0)
		return false;
	resolve(path, process, registers, call->file, call->path);
	if (call->to_path != NONE)
		resolve(to_path, process, registers, call->other, call->to_path);
	if (path[0] != '/' || (!is_below(plan, path) && !is_below(plan, to_path)))
		return false;
	if (plan->only != NULL) {
		char words[PATH_ROOM];

		command_line(words, sizeof words, process);
		if (strstr(words, plan->only) == NULL)
			return false;
	}
	plan->passed++;
	return true;
}

static void kill_family(const struct plan *plan)
{
	for (size_t i = 0; i < plan->family_size; i++)
		(void)kill(plan->family[i], SIGKILL);
}

static int cut_power(const struct plan *plan)
{
	int folder = open(plan->mount, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	__u32 mode = (__u32)plan->mode;

	if (folder < 0 || ioctl(folder, EXT4_SHUTDOWN, &mode) != 0)
		return cannot(plan->mount);
	(void)close(folder);
	return 0;
}

/*
 * Lets the call fail. One that closes is done all the same, as the system does: it then only says
 * that it failed, from its end, which is the next stop.
 */
static enum __ptrace_request let_fail(struct plan *plan, const struct call *call, pid_t process,
	struct user_regs_struct *registers)
{
	if (call->number != SYS_close) {
		registers->orig_rax = (unsigned long long)-1;
		registers->rax = (unsigned long long)-(long long)plan->error;
		(void)ptrace(PTRACE_SETREGS, process, NULL, registers);
		return PTRACE_CONT;
	}
	return PTRACE_SYSCALL;
}

/* A thread stands at the entry of a call. Sets how it is to go on; returns 0, or CANNOT. */
static int at_call(enum __ptrace_request *go_on, struct plan *plan, pid_t process)
{
	struct user_regs_struct registers;
	char path[PATH_ROOM], to_path[PATH_ROOM];
	const struct call *call = NULL;

	if (ptrace(PTRACE_GETREGS, process, NULL, &registers) != 0)
		return 0;
	for (size_t i = 0; i < CALLS && call == NULL; i++)
		if (calls[i].number == registers.orig_rax)
			call = &calls[i];
	if (call == NULL || !is_point(plan, call, process, &registers, path, to_path))
		return 0;
	if (plan->harm == LIST || plan->passed == plan->at) {
		if (plan->report != NULL)
			(void)fprintf(plan->report, "%lu\t%d\t%s\t%s\t%s\t%s\n", plan->passed,
				(int)process, call->name, path, to_path,
				call->path == NONE && is_writable(process,
							      (int)argument(&registers, call->file))
					? "w"
					: "");
	}
	if (plan->harm == LIST || plan->at == 0 ||
		(plan->on ? plan->passed < plan->at : plan->passed != plan->at))
		return 0;
	if (plan->harm == ERROR) {
		*go_on = let_fail(plan, call, process, &registers);
		return 0;
	}
	if (plan->harm == POWER && cut_power(plan) != 0) {
		kill_family(plan);
		return CANNOT;
	}
	if (plan->alone)
		(void)kill(process, SIGKILL);
	else
		kill_family(plan);
	return 0;
}

/* The call that is to fail has been done: only what it says changes. */
static void after_call(const struct plan *plan, pid_t process)
{
	struct user_regs_struct registers;

	if (ptrace(PTRACE_GETREGS, process, NULL, &registers) != 0)
		return;
	registers.rax = (unsigned long long)-(long long)plan->error;
	(void)ptrace(PTRACE_SETREGS, process, NULL, &registers);
}

/* ---- The family */

static void remember(struct plan *plan, pid_t process)
{
	for (size_t i = 0; i < plan->family_size; i++)
		if (plan->family[i] == process)
			return;
	if (plan->family_size < sizeof plan->family / sizeof plan->family[0])
		plan->family[plan->family_size++] = process;
}

static void forget(struct plan *plan, pid_t process)
{
	for (size_t i = 0; i < plan->family_size; i++)
		if (plan->family[i] == process)
			plan->family[i--] = plan->family[--plan->family_size];
}

/* Lets a thread that stands still go on. Returns 0, or CANNOT. */
static int go_on(struct plan *plan, pid_t process, int status)
{
	enum __ptrace_request how = PTRACE_CONT;
	int event = status >> 16, signal = WSTOPSIG(status), failed = 0;

	remember(plan, process);
	if (event == PTRACE_EVENT_SECCOMP) {
		failed = at_call(&how, plan, process);
		signal = 0;
	} else if (event == PTRACE_EVENT_STOP) {
		if (signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN ||
			signal == SIGTTOU)
			how = PTRACE_LISTEN;
		signal = 0;
	} else if (event != 0) {
		signal = 0;
	} else if (signal == (SIGTRAP | 0x80)) {
		after_call(plan, process);
		signal = 0;
	}
	(void)ptrace(how, process, NULL, (void *)(long)signal);
	return failed;
}

/* Follows the program, its threads and its children to the end of the last of them. */
static int follow_all(struct plan *plan, pid_t first)
{
	int result = CANNOT, failed = 0, status;
	pid_t process;

	while ((process = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
		if (process < 0)
			continue;
		if (WIFSTOPPED(status)) {
			if (go_on(plan, process, status) != 0)
				failed = CANNOT;
			continue;
		}
		forget(plan, process);
		if (process == first)
			result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
	return failed != 0 ? failed : result;
}

/* Asks the kernel to stop the program at the calls of the table, and at no other. */
static int ask_for_stops(const struct plan *plan)
{
	struct sock_filter filter[CALLS * 2 + 5];
	struct sock_fprog program = {0, filter};
	unsigned short size = 0;

	filter[size++] = (struct sock_filter)BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	filter[size++] =
		(struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0);
	filter[size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	filter[size++] = (struct sock_filter)BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < CALLS; i++) {
		bool opens = calls[i].number == SYS_open || calls[i].number == SYS_openat;

		if ((plan->changes && !calls[i].changes && !opens) ||
			(plan->names != NULL && !is_named(plan->names, calls[i].name)))
			continue;
		filter[size++] = (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JEQ | BPF_K, calls[i].number, 0, 1);
		filter[size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
	}
	filter[size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	program.len = size;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		return -1;
	return 0;
}

static int run(struct plan *plan, char **words)
{
	int gate[2];
	char byte = 0;
	pid_t child;

	if (pipe2(gate, O_CLOEXEC) != 0)
		return cannot("pipe");
	child = fork();
	if (child < 0)
		return cannot("fork");
	if (child == 0) {
		(void)close(gate[1]);
		if (read(gate[0], &byte, 1) != 1)
			_exit(CANNOT);
		(void)close(gate[0]);
		if (ask_for_stops(plan) != 0)
			_exit(cannot("seccomp"));
		(void)execvp(words[0], words);
		_exit(cannot(words[0]));
	}
	if (ptrace(PTRACE_SEIZE, child, NULL,
		    (void *)(PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
			     PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC | PTRACE_O_TRACESYSGOOD |
			     PTRACE_O_EXITKILL)) != 0) {
		(void)cannot("ptrace");
		(void)kill(child, SIGKILL);
		(void)waitpid(child, NULL, 0);
		return CANNOT;
	}
	(void)write(gate[1], &byte, 1);
	(void)close(gate[0]);
	(void)close(gate[1]);
	return follow_all(plan, child);
}

/* ---- The command line */

static int usage(void)
{
	(void)fputs("cut: list|kill|error|power [OPTION...] -- PROGRAM ARGUMENT...\n", stderr);
	return CANNOT;
}

/* Reads an option with its word; returns how many words that were, or 0. */
static int read_option(struct plan *plan, char **words)
{
	const char *name = words[0], *word = words[1];

	if (strcmp(name, "--on") == 0)
		return plan->on = true;
	if (strcmp(name, "--changes") == 0)
		return plan->changes = true;
	if (strcmp(name, "--alone") == 0)
		return plan->alone = true;
	if (word == NULL)
		return 0;
	if (strcmp(name, "--at") == 0)
		plan->at = strtoul(word, NULL, 10);
	else if (strcmp(name, "--errno") == 0)
		plan->error = (int)strtol(word, NULL, 10);
	else if (strcmp(name, "--mode") == 0)
		plan->mode = (int)strtol(word, NULL, 10);
	else if (strcmp(name, "--mount") == 0)
		plan->mount = word;
	else if (strcmp(name, "--calls") == 0)
		plan->names = word;
	else if (strcmp(name, "--only") == 0)
		plan->only = word;
	else if (strcmp(name, "--below") == 0 && plan->folder_count < FOLDERS_LIMIT)
		plan->folders[plan->folder_count++] = word;
	else if (strcmp(name, "--report") == 0)
		plan->report = fopen(word, "we");
	else
		return 0;
	return 2;
}

int main(int count, char **words)
{
	static const char *const harms[] = {"list", "kill", "error", "power"};
	static struct plan plan;
	int at = 2, status, read_words = 1;

	while (count > 1 && plan.harm <= POWER && strcmp(words[1], harms[plan.harm]) != 0)
		if (plan.harm++ == POWER)
			return usage();
	while (at < count && strcmp(words[at], "--") != 0 && read_words > 0)
		at += read_words = read_option(&plan, words + at);
	if (at + 1 >= count || strcmp(words[at], "--") != 0 ||
		(plan.harm == POWER && plan.mount == NULL))
		return usage();
	status = run(&plan, words + at + 1);
	if (plan.report != NULL)
		(void)fclose(plan.report);
	return status;
}

#else

int main(void)
{
	(void)fputs("cut: this machine's system calls are not known to it\n", stderr);
	return CANNOT;
}

#endif
