/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/*
 * fttest: pairs of network devices whose first ends are the ports of one
 * switch chip that takes flowtable offload. README.md says how to use it.
 */
#ifndef FTTEST_H
#define FTTEST_H

#include <linux/if_ether.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <net/flow_offload.h>

#define FTTEST_MAX_VLANS 2

enum fttest_counter {
	FTTEST_RX_CHIP,		/* came in by the wire, forwarded by the chip */
	FTTEST_RX_STACK,	/* came in by the wire, given to the stack */
	FTTEST_RX_DROPPED,	/* came in by the wire, dropped by the chip */
	FTTEST_RX_BYTES,
	FTTEST_TX_CHIP,		/* sent by the chip */
	FTTEST_TX_STACK,	/* sent by the stack */
	FTTEST_TX_BYTES,
	FTTEST_BIND,
	FTTEST_BIND_REFUSED,
	FTTEST_UNBIND,
	FTTEST_REPLACE,
	FTTEST_REPLACE_REFUSED,
	FTTEST_DESTROY,
	FTTEST_DESTROY_UNKNOWN,
	FTTEST_STATS,
	FTTEST_STATS_REFUSED,
	FTTEST_COUNTERS
};

/*
 * What debugfs sets. An errno is a positive number, 0 for none. All but
 * bind_errno and exclusive act on the entries whose packets come in here.
 */
struct fttest_knobs {
	u32 capacity;
	u32 bind_errno;
	bool exclusive;
	u32 refuse_all;
	u32 refuse_tcp;
	u32 refuse_udp;
	u32 refuse_v4;
	u32 refuse_v6;
	u32 replace_delay_ms;
	u32 stats_errno;
	bool stats_frozen;
	bool stats_uncounted;
	bool blackhole;
	bool to_stack;
};

/* One end of a pair. Only the end with the chip has knobs, blocks, entries. */
struct fttest_port {
	struct net_device *dev;
	struct fttest_port *peer;
	char name[IFNAMSIZ];		/* dev's first name: it may be renamed */
	atomic64_t counters[FTTEST_COUNTERS];
	struct fttest_knobs knobs;
	unsigned int blocks;
	unsigned int entries;
};

struct fttest_tuple {
	union nf_inet_addr src;
	union nf_inet_addr dst;
	__be16 ports[2];		/* source, destination */
};

/* What a frame must look like; compared and hashed as bytes, so zeroed first. */
struct fttest_key {
	struct fttest_port *in;
	struct fttest_tuple tuple;
	u16 vlan[FTTEST_MAX_VLANS];	/* outermost first */
	u8 vlans;
	u8 family;
	u8 protocol;
};

/* What is done to it. */
struct fttest_action {
	struct fttest_port *out;
	struct fttest_tuple tuple;	/* after translation */
	struct ethhdr eth;		/* but for the protocol */
	u16 vlan[FTTEST_MAX_VLANS];	/* outermost first */
	u8 vlans;
	bool pppoe;
	u16 pppoe_sid;
};

struct fttest_entry {
	struct hlist_node by_key;
	struct hlist_node by_cookie;
	struct rcu_head rcu;
	unsigned long cookie;
	struct fttest_key key;
	struct fttest_action action;
	atomic64_t packets;
	atomic64_t bytes;
	u64 reported_packets;
	u64 reported_bytes;
	unsigned long used;		/* jiffies */
};

/* A frame from the wire, and where its headers are. */
struct fttest_frame {
	struct fttest_key key;
	unsigned int network;
	unsigned int transport;
	unsigned int network_len;
};

static inline void fttest_count(struct fttest_port *port,
				enum fttest_counter counter)
{
	atomic64_inc(&port->counters[counter]);
}

/* device.c */
struct fttest_port *fttest_port_of(const struct net_device *dev);
struct fttest_port *fttest_port_at(const struct net *net, int ifindex);
void fttest_send(struct fttest_port *port, struct sk_buff *skb,
		 enum fttest_counter counter);
int fttest_each_port(int (*call)(struct fttest_port *port, void *arg),
		     void *arg);

/* block.c */
int fttest_setup_tc(struct net_device *dev, enum tc_setup_type type,
		    void *type_data);

/* rule.c */
int fttest_rule_parse(const struct net *net, struct flow_rule *rule,
		      struct fttest_entry *entry);

/* table.c */
extern u32 fttest_capacity;
struct fttest_entry *fttest_table_find(const struct fttest_key *key);
bool fttest_table_has(unsigned long cookie);
int fttest_table_add(struct fttest_entry *entry);
int fttest_table_remove(unsigned long cookie);
int fttest_table_stats(unsigned long cookie, struct flow_stats *stats);
void fttest_table_forget(const struct fttest_port *in);
int fttest_table_each(int (*call)(struct fttest_entry *entry, void *arg),
		      void *arg);

/* frame.c */
bool fttest_frame_parse(struct fttest_port *in, struct sk_buff *skb,
			struct fttest_frame *frame);

/* rewrite.c */
bool fttest_forward(struct fttest_port *in, struct sk_buff *skb);

/* debugfs.c */
void fttest_debugfs_create(void);
void fttest_debugfs_add(struct fttest_port *port);
void fttest_debugfs_remove(void);

#endif
