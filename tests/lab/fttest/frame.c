// SPDX-License-Identifier: MIT OR GPL-2.0
/* The headers of a frame that a chip can forward. */

#include <linux/if_pppox.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/ppp_defs.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>

#include "fttest.h"

/* at: the header at an offset, NULL where the frame is too short for it. */
static void *at(struct sk_buff *skb, unsigned int offset, unsigned int len)
{
	return pskb_may_pull(skb, offset + len) ? skb->data + offset : NULL;
}

/* parse_link: the offset of what comes next; its ethertype, 0 if unknown. */
static __be16 parse_link(struct sk_buff *skb, struct fttest_key *key,
			 unsigned int *offset)
{
	const struct ethhdr *eth = at(skb, 0, ETH_HLEN);
	const struct vlan_hdr *tag;
	const __be16 *ppp;
	__be16 type;

	if (!eth)
		return 0;
	type = eth->h_proto;
	*offset = ETH_HLEN;
	while (type == htons(ETH_P_8021Q)) {
		tag = at(skb, *offset, VLAN_HLEN);
		if (!tag || key->vlans == FTTEST_MAX_VLANS)
			return 0;
		key->vlan[key->vlans++] = ntohs(tag->h_vlan_TCI) & VLAN_VID_MASK;
		type = tag->h_vlan_encapsulated_proto;
		*offset += VLAN_HLEN;
	}
	if (type != htons(ETH_P_PPP_SES))
		return type;

	/* No rule names a session to come from: each that comes is taken off. */
	*offset += PPPOE_SES_HLEN;
	ppp = at(skb, *offset - sizeof(*ppp), sizeof(*ppp));
	if (!ppp)
		return 0;
	switch (ntohs(*ppp)) {
	case PPP_IP:
		return htons(ETH_P_IP);
	case PPP_IPV6:
		return htons(ETH_P_IPV6);
	default:
		return 0;
	}
}

static bool parse_v4(struct sk_buff *skb, struct fttest_frame *frame)
{
	const struct iphdr *ip = at(skb, frame->network, sizeof(*ip));

	if (!ip || ip->version != 4 || ip->ihl != sizeof(*ip) / 4 ||
	    ip_is_fragment(ip) || ip->ttl <= 1)
		return false;
	frame->key.family = AF_INET;
	frame->key.protocol = ip->protocol;
	frame->key.tuple.src.ip = ip->saddr;
	frame->key.tuple.dst.ip = ip->daddr;
	frame->network_len = ntohs(ip->tot_len);
	frame->transport = frame->network + sizeof(*ip);
	return true;
}

static bool parse_v6(struct sk_buff *skb, struct fttest_frame *frame)
{
	const struct ipv6hdr *ip = at(skb, frame->network, sizeof(*ip));

	if (!ip || ip->version != 6 || ip->hop_limit <= 1)
		return false;
	frame->key.family = AF_INET6;
	frame->key.protocol = ip->nexthdr;
	frame->key.tuple.src.in6 = ip->saddr;
	frame->key.tuple.dst.in6 = ip->daddr;
	frame->network_len = sizeof(*ip) + ntohs(ip->payload_len);
	frame->transport = frame->network + sizeof(*ip);
	return true;
}

static bool parse_ports(struct sk_buff *skb, struct fttest_frame *frame)
{
	const struct tcphdr *tcp;
	const struct udphdr *udp;

	switch (frame->key.protocol) {
	case IPPROTO_TCP:
		tcp = at(skb, frame->transport, sizeof(*tcp));
		/* Connection tracking has to see them. */
		if (!tcp || tcp->syn || tcp->fin || tcp->rst)
			return false;
		frame->key.tuple.ports[0] = tcp->source;
		frame->key.tuple.ports[1] = tcp->dest;
		return true;
	case IPPROTO_UDP:
		udp = at(skb, frame->transport, sizeof(*udp));
		if (!udp)
			return false;
		frame->key.tuple.ports[0] = udp->source;
		frame->key.tuple.ports[1] = udp->dest;
		return true;
	default:
		return false;
	}
}

/* False for what is the stack's in any case. */
bool fttest_frame_parse(struct fttest_port *in, struct sk_buff *skb,
			struct fttest_frame *frame)
{
	bool known;

	memset(frame, 0, sizeof(*frame));
	frame->key.in = in;
	switch (parse_link(skb, &frame->key, &frame->network)) {
	case htons(ETH_P_IP):
		known = parse_v4(skb, frame);
		break;
	case htons(ETH_P_IPV6):
		known = parse_v6(skb, frame);
		break;
	default:
		return false;
	}
	return known && frame->network + frame->network_len <= skb->len &&
	       parse_ports(skb, frame);
}
