// receive dump TIMES [marked]: list the connections, receiving and dropping: what the kernel itself costs, the floor of every reader.
// receive events SECONDS: the same of events.
#include "peer.h"
#include <poll.h>
#include <errno.h>

static void dump(int fd, int marked)
{
	struct nlmsghdr *first = (void *)buffer;

	request_dump(fd, marked);
	do
		check(recv(fd, buffer, sizeof(buffer), 0) >= (int)sizeof(*first), "recv");
	while (first->nlmsg_type != NLMSG_DONE && first->nlmsg_type != NLMSG_ERROR); // which come alone
}

static void events(int fd, double until)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	long events = 0, losses = 0;

	for (double left; (left = until - wall()) > 0;) {
		poll(&wait, 1, left * 1e3 + 1);
		for (int i = 0; i < 256; i++) {
			int length = recv(fd, buffer, sizeof(buffer), MSG_DONTWAIT);

			if (length < 0 && errno == EAGAIN)
				break;
			check(length >= 0 || errno == ENOBUFS, "recv");
			if (length >= 0)
				events++;
			else
				losses++;
		}
	}
	printf("heard %ld\nlosses %ld\n", events, losses);
}

int main(int argc, char **argv)
{
	int fd = connect_netfilter(2 << 20);
	double cpu_before = cpu(), wall_before = wall();

	if (argc < 3)
		return 2;
	if (!strcmp(argv[1], "dump")) {
		for (int i = 0; i < atoi(argv[2]); i++)
			dump(fd, argc == 4);
	} else {
		for (int group = NFNLGRP_CONNTRACK_NEW; group <= NFNLGRP_CONNTRACK_DESTROY; group++)
			check(!setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)), "join");
		events(fd, wall() + atof(argv[2]));
	}
	report(cpu_before, wall_before);
}
