// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * What nf_flow_table_offload.c says about a flow, made into an entry. Anything
 * that the chip does not understand in full it refuses.
 */

#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>

#include "fttest.h"

#define KEYS_KNOWN (BIT_ULL(FLOW_DISSECTOR_KEY_META) | \
		    BIT_ULL(FLOW_DISSECTOR_KEY_CONTROL) | \
		    BIT_ULL(FLOW_DISSECTOR_KEY_BASIC) | \
		    BIT_ULL(FLOW_DISSECTOR_KEY_IPV4_ADDRS) | \
		    BIT_ULL(FLOW_DISSECTOR_KEY_IPV6_ADDRS) | \
		    BIT_ULL(FLOW_DISSECTOR_KEY_PORTS) | \
		    BIT_ULL(FLOW_DISSECTOR_KEY_TCP) | \
		    BIT_ULL(FLOW_DISSECTOR_KEY_VLAN) | \
		    BIT_ULL(FLOW_DISSECTOR_KEY_CVLAN))

#define KEYS_NEEDED (BIT_ULL(FLOW_DISSECTOR_KEY_META) | \
		     BIT_ULL(FLOW_DISSECTOR_KEY_CONTROL) | \
		     BIT_ULL(FLOW_DISSECTOR_KEY_BASIC) | \
		     BIT_ULL(FLOW_DISSECTOR_KEY_PORTS))

/* The kernel describes tags, but does not say so in used_keys. */
static bool names_tag(const struct flow_rule *rule,
		      enum flow_dissector_key_id key)
{
	return rule->match.dissector->offset[key];
}

static int parse_vlan(struct flow_match_vlan *match, struct fttest_key *key)
{
	if (match->key->vlan_tpid != htons(ETH_P_8021Q))
		return -EOPNOTSUPP;
	key->vlan[key->vlans++] = match->key->vlan_id;
	return 0;
}

