// What the peers have in common: the request for a dump, and what it took.
#pragma once
#include <arpa/inet.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#define SEQUENCE 7
static char buffer[32768]; // as ours: the kernel makes a dump's parts as large as the largest read, up to this

static void check(int ok, const char *what)
{
	if (!ok) {
		perror(what);
		exit(1);
	}
}

static int connect_netfilter(int receive_buffer)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);

	check(fd >= 0 && !bind(fd, (struct sockaddr *)&address, sizeof(address)), "socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &receive_buffer, sizeof(receive_buffer));
	return fd;
}

static void request_dump(int fd, int marked)
{
	struct {
		struct nlmsghdr header;
		struct nfgenmsg family;
		struct { struct nlattr header; uint32_t value; } mark, mask;
	} request = {
		.header = {
			.nlmsg_len = marked ? sizeof(request) : NLMSG_LENGTH(sizeof(struct nfgenmsg)),
			.nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
			.nlmsg_seq = SEQUENCE,
		},
		.mark = { { 8, CTA_MARK }, htonl(1) },
		.mask = { { 8, CTA_MARK_MASK }, htonl(1) },
	};

	check(send(fd, &request, request.header.nlmsg_len, 0) > 0, "send");
}

static double seconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static double cpu(void) { return seconds(CLOCK_PROCESS_CPUTIME_ID); }

static double wall(void) { return seconds(CLOCK_MONOTONIC); }

static void report(double cpu_before, double wall_before)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	printf("cpu_us %.0f\nwall_us %.0f\nrss_kib %ld\n", (cpu() - cpu_before) * 1e6, (wall() - wall_before) * 1e6, usage.ru_maxrss);
}
