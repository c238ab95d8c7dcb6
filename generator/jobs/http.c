/*
 * One libmicrohttpd daemon for 127.0.0.1 and, where there is one, one for ::1, each with a thread.
 *
 * libmicrohttpd 0.9.75 cuts a path at %00, takes any Host, and ends a connection only when it is
 * idle: so its decoding is off, the headers are looked at here, and http_tick() shuts connections
 * whose request takes too long. Those who wait for a new version are suspended: they cost no
 * thread.
 */
#include "jobs/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/unicode.h"

#define MOST_CONNECTIONS 64
#define IDLE_TIME 10 /* seconds */
#define DEADLINE 30
#define WAIT_TIME 20 /* seconds that a wait for a new version takes at most */
#define REQUEST_MEMORY ((size_t)32 * 1024)
#define DAEMONS 2

/* One connection, in the list of all. */
struct connection {
	struct connection *next;
	struct connection *previous;
	int fd;
	time_t since; /* its request began, or its last one ended */
};

/* A request: from its headers until its answer is sent. */
struct request {
	struct request *next; /* in the list of those that wait for a new version */
	struct MHD_Connection *connection;
	time_t since; /* it waits; 0: it did not wait yet */
};

struct http {
	struct http_options options;
	unsigned port;
	struct MHD_Daemon *daemons[DAEMONS];
	pthread_mutex_t mutex; /* guards what is below */
	struct connection *connections;
	struct request *waiting;
	uint64_t version;
	bool closing;
};

/* Sent with every answer: what the site is published with, and nothing is kept without asking. */
static const char *const headers[][2] = {
	{"Content-Security-Policy",
		"default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
		"img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action "
		"'self'; "
		"frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cache-Control", "no-cache"},
};

/* Seconds on a clock that nobody sets. */
static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

/* ---- What a request says */

static int hex_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* Whether a decoded path is one that a file of the site could have. */
static bool is_clean(struct slice path)
{
	while (path.size > 0) {
		size_t end = slice_find(path, '/');
		struct slice part = {path.data, end};

		if (part.size == 0 || slice_is(part, ".") || slice_is(part, ".."))
			return false;
		path = slice_from(path, end + 1);
	}
	return true;
}

int http_decode(struct text *out, struct slice target)
{
	struct text path = {0};
	int result = -1;

	if (target.size == 0 || target.data[0] != '/')
		return -1;
	for (size_t i = 1; i < target.size; i++) {
		char byte = target.data[i];

		if (byte == '%') {
			int high = i + 2 < target.size ? hex_digit(target.data[i + 1]) : -1;
			int low = high >= 0 ? hex_digit(target.data[i + 2]) : -1;

			byte = (char)(high * 16 + low);
			if (low < 0 || byte == '/')
				goto out;
			i += 2;
		}
		if ((unsigned char)byte < ' ' || byte == 0x7f || byte == '\\')
			goto out;
		text_byte(&path, byte);
	}
	if (!is_clean(text_slice(&path)) || !unicode_valid(text_slice(&path)))
		goto out;
	text_add(out, text_slice(&path));
	result = 0;
out:
	text_free(&path);
	return result;
}

bool http_is_host(struct slice host, unsigned port)
{
	static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t size = strlen(names[i]);
		struct slice rest = slice_from(host, size);
		size_t j = 0;

		while (j < size && j < host.size &&
			(host.data[j] == names[i][j] ||
				(host.data[j] >= 'A' && host.data[j] <= 'Z' &&
					host.data[j] + ('a' - 'A') == names[i][j])))
			j++;
		if (j < size)
			continue;
		if (rest.size == 0)
			return port == 80;
		return rest.data[0] == ':' && rest.size > 1 && rest.data[1] != '0' &&
		       slice_number(slice_from(rest, 1)) == (int)port;
	}
	return false;
}

