/* The server: every message goes back to where it came from. One process for UDP, one for each TCP connection. */
#include "traffic.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int bound_socket(int type, unsigned port)
{
	struct sockaddr_in6 any = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };
	int on = 1, off = 0, socket_ = socket(AF_INET6, type, 0);

	if (socket_ < 0 || setsockopt(socket_, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) ||
	    setsockopt(socket_, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on) ||
	    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) ||
	    bind(socket_, (struct sockaddr *)&any, sizeof any))
		fail(NOT_CONNECTED, "cannot serve on port %u", port);
	hold_much(socket_);
	return socket_;
}

/* A child that does not outlive the server. Returns whether this is the child. */
static int child(void)
{
	pid_t parent = getpid();

	if (fork())
		return 0;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	return 1;
}

static void answer_datagrams(int socket_)
{
	static char datagram[MAX_SIZE];
	char control[CMSG_SPACE(sizeof(struct in6_pktinfo))];
	struct sockaddr_in6 peer;
	struct iovec data = { .iov_base = datagram };
	struct msghdr message = { .msg_name = &peer, .msg_iov = &data, .msg_iovlen = 1, .msg_control = control };

	for (;;) {
		message.msg_namelen = sizeof peer;
		message.msg_controllen = sizeof control;
		data.iov_len = sizeof datagram;
		ssize_t length = recvmsg(socket_, &message, 0);
		if (length < 0)
			continue; /* an ICMP error about an earlier answer */
		/* What came in as the destination goes out as the source (the kernel would take the interface's own
		 * address), by whatever interface the routes say. */
		struct cmsghdr *header = CMSG_FIRSTHDR(&message);
		if (header && header->cmsg_type == IPV6_PKTINFO)
			((struct in6_pktinfo *)CMSG_DATA(header))->ipi6_ifindex = 0;
		data.iov_len = (size_t)length;
		sendmsg(socket_, &message, 0);
	}
}

static void answer_stream(int socket_)
{
	static char message[MAX_SIZE];
	struct message head;
	int on = 1;

	setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	while (recv(socket_, &head, sizeof head, MSG_WAITALL) == sizeof head && head.size >= MIN_SIZE && head.size <= MAX_SIZE) {
		size_t rest = head.size - sizeof head;

		if (rest && recv(socket_, message + sizeof head, rest, MSG_WAITALL) != (ssize_t)rest)
			return;
		head.retransmits = tcp_retransmits(socket_);
		memcpy(message, &head, sizeof head);
		if (send(socket_, message, head.size, 0) != (ssize_t)head.size)
			return;
	}
}

int serve(unsigned port)
{
	int listening = bound_socket(SOCK_STREAM, port), datagrams = bound_socket(SOCK_DGRAM, port);

	signal(SIGCHLD, SIG_IGN);
	if (child())
		answer_datagrams(datagrams);
	if (listen(listening, 64))
		fail(NOT_CONNECTED, "cannot listen on port %u", port);
	puts("ready");
	for (;;) {
		wait_readable(listening, -1);
		if (stopped)
			return 0;
		int accepted = accept(listening, NULL, NULL);
		if (accepted < 0)
			continue;
		if (child()) {
			answer_stream(accepted);
			_exit(0);
		}
		close(accepted);
	}
}
