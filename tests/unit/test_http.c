/* The preview's server: what it takes for a path and for its own name, and hostile requests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "jobs/http.h"

struct box {
	struct http *http;
	struct diags *diags;
	char host[32]; /* a Host header that is right */
	struct text reply;
};

/* Answers with the path that was asked for; a few paths are special. */
static void answer(struct http_answer *out, void *context, struct slice path)
{
	(void)context;
	if (slice_is(path, "none")) {
		out->status = 404;
		return;
	}
	out->status = slice_is(path, "moved") ? 302 : 200;
	if (out->status == 302)
		text_puts(&out->location, "/moved/");
	out->type = "text/html; charset=utf-8";
	text_byte(&out->body, '[');
	text_add(&out->body, path);
	text_byte(&out->body, ']');
}

static int set_up(void **state)
{
	struct box *box = mem_new(1, sizeof(*box));
	struct http_options options = {.answer = answer, .deadline = 2};

	box->diags = diag_new();
	if (http_open(&box->http, &options, box->diags) != 0)
		return -1;
	http_announce(box->http, 7);
	snprintf(box->host, sizeof(box->host), "Host: localhost:%u\r\n", http_port(box->http));
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	struct box *box = *state;

	http_close(box->http);
	diag_free(box->diags);
	text_free(&box->reply);
	free(box);
	return 0;
}

static int connect_to(const struct box *box)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(box->http))};
	struct timeval limit = {.tv_sec = 10};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

/* Reads until the server closes. */
static void read_reply(struct box *box, int fd)
{
	char piece[4096];
	ssize_t size;

	text_clear(&box->reply);
	text_puts(&box->reply, "");
	while ((size = read(fd, piece, sizeof(piece))) > 0)
		text_add(&box->reply, (struct slice){piece, (size_t)size});
	text_byte(&box->reply, '\0');
	close(fd);
}

/* Sends the bytes, and returns the status of the reply; 0 when there is none. */
static int ask_bytes(struct box *box, const char *bytes, size_t size)
{
	int fd = connect_to(box), status = 0;

	assert_int_equal(send(fd, bytes, size, MSG_NOSIGNAL), size);
	read_reply(box, fd);
	(void)sscanf(box->reply.data, "HTTP/1.1 %d", &status);
	return status;
}

/* Sends a request with the right Host, other headers, and the end. */
static int ask(struct box *box, const char *line, const char *headers)
{
	struct text request = {0};
	int status;

	text_printf(
		&request, "%s HTTP/1.1\r\n%sConnection: close\r\n%s\r\n", line, box->host, headers);
	status = ask_bytes(box, request.data, request.size);
	text_free(&request);
	return status;
}

static bool says(const struct box *box, const char *part)
{
	return strstr(box->reply.data, part) != NULL;
}

static void test_paths_are_decoded(void **state)
{
	static const char *const good[][2] = {{"/", ""}, {"/a/b/", "a/b/"}, {"/a%20b", "a b"},
		{"/%C3%AB", "ë"}, {"/a+b", "a+b"}, {"/a..b", "a..b"}, {"/...", "..."},
		{"/%25", "%"}, {"/a;b=c", "a;b=c"}, {"/.well-known/x", ".well-known/x"}};
	static const char *const bad[] = {"", "a", "//", "//a", "/a//b", "/a/..", "/../a", "/a/./b",
		"/.", "/%2e%2e/a", "/a/%2E", "/%00", "/a%00b", "/%", "/%4", "/%zz", "/%4g",
		"/a%2fb", "/a%5cb", "/a\\b", "/%0d%0aX: y", "/%1b", "/\x7f", "/%ff", "/%c0%af",
		"http://localhost/", "*", "/%2", "/a/%", "/%-1"};
	struct text path = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		text_clear(&path);
		text_puts(&path, "");
		assert_int_equal(http_decode(&path, slice_of(good[i][0])), 0);
		assert_true(slice_is(text_slice(&path), good[i][1]));
	}
	text_clear(&path);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		if (http_decode(&path, slice_of(bad[i])) == 0)
			fail_msg("%s was taken", bad[i]);
		assert_int_equal(path.size, 0);
	}
	text_free(&path);
}