bool http_has_tag(struct slice header, struct slice tag)
{
	while (header.size > 0) {
		size_t end = slice_find(header, ',');
		struct slice one = slice_trim((struct slice){header.data, end});

		/* A weak tag is as good: what is asked is whether the page looks the same. */
		if (slice_starts(one, "W/"))
			one = slice_from(one, 2);
		if (slice_is(one, "*") || slice_equal(one, tag))
			return true;
		header = slice_from(header, end + 1);
	}
	return false;
}

/* Counts the Host headers, and keeps the last. */
struct hosts {
	size_t count;
	struct slice last;
};

static enum MHD_Result count_host(
	void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct hosts *hosts = context;

	(void)kind;
	if (strlen(name) == 4 && (name[0] | 0x20) == 'h' && (name[1] | 0x20) == 'o' &&
		(name[2] | 0x20) == 's' && (name[3] | 0x20) == 't') {
		hosts->count++;
		hosts->last = slice_of(value);
	}
	return MHD_YES;
}

static bool is_for_us(const struct http *http, struct MHD_Connection *connection)
{
	struct hosts hosts = {0};

	MHD_get_connection_values(connection, MHD_HEADER_KIND, count_host, &hosts);
	return hosts.count == 1 && http_is_host(hosts.last, http->port);
}

/* ---- What is answered */

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
	(void)MHD_add_response_header(response, name, value);
}

/* Sends the answer, and frees it. */
static enum MHD_Result send_answer(struct MHD_Connection *connection, struct http_answer *answer)
{
	const char *known =
		MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "If-None-Match");
	struct text tag = {0};
	struct MHD_Response *response;
	enum MHD_Result result;

	text_printf(&tag, "\"%016llx\"", (unsigned long long)slice_hash(text_slice(&answer->body)));
	if (answer->status == MHD_HTTP_OK && http_has_tag(slice_of(known), text_slice(&tag))) {
		answer->status = MHD_HTTP_NOT_MODIFIED;
		text_clear(&answer->body);
	}
	response = MHD_create_response_from_buffer(
		answer->body.size, answer->body.data, MHD_RESPMEM_MUST_FREE);
	if (response == NULL) {
		result = MHD_NO;
		goto out;
	}
	answer->body = (struct text){0}; /* the response's now */
	for (size_t i = 0; i < ARRAY_LEN(headers); i++)
		add_header(response, headers[i][0], headers[i][1]);
	if (answer->type != NULL)
		add_header(response, "Content-Type", answer->type);
	if (answer->location.size > 0)
		add_header(response, "Location", answer->location.data);
	if (answer->status == MHD_HTTP_OK || answer->status == MHD_HTTP_NOT_MODIFIED)
		add_header(response, "ETag", tag.data);
	if (answer->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		add_header(response, "Allow", "GET, HEAD");
	result = MHD_queue_response(connection, answer->status, response);
	MHD_destroy_response(response);
out:
	text_free(&tag);
	text_free(&answer->body);
	text_free(&answer->location);
	return result;
}

/* Refuses, in a word or two for who looks at it with a tool. */
static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status, const char *why)
{
	struct http_answer answer = {.status = status, .type = "text/plain; charset=utf-8"};

	text_puts(&answer.body, why);
	text_byte(&answer.body, '\n');
	return send_answer(connection, &answer);
}

/* Gives what the connection does next its own time. The mutex is held. */
static void renew(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct connection *known = info != NULL ? info->socket_context : NULL;

	if (known != NULL)
		known->since = now();
}

/* Answers who asks for a newer version, now or when there is one. */
static enum MHD_Result answer_event(
	struct http *http, struct MHD_Connection *connection, struct request *request)
{
	struct http_answer answer = {.status = MHD_HTTP_OK, .type = "text/plain; charset=utf-8"};
	const char *known = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "v");

	pthread_mutex_lock(&http->mutex);
	text_number(&answer.body, http->version);
	if (request->since == 0 && !http->closing &&
		slice_equal(text_slice(&answer.body), slice_of(known))) {
		*request = (struct request){http->waiting, connection, now()};
		http->waiting = request;
		renew(connection);
		MHD_suspend_connection(connection);
		pthread_mutex_unlock(&http->mutex);
		text_free(&answer.body);
		return MHD_YES;
	}
	pthread_mutex_unlock(&http->mutex);
	return send_answer(connection, &answer);
}

