// SPDX-License-Identifier: MIT OR GPL-2.0
/* Forwarding: what an entry says is done to a frame, and it leaves. */

#include <linux/if_pppox.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/ppp_defs.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/ip.h>

#include "fttest.h"

static __sum16 *sum_of(void *transport, u8 protocol)
{
	struct udphdr *udp = transport;
	struct tcphdr *tcp = transport;

	return protocol == IPPROTO_TCP ? &tcp->check : &udp->check;
}

static void translate_v4(struct sk_buff *skb, struct iphdr *ip,
			 const struct fttest_tuple *to, __sum16 *sum)
{
	if (sum) {
		inet_proto_csum_replace4(sum, skb, ip->saddr, to->src.ip,
					 true);
		inet_proto_csum_replace4(sum, skb, ip->daddr, to->dst.ip,
					 true);
	}
	csum_replace4(&ip->check, ip->saddr, to->src.ip);
	csum_replace4(&ip->check, ip->daddr, to->dst.ip);
	ip->saddr = to->src.ip;
	ip->daddr = to->dst.ip;
	ip_decrease_ttl(ip);
}

static void translate_v6(struct sk_buff *skb, struct ipv6hdr *ip,
			 const struct fttest_tuple *to, __sum16 *sum)
{
	if (sum) {
		inet_proto_csum_replace16(sum, skb, ip->saddr.s6_addr32,
					  to->src.ip6, true);
		inet_proto_csum_replace16(sum, skb, ip->daddr.s6_addr32,
					  to->dst.ip6, true);
	}
	ip->saddr = to->src.in6;
	ip->daddr = to->dst.in6;
	ip->hop_limit--;
}

static void translate(struct sk_buff *skb, const struct fttest_frame *frame,
		      const struct fttest_tuple *to)
{
	void *network = skb->data + frame->network;
	void *transport = skb->data + frame->transport;
	__be16 *l4_ports = transport;	/* at the same place in both protocols */
	bool udp = frame->key.protocol == IPPROTO_UDP;
	__sum16 *sum = sum_of(transport, frame->key.protocol);

	/* A UDP sender may leave it out. */
	if (udp && !*sum)
		sum = NULL;
	if (frame->key.family == AF_INET)
		translate_v4(skb, network, to, sum);
	else
		translate_v6(skb, network, to, sum);
	if (sum) {
		inet_proto_csum_replace2(sum, skb, l4_ports[0], to->ports[0],
					 false);
		inet_proto_csum_replace2(sum, skb, l4_ports[1], to->ports[1],
					 false);
		if (udp && !*sum)
			*sum = CSUM_MANGLED_0;
	}
	l4_ports[0] = to->ports[0];
	l4_ports[1] = to->ports[1];
}

static unsigned int link_len(const struct fttest_action *action)
{
	return ETH_HLEN + action->vlans * VLAN_HLEN +
	       (action->pppoe ? PPPOE_SES_HLEN : 0);
}

/* write_link: a new link layer header before the network's. */
static void write_link(struct sk_buff *skb, const struct fttest_frame *frame,
		       const struct fttest_action *action)
{
	bool v4 = frame->key.family == AF_INET;
	__be16 type = htons(v4 ? ETH_P_IP : ETH_P_IPV6);
	struct pppoe_hdr *pppoe;
	struct vlan_hdr *tag;
	struct ethhdr *eth;
	__be16 *next;
	u8 *header;
	u8 i;

	__skb_pull(skb, frame->network);
	header = skb_push(skb, link_len(action));
	eth = (struct ethhdr *)header;
	ether_addr_copy(eth->h_dest, action->eth.h_dest);
	ether_addr_copy(eth->h_source, action->eth.h_source);
	next = &eth->h_proto;
	header += ETH_HLEN;
	for (i = 0; i < action->vlans; i++) {
		*next = htons(ETH_P_8021Q);
		tag = (struct vlan_hdr *)header;
		tag->h_vlan_TCI = htons(action->vlan[i]);
		next = &tag->h_vlan_encapsulated_proto;
		header += VLAN_HLEN;
	}
	if (action->pppoe) {
		*next = htons(ETH_P_PPP_SES);
		pppoe = (struct pppoe_hdr *)header;
		pppoe->ver = 1;
		pppoe->type = 1;
		pppoe->code = 0;
		pppoe->sid = htons(action->pppoe_sid);
		pppoe->length = htons(frame->network_len + sizeof(*next));
		next = (__be16 *)(pppoe + 1);
		type = htons(v4 ? PPP_IP : PPP_IPV6);
	}
	*next = type;
}

/* passes: whether the port it leaves by is up, and takes it in one piece. */
static bool passes(const struct fttest_frame *frame,
		   const struct fttest_action *action)
{
	return netif_running(action->out->dev) &&
	       frame->network_len + (action->pppoe ? PPPOE_SES_HLEN : 0) <=
	       READ_ONCE(action->out->dev->mtu);
}

/* fttest_forward: true when the chip has kept the frame from the stack. */
bool fttest_forward(struct fttest_port *in, struct sk_buff *skb)
{
	const struct fttest_action *action;
	struct fttest_frame frame;
	struct fttest_entry *entry;
	bool taken = false;

	if (!fttest_frame_parse(in, skb, &frame))
		return false;

	rcu_read_lock();
	entry = fttest_table_find(&frame.key);
	if (!entry || READ_ONCE(in->knobs.to_stack))
		goto out;
	action = &entry->action;
	if (!passes(&frame, action))
		goto out;
	taken = true;
	if (READ_ONCE(in->knobs.blackhole) ||
	    skb_cow(skb, link_len(action))) {
		fttest_count(in, FTTEST_RX_DROPPED);
		kfree_skb(skb);
		goto out;
	}
	translate(skb, &frame, &action->tuple);
	write_link(skb, &frame, action);
	fttest_count(in, FTTEST_RX_CHIP);
	atomic64_inc(&entry->packets);
	atomic64_add(frame.network_len, &entry->bytes);
	WRITE_ONCE(entry->used, jiffies);
	fttest_send(action->out, skb, FTTEST_TX_CHIP);
out:
	rcu_read_unlock();
	return taken;
}