static void test_hosts(void **state)
{
	static const char *const good[] = {
		"localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LocalHost:8000"};
	static const char *const bad[] = {"", "localhost", "localhost:", "localhost:80",
		"localhost:80000", "localhost:08000", "localhost:8000 ", "localhost:8000,x",
		"localhost.evil.example:8000", "evil.example:8000", "127.0.0.2:8000",
		"0.0.0.0:8000", "[::2]:8000", "::1:8000", "localhost.:8000", "xlocalhost:8000",
		"localhost:8000@evil.example", "localhost:+8000", "localhost:4294975296"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		assert_true(http_is_host(slice_of(good[i]), 8000));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (http_is_host(slice_of(bad[i]), 8000))
			fail_msg("%s was taken", bad[i]);
	assert_true(http_is_host(slice_of("localhost"), 80));
}

static void test_tags(void **state)
{
	struct slice tag = slice_of("\"a\"");

	(void)state;
	assert_true(http_has_tag(slice_of("\"a\""), tag));
	assert_true(http_has_tag(slice_of("\"b\", W/\"a\""), tag));
	assert_true(http_has_tag(slice_of("*"), tag));
	assert_false(http_has_tag(slice_of(""), tag));
	assert_false(http_has_tag(slice_of("a, \"ab\", \"a"), tag));
}

static void test_answer_with_its_headers(void **state)
{
	struct box *box = *state;

	assert_int_equal(ask(box, "GET /a%20b/", ""), 200);
	assert_true(says(box, "\r\n\r\n[a b/]"));
	assert_true(says(box, "Content-Type: text/html; charset=utf-8\r\n"));
	assert_true(says(box, "X-Content-Type-Options: nosniff\r\n"));
	assert_true(says(box, "frame-ancestors 'none'\r\n"));
	assert_true(says(box, "Referrer-Policy: "));
	assert_true(says(box, "X-Frame-Options: DENY\r\n"));
	assert_false(says(box, "Access-Control"));
}

static void test_head_has_no_body(void **state)
{
	struct box *box = *state;

	assert_int_equal(ask(box, "HEAD /x", ""), 200);
	assert_true(says(box, "Content-Length: 3\r\n"));
	assert_false(says(box, "[x]"));
}

static void test_other_methods_are_refused(void **state)
{
	static const char *const methods[] = {
		"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "X"};
	struct box *box = *state;

	for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
		struct text line = {0};

		text_printf(&line, "%s /x", methods[i]);
		assert_int_equal(ask(box, line.data, "Content-Length: 0\r\n"), 405);
		assert_true(says(box, "Allow: GET, HEAD\r\n"));
		assert_true(says(box, "X-Content-Type-Options: nosniff\r\n"));
		text_free(&line);
	}
}

static void test_bad_paths_are_refused(void **state)
{
	static const char *const paths[] = {"/..", "/../etc/passwd", "/a/%2e%2e/b", "/%00",
		"/a%00.html", "/a%2f..%2fb", "/a\\b", "//evil.example/", "http://localhost/x"};
	struct box *box = *state;

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct text line = {0};

		text_printf(&line, "GET %s", paths[i]);
		assert_int_equal(ask(box, line.data, ""), 400);
		text_free(&line);
	}
}

static void test_other_hosts_are_refused(void **state)
{
	static const char *const hosts[] = {"Host: evil.example\r\n", "Host: localhost\r\n",
		"Host: \r\n", "Host: localhost:1\r\n"};
	struct box *box = *state;
	struct text request = {0};

	for (size_t i = 0; i < ARRAY_LEN(hosts); i++) {
		text_clear(&request);
		text_printf(&request, "GET /x HTTP/1.1\r\n%sConnection: close\r\n\r\n", hosts[i]);
		assert_int_equal(ask_bytes(box, request.data, request.size), 421);
		assert_false(says(box, "[x]"));
		text_clear(&request);
		text_printf(&request,
			"GET /_draaiboek/events?v=1 HTTP/1.1\r\n%sConnection: close\r\n\r\n",
			hosts[i]);
		assert_int_equal(ask_bytes(box, request.data, request.size), 421);
	}
	/* Two of them, and none. */
	assert_int_equal(ask(box, "GET /x", "Host: evil.example\r\n"), 421);
	assert_int_equal(ask(box, "GET /x", box->host), 421);
	text_clear(&request);
	text_puts(&request, "GET /x HTTP/1.1\r\nConnection: close\r\n\r\n");
	assert_in_range(ask_bytes(box, request.data, request.size), 400, 421);
	text_clear(&request);
	text_puts(&request, "GET /x HTTP/1.0\r\n\r\n");
	assert_int_equal(ask_bytes(box, request.data, request.size), 421);
	text_free(&request);
}

