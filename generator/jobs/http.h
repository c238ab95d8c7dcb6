/*
 * A server for one machine: answers GET and HEAD on the loopback addresses, to those who ask for it
 * by a name of this machine (a page of another site that lets its own name lead here is refused).
 * What the answers are is its caller's business. Hides libmicrohttpd, and keeps its weak spots
 * away: paths are decoded here, and a request must be over before a deadline.
 */
#ifndef DRAAIBOEK_HTTP_H
#define DRAAIBOEK_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct diags;

#define HTTP_EVENTS "_draaiboek/events" /* the path that tells of a new version */

/* What is sent. Starts as all zeroes; the server frees the texts. */
struct http_answer {
	unsigned status; /* 200, 404, … */
	const char *type;
	struct text body;
	struct text location; /* of a redirect; else empty */
};

struct http_options {
	unsigned port; /* 0: any free one */
	/* Fills in the answer for a decoded path: "subsidies/x/". Called from other threads. */
	void (*answer)(struct http_answer *out, void *context, struct slice path);
	void *context;
	unsigned deadline; /* in seconds, for a request with its answer; 0: 30 */
};

struct http;

/* Starts to listen, and to answer in threads of its own. A port that is taken is a fatal message.
 */
int http_open(struct http **out, const struct http_options *options, struct diags *diags);

unsigned http_port(const struct http *http);

/*
 * Tells all who wait at HTTP_EVENTS that there is another version of the site. They asked with the
 * version that they have (`?v=1`), and get the newest; the answer comes when that is another one,
 * or after some time.
 */
void http_announce(struct http *http, uint64_t version);

/* Ends what took too long. To be called about once a second. */
void http_tick(struct http *http);

/* Stops; no answer is given after it returns. Takes NULL. */
void http_close(struct http *http);

/*
 * Appends the path that a request's target names, without its first slash. Returns -1 for one with
 * a control character, a backslash, a part that is empty, `.` or `..`, a slash that was encoded, or
 * bytes that are not UTF-8.
 */
int http_decode(struct text *out, struct slice target);

/* Whether a Host header names this machine's loopback at the port. */
bool http_is_host(struct slice host, unsigned port);

/* Whether an If-None-Match header has the tag, which stands between quotes. */
bool http_has_tag(struct slice header, struct slice tag);

#endif
