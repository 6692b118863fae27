// mnl dump TIMES [marked]: list the connections and read them with libmnl, all that our reader reads, into totals.
#include "peer.h"
#include <libmnl/libmnl.h>

struct tuple {
	unsigned char source[16], destination[16];
	uint8_t protocol;
	uint16_t source_port, destination_port;
};

static struct totals { uint64_t entries, offloaded, tcp, marked, packets, bytes, checksum; } totals;

static int store(const struct nlattr *attribute, void *data)
{
	const struct nlattr **table = data;

	if (mnl_attr_get_type(attribute) <= CTA_MAX)
		table[mnl_attr_get_type(attribute)] = attribute;
	return MNL_CB_OK;
}

static void parse(const struct nlattr *nest, const struct nlattr **table)
{
	memset(table, 0, sizeof(*table) * (CTA_MAX + 1));
	check(mnl_attr_parse_nested(nest, store, table) == MNL_CB_OK, "parse");
}

static void read_tuple(const struct nlattr *nest, struct tuple *tuple)
{
	const struct nlattr *parts[CTA_MAX + 1], *values[CTA_MAX + 1];

	parse(nest, parts);
	parse(parts[CTA_TUPLE_IP], values);
	if (values[CTA_IP_V4_SRC]) {
		memcpy(tuple->source, mnl_attr_get_payload(values[CTA_IP_V4_SRC]), 4);
		memcpy(tuple->destination, mnl_attr_get_payload(values[CTA_IP_V4_DST]), 4);
	} else {
		memcpy(tuple->source, mnl_attr_get_payload(values[CTA_IP_V6_SRC]), 16);
		memcpy(tuple->destination, mnl_attr_get_payload(values[CTA_IP_V6_DST]), 16);
	}
	parse(parts[CTA_TUPLE_PROTO], values);
	tuple->protocol = mnl_attr_get_u8(values[CTA_PROTO_NUM]);
	tuple->source_port = ntohs(mnl_attr_get_u16(values[CTA_PROTO_SRC_PORT]));
	tuple->destination_port = ntohs(mnl_attr_get_u16(values[CTA_PROTO_DST_PORT]));
}

static uint64_t be64(const struct nlattr *attribute) { return __builtin_bswap64(mnl_attr_get_u64(attribute)); }

static uint32_t be32(const struct nlattr *attribute) { return attribute ? ntohl(mnl_attr_get_u32(attribute)) : 0; }

static void read_counters(const struct nlattr *nest)
{
	const struct nlattr *values[CTA_MAX + 1];

	if (!nest)
		return;
	parse(nest, values);
	totals.packets += be64(values[CTA_COUNTERS_PACKETS]);
	totals.bytes += be64(values[CTA_COUNTERS_BYTES]);
}

static int entry(const struct nlmsghdr *message, void *data)
{
	const struct nlattr *table[CTA_MAX + 1] = {}, *values[CTA_MAX + 1];
	struct tuple original = {}, reply = {};
	uint32_t status;
	(void)data;

	check(mnl_attr_parse(message, sizeof(struct nfgenmsg), store, table) == MNL_CB_OK, "parse");
	read_tuple(table[CTA_TUPLE_ORIG], &original);
	read_tuple(table[CTA_TUPLE_REPLY], &reply);
	status = be32(table[CTA_STATUS]);
	totals.entries++;
	totals.offloaded += (status & 0x4000) != 0;
	totals.tcp += original.protocol == 6;
	totals.marked += be32(table[CTA_MARK]) != 0;
	totals.checksum += be32(table[CTA_ID]) + be32(table[CTA_TIMEOUT]) + be32(table[CTA_USE]) + original.source_port + reply.destination_port;
	read_counters(table[CTA_COUNTERS_ORIG]);
	read_counters(table[CTA_COUNTERS_REPLY]);
	if (table[CTA_TIMESTAMP]) {
		parse(table[CTA_TIMESTAMP], values);
		totals.checksum += be64(values[CTA_TIMESTAMP_START]);
	}
	if (table[CTA_PROTOINFO]) {
		parse(table[CTA_PROTOINFO], values);
		if (values[CTA_PROTOINFO_TCP]) {
			parse(values[CTA_PROTOINFO_TCP], values);
			totals.checksum += mnl_attr_get_u8(values[CTA_PROTOINFO_TCP_STATE]);
		}
	}
	return MNL_CB_OK;
}

static void dump(int fd, int marked)
{
	int more, length;

	memset(&totals, 0, sizeof(totals));
	request_dump(fd, marked);
	do {
		length = recv(fd, buffer, sizeof(buffer), 0);
		check(length > 0, "recv");
		more = mnl_cb_run(buffer, length, SEQUENCE, 0, entry, NULL);
		check(more >= 0, "dump");
	} while (more > MNL_CB_STOP);
}

int main(int argc, char **argv)
{
	int fd = connect_netfilter(1 << 20);
	double cpu_before = cpu(), wall_before = wall();

	if (argc < 3)
		return 2;
	for (int i = 0; i < atoi(argv[2]); i++)
		dump(fd, argc == 4);
	report(cpu_before, wall_before);
	printf("entries %lu\ntcp %lu\nmarked %lu\npackets %lu\nchecksum %lu\n", totals.entries, totals.tcp, totals.marked, totals.packets, totals.checksum);
}