static void test_what_is_known_is_not_sent_again(void **state)
{
	struct box *box = *state;
	struct text header = {0};
	char *tag;

	assert_int_equal(ask(box, "GET /x", ""), 200);
	tag = strstr(box->reply.data, "ETag: ");
	assert_non_null(tag);
	text_printf(&header, "If-None-Match: %.18s\r\n", tag + 6);
	assert_int_equal(ask(box, "GET /x", header.data), 304);
	assert_false(says(box, "[x]"));
	assert_true(says(box, "ETag: "));
	assert_int_equal(ask(box, "GET /y", header.data), 200);
	assert_int_equal(ask(box, "GET /none", "If-None-Match: *\r\n"), 404);
	text_free(&header);
}

static void test_connection_is_kept(void **state)
{
	struct box *box = *state;
	struct text request = {0};
	int fd = connect_to(box);

	for (int i = 0; i < 3; i++)
		text_printf(&request, "GET /%d HTTP/1.1\r\n%s\r\n", i, box->host);
	text_printf(&request, "GET /last HTTP/1.1\r\n%sConnection: close\r\n\r\n", box->host);
	assert_int_equal(send(fd, request.data, request.size, MSG_NOSIGNAL), request.size);
	read_reply(box, fd);
	assert_true(says(box, "[0]"));
	assert_true(says(box, "[2]"));
	assert_true(says(box, "[last]"));
	text_free(&request);
}

static void test_redirect(void **state)
{
	struct box *box = *state;

	assert_int_equal(ask(box, "GET /moved", ""), 302);
	assert_true(says(box, "Location: /moved/\r\n"));
}

static void test_hostile_bytes(void **state)
{
	static const struct {
		const char *bytes;
		size_t size;
	} requests[] = {{"\0\0\0\0\r\n\r\n", 8}, {"GET\r\n\r\n", 7}, {"GET / HTTP/9.9\r\n\r\n", 18},
		{"\xff\xfe\r\n\r\n", 6}, {"GET /x\0/../y HTTP/1.1\r\n\r\n", 26},
		{"GET / HTTP/1.1\r\nHost\r\n\r\n", 24},
		{"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 38},
		{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15}};
	struct box *box = *state;
	struct text request = {0};

	for (size_t i = 0; i < ARRAY_LEN(requests); i++) {
		int fd = connect_to(box);

		assert_true(send(fd, requests[i].bytes, requests[i].size, MSG_NOSIGNAL) > 0);
		shutdown(fd, SHUT_WR);
		read_reply(box, fd);
		assert_false(says(box, " 200 "));
	}
	/* More headers than there is memory for. */
	text_printf(&request, "GET /x HTTP/1.1\r\n%sConnection: close\r\n", box->host);
	for (int i = 0; i < 5000; i++)
		text_printf(&request, "X-Header-%d: 0123456789\r\n", i);
	text_puts(&request, "\r\n");
	{
		int fd = connect_to(box);

		(void)send(fd, request.data, request.size, MSG_NOSIGNAL);
		shutdown(fd, SHUT_WR);
		read_reply(box, fd);
		assert_false(says(box, " 200 "));
	}
	text_free(&request);
	assert_int_equal(ask(box, "GET /x", ""), 200);
}

static void test_new_version_is_told_at_once_to_who_has_another(void **state)
{
	struct box *box = *state;

	assert_int_equal(ask(box, "GET /_draaiboek/events?v=6", ""), 200);
	assert_true(says(box, "\r\n\r\n7"));
	assert_int_equal(ask(box, "GET /_draaiboek/events", ""), 200);
}

static void test_new_version_is_told_when_it_comes(void **state)
{
	struct box *box = *state;
	struct text request = {0};
	struct timespec moment = {.tv_nsec = 200000000};
	int fds[5];

	text_printf(&request, "GET /_draaiboek/events?v=7 HTTP/1.1\r\n%sConnection: close\r\n\r\n",
		box->host);
	for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
		fds[i] = connect_to(box);
		assert_int_equal(
			send(fds[i], request.data, request.size, MSG_NOSIGNAL), request.size);
	}
	/* One goes away while it waits. */
	nanosleep(&moment, NULL);
	close(fds[4]);
	http_tick(box->http);
	nanosleep(&moment, NULL);
	assert_int_equal(recv(fds[0], &(char){0}, 1, MSG_DONTWAIT), -1);
	http_announce(box->http, 8);
	for (size_t i = 0; i < 4; i++) {
		read_reply(box, fds[i]);
		assert_true(says(box, "\r\n\r\n8"));
	}
	text_free(&request);
}