/*
 * Called when the headers of a request are there, again when all of it is, and again when it has
 * waited. What is refused is refused at once, which ends the connection.
 */
static enum MHD_Result answer_request(void *context, struct MHD_Connection *connection,
	const char *url, const char *method, const char *version, const char *upload,
	size_t *upload_size, void **state)
{
	struct http *http = context;
	struct http_answer answer = {.status = MHD_HTTP_NOT_FOUND};
	struct text path = {0};
	enum MHD_Result result;

	(void)version;
	(void)upload;
	(void)upload_size;
	if (!is_for_us(http, connection))
		return refuse(
			connection, MHD_HTTP_MISDIRECTED_REQUEST, "not the host of this site");
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET and HEAD");
	if (*state == NULL) {
		*state = mem_new(1, sizeof(struct request));
		return MHD_YES;
	}
	if (http_decode(&path, slice_of(url)) != 0) {
		result = refuse(connection, MHD_HTTP_BAD_REQUEST, "not a path of this site");
	} else if (slice_is(text_slice(&path), HTTP_EVENTS)) {
		result = answer_event(http, connection, *state);
	} else {
		http->options.answer(&answer, http->options.context, text_slice(&path));
		result = send_answer(connection, &answer);
	}
	text_free(&path);
	return result;
}

/* ---- Connections */

/* Leaves %XX as it is: see http_decode(). */
static size_t unescape_nothing(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

static void notice_connection(void *context, struct MHD_Connection *connection, void **state,
	enum MHD_ConnectionNotificationCode code)
{
	struct http *http = context;
	struct connection *known = *state;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	pthread_mutex_lock(&http->mutex);
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		known = mem_new(1, sizeof(*known));
		*known = (struct connection){.next = http->connections,
			.fd = info != NULL ? info->connect_fd : -1,
			.since = now()};
		if (known->next != NULL)
			known->next->previous = known;
		http->connections = known;
		*state = known;
	} else if (known != NULL) {
		if (known->next != NULL)
			known->next->previous = known->previous;
		if (known->previous != NULL)
			known->previous->next = known->next;
		else
			http->connections = known->next;
		free(known);
		*state = NULL;
	}
	pthread_mutex_unlock(&http->mutex);
}

static void notice_end(void *context, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code)
{
	struct http *http = context;

	(void)code;
	pthread_mutex_lock(&http->mutex);
	renew(connection);
	pthread_mutex_unlock(&http->mutex);
	free(*state); /* its request; if that waited, it was taken off the list to be woken */
	*state = NULL;
}

/* Wakes those who have waited for at least so many seconds. */
static void wake(struct http *http, time_t least)
{
	struct request *woken = NULL;
	time_t time = now();

	pthread_mutex_lock(&http->mutex);
	for (struct request **link = &http->waiting; *link != NULL;) {
		struct request *request = *link;

		if (time - request->since < least) {
			link = &request->next;
			continue;
		}
		*link = request->next;
		request->next = woken;
		woken = request;
	}
	pthread_mutex_unlock(&http->mutex);
	/* Until it is resumed, nobody else touches a suspended connection, nor its request. */
	while (woken != NULL) {
		struct request *next = woken->next;

		MHD_resume_connection(woken->connection);
		woken = next;
	}
}

void http_announce(struct http *http, uint64_t version)
{
	pthread_mutex_lock(&http->mutex);
	http->version = version;
	pthread_mutex_unlock(&http->mutex);
	wake(http, 0);
}