static int parse_addresses(struct flow_rule *rule, struct fttest_key *key)
{
	struct flow_match_control control;
	struct flow_match_ipv4_addrs v4;
	struct flow_match_ipv6_addrs v6;

	flow_rule_match_control(rule, &control);
	switch (control.key->addr_type) {
	case FLOW_DISSECTOR_KEY_IPV4_ADDRS:
		flow_rule_match_ipv4_addrs(rule, &v4);
		key->family = AF_INET;
		key->tuple.src.ip = v4.key->src;
		key->tuple.dst.ip = v4.key->dst;
		return 0;
	case FLOW_DISSECTOR_KEY_IPV6_ADDRS:
		flow_rule_match_ipv6_addrs(rule, &v6);
		key->family = AF_INET6;
		key->tuple.src.in6 = v6.key->src;
		key->tuple.dst.in6 = v6.key->dst;
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int parse_match(const struct net *net, struct flow_rule *rule,
		       struct fttest_key *key)
{
	u64 used = rule->match.dissector->used_keys;
	struct flow_match_basic basic;
	struct flow_match_ports l4;
	struct flow_match_meta meta;
	struct flow_match_vlan vlan;
	int err = 0;

	if (used & ~KEYS_KNOWN || ~used & KEYS_NEEDED)
		return -EOPNOTSUPP;

	flow_rule_match_meta(rule, &meta);
	key->in = fttest_port_at(net, meta.key->ingress_ifindex);
	if (!key->in)
		return -EOPNOTSUPP;

	if (names_tag(rule, FLOW_DISSECTOR_KEY_VLAN)) {
		flow_rule_match_vlan(rule, &vlan);
		err = parse_vlan(&vlan, key);
	}
	if (!err && names_tag(rule, FLOW_DISSECTOR_KEY_CVLAN)) {
		flow_rule_match_cvlan(rule, &vlan);
		err = parse_vlan(&vlan, key);
	}
	if (err)
		return err;

	flow_rule_match_basic(rule, &basic);
	key->protocol = basic.key->ip_proto;
	if (key->protocol != IPPROTO_TCP && key->protocol != IPPROTO_UDP)
		return -EOPNOTSUPP;

	flow_rule_match_ports(rule, &l4);
	key->tuple.ports[0] = l4.key->src;
	key->tuple.ports[1] = l4.key->dst;
	return parse_addresses(rule, key);
}

/* Where we keep len bytes of a header, those from start on. */
struct window {
	void *bytes;
	unsigned int start;
	unsigned int len;
};

static int mangle(const struct flow_action_entry *act, struct window window)
{
	u32 stay = act->mangle.mask;	/* the bits that are left alone */
	u32 value = act->mangle.val, now;

	if (act->mangle.offset < window.start || act->mangle.offset & 3 ||
	    act->mangle.offset + sizeof(now) > window.start + window.len)
		return -EOPNOTSUPP;
	window.bytes += act->mangle.offset - window.start;
	memcpy(&now, window.bytes, sizeof(now));
	now = (now & stay) | (value & ~stay);
	memcpy(window.bytes, &now, sizeof(now));
	return 0;
}

static int parse_mangle(const struct flow_action_entry *act,
			struct fttest_entry *entry)
{
	struct fttest_action *action = &entry->action;
	struct fttest_tuple *tuple = &action->tuple;
	u8 family = entry->key.family;

	switch (act->mangle.htype) {
	case FLOW_ACT_MANGLE_HDR_TYPE_ETH:
		return mangle(act, (struct window){
			&action->eth, 0, 2 * ETH_ALEN });
	case FLOW_ACT_MANGLE_HDR_TYPE_IP4:
		if (family != AF_INET)
			return -EOPNOTSUPP;
		if (act->mangle.offset == offsetof(struct iphdr, saddr))
			return mangle(act, (struct window){
				&tuple->src, act->mangle.offset, 4 });
		return mangle(act, (struct window){
			&tuple->dst, offsetof(struct iphdr, daddr), 4 });
	case FLOW_ACT_MANGLE_HDR_TYPE_IP6:
		if (family != AF_INET6)
			return -EOPNOTSUPP;
		if (act->mangle.offset < offsetof(struct ipv6hdr, daddr))
			return mangle(act, (struct window){
				&tuple->src, offsetof(struct ipv6hdr, saddr), 16 });
		return mangle(act, (struct window){
			&tuple->dst, offsetof(struct ipv6hdr, daddr), 16 });
	case FLOW_ACT_MANGLE_HDR_TYPE_TCP:
	case FLOW_ACT_MANGLE_HDR_TYPE_UDP:
		return mangle(act, (struct window){ tuple->ports, 0, sizeof(tuple->ports) });
	default:
		return -EOPNOTSUPP;
	}
}

static int parse_actions(struct flow_rule *rule, struct fttest_entry *entry)
{
	struct fttest_action *action = &entry->action;
	const struct flow_action_entry *act;
	unsigned int i, pops = 0;
	int err;

	flow_action_for_each(i, act, &rule->action) {
		switch (act->id) {
		case FLOW_ACTION_MANGLE:
			err = parse_mangle(act, entry);
			if (err)
				return err;
			break;
		case FLOW_ACTION_CSUM:
			/* The sums always follow what is rewritten. */
			break;
		case FLOW_ACTION_VLAN_POP:
			pops++;
			break;
		case FLOW_ACTION_VLAN_PUSH:
			/* They come as they are on the wire, outermost first. */
			if (action->vlans == FTTEST_MAX_VLANS || action->pppoe ||
			    act->vlan.proto != htons(ETH_P_8021Q))
				return -EOPNOTSUPP;
			action->vlan[action->vlans++] = act->vlan.vid;
			break;
		case FLOW_ACTION_PPPOE_PUSH:
			if (action->pppoe)
				return -EOPNOTSUPP;
			action->pppoe = true;
			action->pppoe_sid = act->pppoe.sid;
			break;
		case FLOW_ACTION_REDIRECT:
			action->out = fttest_port_of(act->dev);
			break;
		default:
			return -EOPNOTSUPP;
		}
	}
	/* The chip makes a new header: it must be known in full. */
	if (!action->out || pops != entry->key.vlans ||
	    !is_valid_ether_addr(action->eth.h_source) ||
	    is_zero_ether_addr(action->eth.h_dest))
		return -EOPNOTSUPP;
	return 0;
}

int fttest_rule_parse(const struct net *net, struct flow_rule *rule,
		      struct fttest_entry *entry)
{
	int err = parse_match(net, rule, &entry->key);

	if (err)
		return err;
	entry->action.tuple = entry->key.tuple;
	return parse_actions(rule, entry);
}
