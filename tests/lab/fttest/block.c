// SPDX-License-Identifier: MIT OR GPL-2.0
/* What flowtables ask: to bind a port, and to take, drop and count flows. */

#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <net/pkt_cls.h>

#include "fttest.h"

/* Flowtables of different namespaces bind at the same time. */
static DEFINE_MUTEX(lock);
static LIST_HEAD(blocks);

static int error(const u32 *knob)
{
	return -(int)min_t(u32, READ_ONCE(*knob), MAX_ERRNO);
}

static int refusal(const struct fttest_key *key)
{
	const struct fttest_knobs *knobs = &key->in->knobs;
	int err = error(&knobs->refuse_all);

	if (!err)
		err = error(key->protocol == IPPROTO_TCP ? &knobs->refuse_tcp :
							   &knobs->refuse_udp);
	if (!err)
		err = error(key->family == AF_INET ? &knobs->refuse_v4 :
						     &knobs->refuse_v6);
	return err;
}

static int replace(const struct fttest_port *port, struct flow_cls_offload *f)
{
	struct fttest_entry *entry;
	unsigned int delay;
	int err;

	/* Each bound port is asked, and the first takes it for the chip. */
	if (fttest_table_has(f->cookie))
		return -EEXIST;
	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return -ENOMEM;
	entry->cookie = f->cookie;
	err = fttest_rule_parse(dev_net(port->dev), flow_cls_offload_flow_rule(f),
				entry);
	if (err)
		goto refused;
	delay = READ_ONCE(entry->key.in->knobs.replace_delay_ms);
	if (delay)
		msleep(delay);
	err = refusal(&entry->key);
	if (!err)
		err = fttest_table_add(entry);
	if (!err)
		return 0;
refused:
	kfree(entry);
	return err;
}

static int flower(struct fttest_port *port, struct flow_cls_offload *f)
{
	int err;

	switch (f->command) {
	case FLOW_CLS_REPLACE:
		fttest_count(port, FTTEST_REPLACE);
		err = replace(port, f);
		if (err && err != -EEXIST)
			fttest_count(port, FTTEST_REPLACE_REFUSED);
		return err;
	case FLOW_CLS_DESTROY:
		fttest_count(port, FTTEST_DESTROY);
		err = fttest_table_remove(f->cookie);
		if (err)
			fttest_count(port, FTTEST_DESTROY_UNKNOWN);
		return err;
	case FLOW_CLS_STATS:
		fttest_count(port, FTTEST_STATS);
		err = error(&port->knobs.stats_errno);
		if (!err)
			err = fttest_table_stats(f->cookie, &f->stats);
		if (err)
			fttest_count(port, FTTEST_STATS_REFUSED);
		return err;
	default:
		return -EOPNOTSUPP;
	}
}

static int block_cb(enum tc_setup_type type, void *type_data, void *cb_priv)
{
	struct fttest_port *port = cb_priv;

	if (type != TC_SETUP_CLSFLOWER || !tc_can_offload(port->dev))
		return -EOPNOTSUPP;
	return flower(port, type_data);
}

static int bind(struct fttest_port *port, struct flow_block_offload *f)
{
	struct flow_block_cb *cb;
	int err = error(&port->knobs.bind_errno);

	if (err)
		return err;
	if (READ_ONCE(port->knobs.exclusive) && port->blocks)
		return -EBUSY;
	cb = flow_block_cb_alloc(block_cb, port, port, NULL);
	if (IS_ERR(cb))
		return PTR_ERR(cb);
	flow_block_cb_add(cb, f);
	list_add_tail(&cb->driver_list, &blocks);
	WRITE_ONCE(port->blocks, port->blocks + 1);
	return 0;
}

static int unbind(struct fttest_port *port, struct flow_block_offload *f)
{
	struct flow_block_cb *cb = flow_block_cb_lookup(f->block, block_cb,
							port);

	if (!cb)
		return -ENOENT;
	flow_block_cb_remove(cb, f);
	list_del(&cb->driver_list);
	WRITE_ONCE(port->blocks, port->blocks - 1);
	return 0;
}

int fttest_setup_tc(struct net_device *dev, enum tc_setup_type type,
		    void *type_data)
{
	struct fttest_port *port = netdev_priv(dev);
	struct flow_block_offload *f = type_data;
	int err;

	if (type != TC_SETUP_FT ||
	    f->binder_type != FLOW_BLOCK_BINDER_TYPE_CLSACT_INGRESS)
		return -EOPNOTSUPP;

	mutex_lock(&lock);
	f->driver_block_list = &blocks;
	switch (f->command) {
	case FLOW_BLOCK_BIND:
		err = bind(port, f);
		fttest_count(port, err ? FTTEST_BIND_REFUSED : FTTEST_BIND);
		break;
	case FLOW_BLOCK_UNBIND:
		err = unbind(port, f);
		fttest_count(port, FTTEST_UNBIND);
		break;
	default:
		err = -EOPNOTSUPP;
	}
	mutex_unlock(&lock);
	return err;
}