void http_tick(struct http *http)
{
	time_t deadline = http->options.deadline > 0 ? (time_t)http->options.deadline : DEADLINE;
	time_t time = now();

	wake(http, WAIT_TIME);
	pthread_mutex_lock(&http->mutex);
	for (struct connection *one = http->connections; one != NULL; one = one->next)
		if (one->fd >= 0 && time - one->since >= deadline)
			(void)shutdown(
				one->fd, SHUT_RDWR); /* its daemon sees that, and closes it */
	pthread_mutex_unlock(&http->mutex);
}

/* ---- Start and end */

/* Opens a socket that listens at the address. Returns -1, with errno. */
static int listen_at(const struct sockaddr *address, socklen_t size)
{
	int fd = socket(address->sa_family, SOCK_STREAM, 0);
	int on = 1, error;

	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (address->sa_family == AF_INET6)
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
	if (bind(fd, address, size) == 0 && listen(fd, MOST_CONNECTIONS) == 0)
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

/* The port at which a socket listens. */
static unsigned port_of(int fd)
{
	struct sockaddr_in address = {0};
	socklen_t size = sizeof(address);

	if (getsockname(fd, (struct sockaddr *)&address, &size) != 0)
		return 0;
	return ntohs(address.sin_port);
}

/* Starts a daemon for the socket, which it then owns. */
static struct MHD_Daemon *start(struct http *http, int fd)
{
	struct MHD_Daemon *daemon = MHD_start_daemon(
		MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
		answer_request, http, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_UNESCAPE_CALLBACK,
		unescape_nothing, NULL, MHD_OPTION_NOTIFY_CONNECTION, notice_connection, http,
		MHD_OPTION_NOTIFY_COMPLETED, notice_end, http, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_TIME,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, REQUEST_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_END);

	if (daemon == NULL)
		close(fd);
	return daemon;
}

static int fail(unsigned port, int error, struct diags *diags)
{
	struct text name = {0};

	text_number(&name, port);
	if (error == EADDRINUSE || error == EACCES) {
		diag_add(diags, DIAG_PORT_TAKEN, (struct place){.path = ""}, name.data,
			(char *)NULL);
	} else {
		text_clear(&name);
		text_printf(&name, "127.0.0.1:%u", port);
		diag_io(diags, name.data, error);
	}
	text_free(&name);
	return -1;
}

int http_open(struct http **out, const struct http_options *options, struct diags *diags)
{
	struct http *http = mem_new(1, sizeof(*http));
	struct sockaddr_in four = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)options->port)};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int fd;

	http->options = *options;
	pthread_mutex_init(&http->mutex, NULL);
	four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fd = listen_at((const struct sockaddr *)&four, sizeof(four));
	if (fd < 0) {
		fail(options->port, errno, diags);
		goto out;
	}
	http->port = port_of(fd);
	http->daemons[0] = start(http, fd);
	if (http->daemons[0] == NULL) {
		fail(http->port, errno != 0 ? errno : ENOMEM, diags);
		goto out;
	}
	/* Some machines have no ::1, and there it may be somebody else's: 127.0.0.1 is enough. */
	six.sin6_port = htons((uint16_t)http->port);
	fd = listen_at((const struct sockaddr *)&six, sizeof(six));
	if (fd >= 0)
		http->daemons[1] = start(http, fd);
	*out = http;
	return 0;
out:
	http_close(http);
	return -1;
}

unsigned http_port(const struct http *http)
{
	return http->port;
}

void http_close(struct http *http)
{
	if (http == NULL)
		return;
	pthread_mutex_lock(&http->mutex);
	http->closing = true;
	pthread_mutex_unlock(&http->mutex);
	wake(http, 0);
	for (size_t i = 0; i < DAEMONS; i++)
		if (http->daemons[i] != NULL)
			MHD_stop_daemon(http->daemons[i]);
	pthread_mutex_destroy(&http->mutex);
	free(http);
}
