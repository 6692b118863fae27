// entries fill COUNT: make that many connections in this network namespace, TCP and UDP, IPv4 and IPv6, translated or not, one in a hundred marked 1.
// entries storm RATE SECONDS: begin and end connections evenly, for RATE events a second in all; prints how many events there were.
#include <arpa/inet.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static char buffer[1 << 16];
static size_t used;
static int fd;

static struct nlattr *put(int type, const void *value, size_t size)
{
	struct nlattr *attribute = (void *)(buffer + used);

	attribute->nla_type = type;
	attribute->nla_len = NLA_HDRLEN + size;
	if (size)
		memcpy(buffer + used + NLA_HDRLEN, value, size);
	used += NLA_ALIGN(attribute->nla_len);
	return attribute;
}

static struct nlattr *nest(int type) { return put(type | NLA_F_NESTED, NULL, 0); }

static void end(struct nlattr *attribute) { attribute->nla_len = buffer + used - (char *)attribute; }

static void put16(int type, uint16_t value) { put(type, &(uint16_t){ htons(value) }, 2); }

static void put32(int type, uint32_t value) { put(type, &(uint32_t){ htonl(value) }, 4); }

static void flush(void)
{
	if (used && send(fd, buffer, used, 0) < 0) {
		perror("entries");
		exit(1);
	}
	used = 0;
}

// The last four bytes are the address of an IPv4 end.
static void address(unsigned char *bytes, uint32_t last)
{
	static const unsigned char prefix[] = { 0x20, 0x01, 0x0d, 0xb8 };

	memset(bytes, 0, 16);
	memcpy(bytes, prefix, 4);
	memcpy(bytes + 12, &(uint32_t){ htonl(last) }, 4);
}

static void tuple(int type, int v6, uint32_t from, uint32_t to, int protocol, uint16_t port, uint16_t to_port)
{
	unsigned char source[16], destination[16];
	int skip = v6 ? 0 : 12;
	struct nlattr *outer = nest(type), *inner;

	address(source, from);
	address(destination, to);
	inner = nest(CTA_TUPLE_IP);
	put(v6 ? CTA_IP_V6_SRC : CTA_IP_V4_SRC, source + skip, 16 - skip);
	put(v6 ? CTA_IP_V6_DST : CTA_IP_V4_DST, destination + skip, 16 - skip);
	end(inner);
	inner = nest(CTA_TUPLE_PROTO);
	put(CTA_PROTO_NUM, &(uint8_t){ protocol }, 1);
	put16(CTA_PROTO_SRC_PORT, port);
	put16(CTA_PROTO_DST_PORT, to_port);
	end(inner);
	end(outer);
}

// Connection number i: three of four TCP, one of four IPv6.
static void message(int type, int flags, uint32_t i)
{
	int v6 = i % 4 == 3, protocol = i % 4 == 1 ? 17 : 6, create = type == IPCTNL_MSG_CT_NEW;
	uint32_t client = 0x0a000000 + i / 32768, server = 0xc6336401;
	uint16_t port = 1024 + i % 32768;
	struct nlmsghdr *header;
	struct nlattr *info, *tcp;

	if (used > sizeof(buffer) - 1024)
		flush();
	header = (void *)(buffer + used);
	*header = (struct nlmsghdr){ .nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | type, .nlmsg_flags = NLM_F_REQUEST | flags };
	*(struct nfgenmsg *)(header + 1) = (struct nfgenmsg){ .nfgen_family = v6 ? AF_INET6 : AF_INET };
	used += NLMSG_LENGTH(sizeof(struct nfgenmsg));
	tuple(CTA_TUPLE_ORIG, v6, client, server, protocol, port, 443);
	if (create) {
		tuple(CTA_TUPLE_REPLY, v6, server, client, protocol, 443, port);
		put32(CTA_STATUS, IPS_CONFIRMED | IPS_SEEN_REPLY | IPS_ASSURED);
		put32(CTA_TIMEOUT, 3600);
		put32(CTA_MARK, i % 100 == 0);
		if (protocol == 6) {
			info = nest(CTA_PROTOINFO);
			tcp = nest(CTA_PROTOINFO_TCP);
			put(CTA_PROTOINFO_TCP_STATE, &(uint8_t){ TCP_CONNTRACK_ESTABLISHED }, 1);
			end(tcp);
			end(info);
		}
	}
	header->nlmsg_len = buffer + used - (char *)header;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static void storm(long rate, long seconds)
{
	double start = now(), elapsed;
	long done = 0;

	do {
		elapsed = now() - start;
		if (elapsed > seconds)
			elapsed = seconds;
		// Two events a connection. Many at once would be a burst, which is another thing: one millisecond's worth at most.
		for (long due = elapsed * rate / 2, i = 0; done < due && i <= rate / 2000; done++, i++) {
			message(IPCTNL_MSG_CT_NEW, NLM_F_CREATE | NLM_F_EXCL, 0x01000000 + done % 1000000);
			message(IPCTNL_MSG_CT_DELETE, 0, 0x01000000 + done % 1000000);
		}
		flush();
		nanosleep(&(struct timespec){ .tv_nsec = 200000 }, NULL);
	} while (elapsed < seconds || done < seconds * rate / 2);
	printf("events %ld\nstorm_ms %.0f\n", done * 2, (now() - start) * 1e3);
}

int main(int argc, char **argv)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
	setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &(int){ 1 << 20 }, sizeof(int));
	if (fd < 0 || connect(fd, (struct sockaddr *)&kernel, sizeof(kernel))) {
		perror("entries");
		return 1;
	}
	if (argc == 3 && !strcmp(argv[1], "fill"))
		for (long i = 0; i < atol(argv[2]); i++)
			message(IPCTNL_MSG_CT_NEW, NLM_F_CREATE | NLM_F_EXCL, i);
	else if (argc == 4 && !strcmp(argv[1], "storm"))
		storm(atol(argv[2]), atol(argv[3]));
	else
		return 2;
	flush();
	return 0;
}
