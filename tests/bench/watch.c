// watch: print when the kernel tells of a link and of a committed nftables transaction, a line each, until it is killed:
//	1700000000.123456 link
//	1700000000.123789 batch
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

static int subscribe(int protocol, int group)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
	int size = 64 << 20;

	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) ||
	    setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group))) {
		perror("watch");
		exit(1);
	}
	return fd;
}

static void print(int fd, int type, const char *name)
{
	static char buffer[1 << 16];
	struct timespec now;
	int length = recv(fd, buffer, sizeof(buffer), 0);

	if (length < 0) { // ENOBUFS: the count would be wrong
		perror("watch");
		exit(1);
	}
	clock_gettime(CLOCK_REALTIME, &now);
	for (struct nlmsghdr *h = (void *)buffer; NLMSG_OK(h, length); h = NLMSG_NEXT(h, length))
		if (h->nlmsg_type == type)
			printf("%lld.%06ld %s\n", (long long)now.tv_sec, now.tv_nsec / 1000, name);
}

int main(void)
{
	struct pollfd fds[] = {
		{ .fd = subscribe(NETLINK_ROUTE, RTNLGRP_LINK), .events = POLLIN },
		{ .fd = subscribe(NETLINK_NETFILTER, NFNLGRP_NFTABLES), .events = POLLIN },
	};

	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("ready");
	for (;;) {
		poll(fds, 2, -1);
		if (fds[0].revents)
			print(fds[0].fd, RTM_NEWLINK, "link");
		if (fds[1].revents)
			print(fds[1].fd, NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_NEWGEN, "batch");
	}
}
