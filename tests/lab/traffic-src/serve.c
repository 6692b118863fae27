/* The server: every message goes back to where it came from. */
#include "traffic.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 64, BUFFER = 2 * MAX_SIZE };

struct connection {
	char in[BUFFER], out[BUFFER];
	size_t in_length, out_length;
};

/* Descriptor 0 listens, 1 is UDP, the rest are connections; buffers[i] belongs to polled[i]. */
static struct pollfd polled[MAX_CONNECTIONS];
static struct connection *buffers[MAX_CONNECTIONS];
static nfds_t used;

static int bound_socket(int type, unsigned port)
{
	struct sockaddr_in6 any = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };
	int on = 1, off = 0, socket_ = socket(AF_INET6, type | SOCK_NONBLOCK, 0);

	if (socket_ < 0 || setsockopt(socket_, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) ||
	    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) ||
	    bind(socket_, (struct sockaddr *)&any, sizeof any))
		fail(NOT_CONNECTED, "cannot serve on port %u", port);
	return socket_;
}

static void accept_connection(void)
{
	int on = 1, accepted = accept4(polled[0].fd, NULL, NULL, SOCK_NONBLOCK);

	if (accepted < 0)
		return;
	if (used == MAX_CONNECTIONS || !(buffers[used] = calloc(1, sizeof **buffers))) {
		fprintf(stderr, "traffic: more than %d connections, one refused\n", MAX_CONNECTIONS - 2);
		close(accepted);
		return;
	}
	setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	polled[used++] = (struct pollfd){ .fd = accepted, .events = POLLIN };
}

static void drop_connection(nfds_t i)
{
	close(polled[i].fd);
	free(buffers[i]);
	used--;
	polled[i] = polled[used];
	buffers[i] = buffers[used];
}

static void answer_datagrams(int socket_)
{
	static char datagram[MAX_SIZE];
	struct sockaddr_in6 peer;
	socklen_t peer_length = sizeof peer;
	ssize_t length;

	while ((length = recvfrom(socket_, datagram, sizeof datagram, 0, (struct sockaddr *)&peer, &peer_length)) >= 0)
		sendto(socket_, datagram, (size_t)length, 0, (struct sockaddr *)&peer, peer_length);
}

/* Moves whole messages from in to out. Returns 0 when the stream makes no sense. */
static int answer_messages(int socket_, struct connection *c)
{
	struct message head;
	size_t done = 0;

	while (c->in_length - done >= sizeof head) {
		memcpy(&head, c->in + done, sizeof head);
		if (head.size < MIN_SIZE || head.size > MAX_SIZE)
			return 0;
		if (c->in_length - done < head.size || c->out_length + head.size > sizeof c->out)
			break;
		head.retransmits = tcp_retransmits(socket_);
		memcpy(c->out + c->out_length, c->in + done, head.size);
		memcpy(c->out + c->out_length, &head, sizeof head);
		c->out_length += head.size;
		done += head.size;
	}
	c->in_length -= done;
	memmove(c->in, c->in + done, c->in_length);
	return 1;
}

/* Returns 0 when the connection is over. */
static int answer_stream(nfds_t i)
{
	struct connection *c = buffers[i];
	ssize_t n = recv(polled[i].fd, c->in + c->in_length, sizeof c->in - c->in_length, 0);

	if (n > 0)
		c->in_length += (size_t)n;
	else if (n == 0 ? c->in_length < sizeof c->in : errno != EAGAIN && errno != EINTR)
		return 0;
	if (!answer_messages(polled[i].fd, c))
		return 0;
	n = send(polled[i].fd, c->out, c->out_length, 0);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		return 0;
	if (n > 0) {
		c->out_length -= (size_t)n;
		memmove(c->out, c->out + n, c->out_length);
	}
	polled[i].events = POLLIN | (c->out_length ? POLLOUT : 0);
	return 1;
}

int serve(unsigned port)
{
	polled[0] = (struct pollfd){ .fd = bound_socket(SOCK_STREAM, port), .events = POLLIN };
	polled[1] = (struct pollfd){ .fd = bound_socket(SOCK_DGRAM, port), .events = POLLIN };
	used = 2;
	if (listen(polled[0].fd, MAX_CONNECTIONS))
		fail(NOT_CONNECTED, "cannot listen on port %u", port);
	puts("ready");
	while (!stopped) {
		if (poll(polled, used, -1) < 0)
			continue;
		for (nfds_t i = used; i-- > 2;)
			if (polled[i].revents && !answer_stream(i))
				drop_connection(i);
		if (polled[1].revents)
			answer_datagrams(polled[1].fd);
		if (polled[0].revents)
			accept_connection();
	}
	return 0;
}
