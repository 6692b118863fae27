/* The client: requests at a steady rate. */
#include "traffic.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 4 * MAX_SIZE, CONNECT_SECONDS = 10, TCP_PATIENCE = 10, UDP_PATIENCE = 2 };

/* As many TCP requests may be unanswered at a time, and as many of either kind sent late in a row. Below the initial congestion window of 10 segments (RFC 6928) nothing
 * has to wait in the kernel, where it would be put together with the next: each message stays a segment of its own. */
enum { MAX_UNANSWERED = 8 };

static const int64_t second = 1000000000;

struct flow {
	const struct request_options *options;
	int socket;
	int64_t started, due, last_request, last_answer, longest_gap; /* ns of CLOCK_MONOTONIC */
	unsigned sent, received, duplicates;
	uint32_t server_retransmits;
	unsigned char *answered; /* one a sequence number */
	unsigned known;          /* how many of them */
	char in[BUFFER];
	size_t in_length;
	const char *error;
};

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * second + t.tv_nsec;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void connect_flow(struct flow *f)
{
	const struct request_options *o = f->options;
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST, .ai_socktype = o->udp ? SOCK_DGRAM : SOCK_STREAM }, *to;
	struct timeval patience = { .tv_sec = CONNECT_SECONDS };
	char port[8];
	int on = 1;

	snprintf(port, sizeof port, "%u", o->port);
	if (getaddrinfo(o->address, port, &hints, &to))
		fail(WRONG_USAGE, "'%s' is not an IP address", o->address);
	f->socket = socket(to->ai_family, to->ai_socktype, 0);
	if (f->socket < 0)
		fail(NOT_CONNECTED, "no socket");
	if (o->from) {
		/* The port is at the same place for both families. */
		struct sockaddr_in6 local = { .sin6_family = (sa_family_t)to->ai_family, .sin6_port = htons((uint16_t)o->from) };

		setsockopt(f->socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
		if (bind(f->socket, (struct sockaddr *)&local, to->ai_addrlen))
			fail(NOT_CONNECTED, "cannot send from port %u", o->from);
	}
	hold_much(f->socket);
	if (!o->udp)
		setsockopt(f->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	setsockopt(f->socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience); /* bounds connect, socket(7) */
	if (connect(f->socket, to->ai_addr, to->ai_addrlen))
		fail(NOT_CONNECTED, "no connection to %s port %u", o->address, o->port);
	freeaddrinfo(to);
}

static void print_local(const struct flow *f)
{
	struct sockaddr_storage local;
	socklen_t length = sizeof local;
	char address[INET6_ADDRSTRLEN], port[8];

	getsockname(f->socket, (struct sockaddr *)&local, &length);
	getnameinfo((struct sockaddr *)&local, length, address, sizeof address, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
	printf("\"protocol\":\"%s\",\"local\":\"%s\",\"local_port\":%s,\"remote\":\"%s\",\"remote_port\":%u",
	       f->options->udp ? "udp" : "tcp", address, port, f->options->address, f->options->port);
}

static void take_answer(struct flow *f, const struct message *head)
{
	int64_t time = now();

	if (head->sequence >= f->sent) {
		f->error = "an answer that was never asked for";
		return;
	}
	f->server_retransmits = head->retransmits;
	if (f->answered[head->sequence]) {
		f->duplicates++;
		return;
	}
	f->answered[head->sequence] = 1;
	if (f->received++ == 0) {
		/* Only now the next: a router takes a flow to be established when it has seen both directions. */
		f->due = time + second / f->options->rate;
		fputs("{\"state\":\"running\",", stdout);
		print_local(f);
		puts("}");
	} else if (time - f->last_answer > f->longest_gap) {
		f->longest_gap = time - f->last_answer;
	}
	f->last_answer = time;
}

static void receive(struct flow *f)
{
	struct message head;
	ssize_t n = recv(f->socket, f->in + f->in_length, sizeof f->in - f->in_length, MSG_DONTWAIT);

	if (n < 0) {
		/* UDP tells of an ICMP error once and goes on. */
		if (errno != EAGAIN && errno != EINTR && !f->options->udp)
			f->error = strerror(errno);
		return;
	}
	if (f->options->udp) {
		memcpy(&head, f->in, sizeof head);
		if (n >= MIN_SIZE)
			take_answer(f, &head);
		return;
	}
	if (n == 0) {
		f->error = "the server closed the connection";
		return;
	}
	f->in_length += (size_t)n;
	size_t done = 0;
	for (; f->in_length - done >= sizeof head && !f->error; done += head.size) {
		memcpy(&head, f->in + done, sizeof head);
		if (head.size != f->options->size)
			f->error = "an answer of another size than its request";
		if (f->in_length - done < head.size || f->error)
			break;
		take_answer(f, &head);
	}
	f->in_length -= done;
	memmove(f->in, f->in + done, f->in_length);
}

static void send_request(struct flow *f)
{
	static char message[MAX_SIZE];
	int64_t interval = second / f->options->rate;
	struct message head = { .size = f->options->size, .sequence = f->sent };

	if (f->sent == f->known) {
		f->answered = realloc(f->answered, f->known + 65536);
		if (!f->answered)
			fail(NOT_CONNECTED, "no memory");
		memset(f->answered + f->known, 0, 65536);
		f->known += 65536;
	}
	memcpy(message, &head, sizeof head);
	/* A datagram that is refused is a lost one. A stream takes all: MAX_UNANSWERED messages fit into any send buffer. */
	if (send(f->socket, message, head.size, 0) != (ssize_t)head.size && !f->options->udp)
		f->error = strerror(errno);
	f->sent++;
	f->last_request = now();
	/* Late by more than a few requests, the schedule moves: sent in one burst, they would overrun a buffer and be lost. */
	f->due = later(f->due, f->last_request - MAX_UNANSWERED * interval) + interval;
}

static void run_flow(struct flow *f)
{
	const struct request_options *o = f->options;
	int64_t patience = (o->udp ? UDP_PATIENCE : TCP_PATIENCE) * second;

	f->started = f->due = f->last_request = f->last_answer = now();
	for (;;) {
		receive(f);
		int more = (!o->count || f->sent < o->count) && !stopped;
		if (f->error || (!more && f->received == f->sent))
			return;
		int may_send = more && f->sent - f->received < (!f->received ? 1 : o->udp ? UINT_MAX : MAX_UNANSWERED);
		int64_t until = may_send ? f->due : later(f->last_answer, f->last_request) + patience;
		int64_t time = now();
		if (time < until)
			wait_readable(f->socket, until - time);
		else if (may_send)
			send_request(f);
		else
			return;
	}
}

/* The sequence numbers of the first few that nothing answered. */
static void print_unanswered(const struct flow *f)
{
	unsigned printed = 0;

	fputs("\"unanswered\":[", stdout);
	for (unsigned i = 0; i < f->sent && printed < MAX_UNANSWERED; i++)
		if (!f->answered[i])
			printf(printed++ ? ",%u" : "%u", i);
	fputs("],", stdout);
}

static void print_done(const struct flow *f)
{
	uint32_t retransmits = f->options->udp ? 0 : tcp_retransmits(f->socket) + f->server_retransmits;

	fputs("{\"state\":\"done\",", stdout);
	print_local(f);
	printf(",\"sent\":%u,\"received\":%u,\"lost\":%u,\"duplicates\":%u,\"retransmits\":%u,\"max_gap_ms\":%.1f,\"duration_ms\":%.1f,",
	       f->sent, f->received, f->sent - f->received, f->duplicates, retransmits,
	       (double)f->longest_gap / 1e6, (double)(f->last_answer - f->started) / 1e6);
	print_unanswered(f);
	printf(f->error ? "\"error\":\"%s\"}\n" : "\"error\":null}\n", f->error);
}

int request(const struct request_options *options)
{
	static struct flow flow;

	flow.options = options;
	connect_flow(&flow);
	run_flow(&flow);
	print_done(&flow);
	if (options->hold && !flow.error)
		while (!stopped)
			wait_readable(-1, -1);
	close(flow.socket);
	return flow.error || flow.received < flow.sent || flow.duplicates ? SOME_LOST : ALL_ANSWERED;
}
