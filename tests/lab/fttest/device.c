// SPDX-License-Identifier: MIT OR GPL-2.0
/* The pairs of devices: ftsN, a port of the chip, and ftpN, what is plugged in. */

#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

#include "fttest.h"

static unsigned int pairs = 2;
module_param(pairs, uint, 0444);
MODULE_PARM_DESC(pairs, "pairs of devices: fts0 with ftp0, and so on");

static struct fttest_port **ports;

static const struct net_device_ops fttest_port_ops;

/* fttest_port_of: NULL for a device that is not a port of the chip. */
struct fttest_port *fttest_port_of(const struct net_device *dev)
{
	return dev->netdev_ops == &fttest_port_ops ? netdev_priv(dev) : NULL;
}

struct fttest_port *fttest_port_at(const struct net *net, int ifindex)
{
	unsigned int i;

	for (i = 0; i < pairs; i++)
		if (ports[i]->dev->ifindex == ifindex &&
		    net_eq(dev_net(ports[i]->dev), net))
			return ports[i];
	return NULL;
}

int fttest_each_port(int (*call)(struct fttest_port *port, void *arg),
		     void *arg)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < pairs && !err; i++)
		err = call(ports[i], arg);
	return err;
}

/* fttest_send: put a frame on the wire. */
void fttest_send(struct fttest_port *port, struct sk_buff *skb,
		 enum fttest_counter counter)
{
	fttest_count(port, counter);
	atomic64_add(skb->len, &port->counters[FTTEST_TX_BYTES]);
	fttest_count(port->peer, FTTEST_RX_STACK);
	atomic64_add(skb->len, &port->peer->counters[FTTEST_RX_BYTES]);
	dev_forward_skb(port->peer->dev, skb);
}

static netdev_tx_t fttest_port_xmit(struct sk_buff *skb, struct net_device *dev)
{
	fttest_send(netdev_priv(dev), skb, FTTEST_TX_STACK);
	return NETDEV_TX_OK;
}

static netdev_tx_t fttest_end_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct fttest_port *end = netdev_priv(dev), *port = end->peer;

	fttest_count(end, FTTEST_TX_STACK);
	atomic64_add(skb->len, &end->counters[FTTEST_TX_BYTES]);
	atomic64_add(skb->len, &port->counters[FTTEST_RX_BYTES]);
	if (netif_running(port->dev) && fttest_forward(port, skb))
		return NETDEV_TX_OK;
	fttest_count(port, FTTEST_RX_STACK);
	dev_forward_skb(port->dev, skb);
	return NETDEV_TX_OK;
}

static int fttest_open(struct net_device *dev)
{
	struct fttest_port *port = netdev_priv(dev);

	if (netif_running(port->peer->dev)) {
		netif_carrier_on(dev);
		netif_carrier_on(port->peer->dev);
	}
	return 0;
}

static int fttest_stop(struct net_device *dev)
{
	struct fttest_port *port = netdev_priv(dev);

	netif_carrier_off(dev);
	netif_carrier_off(port->peer->dev);
	return 0;
}

/* Every frame on the wire, as a MAC counts. */
static void fttest_get_stats64(struct net_device *dev,
			       struct rtnl_link_stats64 *stats)
{
	struct fttest_port *port = netdev_priv(dev);
	atomic64_t *n = port->counters;

	stats->rx_packets = atomic64_read(&n[FTTEST_RX_CHIP]) +
			    atomic64_read(&n[FTTEST_RX_STACK]) +
			    atomic64_read(&n[FTTEST_RX_DROPPED]);
	stats->rx_bytes = atomic64_read(&n[FTTEST_RX_BYTES]);
	stats->tx_packets = atomic64_read(&n[FTTEST_TX_CHIP]) +
			    atomic64_read(&n[FTTEST_TX_STACK]);
	stats->tx_bytes = atomic64_read(&n[FTTEST_TX_BYTES]);
}

static const struct net_device_ops fttest_port_ops = {
	.ndo_open = fttest_open,
	.ndo_stop = fttest_stop,
	.ndo_start_xmit = fttest_port_xmit,
	.ndo_get_stats64 = fttest_get_stats64,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_validate_addr = eth_validate_addr,
	.ndo_setup_tc = fttest_setup_tc,
};