static void test_waiting_does_not_keep_the_server_from_stopping(void **state)
{
	struct box *box = *state;
	struct text request = {0};
	struct timespec moment = {.tv_nsec = 200000000};
	int fd = connect_to(box);

	text_printf(&request, "GET /_draaiboek/events?v=7 HTTP/1.1\r\n%s\r\n", box->host);
	assert_int_equal(send(fd, request.data, request.size, MSG_NOSIGNAL), request.size);
	nanosleep(&moment, NULL);
	http_close(box->http);
	box->http = NULL;
	close(fd);
	text_free(&request);
}

/* A byte now and then keeps a connection from being idle, but not from its deadline. */
static void test_slow_request_is_ended(void **state)
{
	struct box *box = *state;
	struct timespec moment = {.tv_nsec = 250000000};
	int fd = connect_to(box);
	time_t start = time(NULL);

	while (time(NULL) - start < 8) {
		if (send(fd, "G", 1, MSG_NOSIGNAL) != 1)
			break;
		nanosleep(&moment, NULL);
		http_tick(box->http);
	}
	assert_in_range(time(NULL) - start, 1, 5);
	close(fd);
	assert_int_equal(ask(box, "GET /x", ""), 200);
}

static void test_many_connections_do_not_lock_others_out(void **state)
{
	struct box *box = *state;
	struct timespec moment = {.tv_nsec = 500000000};
	int fds[100];

	for (size_t i = 0; i < ARRAY_LEN(fds); i++)
		fds[i] = connect_to(box);
	for (int i = 0; i < 6; i++) {
		nanosleep(&moment, NULL);
		http_tick(box->http);
	}
	assert_int_equal(ask(box, "GET /x", ""), 200);
	for (size_t i = 0; i < ARRAY_LEN(fds); i++)
		close(fds[i]);
}

static void test_port_that_is_taken(void **state)
{
	struct box *box = *state;
	struct http_options options = {.answer = answer, .port = http_port(box->http)};
	struct http *other;
	size_t count;

	assert_int_equal(http_open(&other, &options, box->diags), -1);
	assert_int_equal(diag_sorted(box->diags, &count)[0].code, DIAG_PORT_TAKEN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths_are_decoded),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_tags),
		TEST(test_answer_with_its_headers),
		TEST(test_head_has_no_body),
		TEST(test_other_methods_are_refused),
		TEST(test_bad_paths_are_refused),
		TEST(test_other_hosts_are_refused),
		TEST(test_what_is_known_is_not_sent_again),
		TEST(test_connection_is_kept),
		TEST(test_redirect),
		TEST(test_hostile_bytes),
		TEST(test_new_version_is_told_at_once_to_who_has_another),
		TEST(test_new_version_is_told_when_it_comes),
		TEST(test_waiting_does_not_keep_the_server_from_stopping),
		TEST(test_slow_request_is_ended),
		TEST(test_many_connections_do_not_lock_others_out),
		TEST(test_port_that_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