static const struct net_device_ops fttest_end_ops = {
	.ndo_open = fttest_open,
	.ndo_stop = fttest_stop,
	.ndo_start_xmit = fttest_end_xmit,
	.ndo_get_stats64 = fttest_get_stats64,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_validate_addr = eth_validate_addr,
};

/* Without it ethtool would ask the bus for the driver, and there is none. */
static void fttest_get_drvinfo(struct net_device *dev,
			       struct ethtool_drvinfo *info)
{
	strscpy(info->driver, KBUILD_MODNAME, sizeof(info->driver));
}

static const struct ethtool_ops fttest_ethtool_ops = {
	.get_drvinfo = fttest_get_drvinfo,
	.get_link = ethtool_op_get_link,
};

/*
 * The stack segments and sums before it gives a frame to a device without
 * features: what comes here is linear, complete, and has its tags in it.
 */
static struct fttest_port *fttest_alloc(const char *format, unsigned int number,
					const struct net_device_ops *ops)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct fttest_port));
	struct fttest_port *port;

	if (!dev)
		return NULL;
	port = netdev_priv(dev);
	port->dev = dev;
	snprintf(port->name, sizeof(port->name), format, number);
	strscpy(dev->name, port->name, sizeof(dev->name));
	dev->netdev_ops = ops;
	dev->ethtool_ops = &fttest_ethtool_ops;
	eth_hw_addr_random(dev);
	netif_carrier_off(dev);
	return port;
}

static void fttest_free(struct fttest_port *port)
{
	if (port)
		free_netdev(port->dev);
}

static struct fttest_port *fttest_alloc_pair(unsigned int number)
{
	struct fttest_port *port = fttest_alloc("fts%u", number,
						&fttest_port_ops);
	struct fttest_port *end = fttest_alloc("ftp%u", number,
					       &fttest_end_ops);

	if (!port || !end) {
		fttest_free(port);
		fttest_free(end);
		return NULL;
	}
	port->dev->hw_features = NETIF_F_HW_TC;
	port->dev->features = NETIF_F_HW_TC;
	port->knobs.capacity = U32_MAX;
	port->peer = end;
	end->peer = port;
	return port;
}

static int fttest_register(void)
{
	unsigned int i;
	int err;

	for (i = 0; i < pairs; i++) {
		err = register_netdev(ports[i]->dev);
		if (!err)
			err = register_netdev(ports[i]->peer->dev);
		if (err)
			return err;
	}
	return 0;
}

static void fttest_unregister(void)
{
	LIST_HEAD(list);
	unsigned int i;

	rtnl_lock();
	for (i = 0; i < pairs; i++) {
		if (!ports[i])
			continue;
		if (ports[i]->dev->reg_state == NETREG_REGISTERED)
			unregister_netdevice_queue(ports[i]->dev, &list);
		if (ports[i]->peer->dev->reg_state == NETREG_REGISTERED)
			unregister_netdevice_queue(ports[i]->peer->dev, &list);
	}
	unregister_netdevice_many(&list);
	rtnl_unlock();

	/* What a flowtable left behind when it went refers to the ports. */
	for (i = 0; i < pairs; i++)
		if (ports[i])
			fttest_table_forget(ports[i]);
	rcu_barrier();

	for (i = 0; i < pairs; i++) {
		if (!ports[i])
			continue;
		fttest_free(ports[i]->peer);
		fttest_free(ports[i]);
	}
	kfree(ports);
}

static int __init fttest_init(void)
{
	unsigned int i;
	int err = -ENOMEM;

	ports = kcalloc(pairs, sizeof(*ports), GFP_KERNEL);
	if (!ports)
		return -ENOMEM;
	for (i = 0; i < pairs; i++) {
		ports[i] = fttest_alloc_pair(i);
		if (!ports[i])
			goto undo;
	}
	err = fttest_register();
	if (err)
		goto undo;

	fttest_debugfs_create();
	for (i = 0; i < pairs; i++)
		fttest_debugfs_add(ports[i]);
	return 0;
undo:
	fttest_unregister();
	return err;
}

static void __exit fttest_exit(void)
{
	fttest_debugfs_remove();
	fttest_unregister();
}

module_init(fttest_init);
module_exit(fttest_exit);
MODULE_DESCRIPTION("network devices that take flowtable hardware offload, to test with");
MODULE_LICENSE("Dual MIT/GPL");
