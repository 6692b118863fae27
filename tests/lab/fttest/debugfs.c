// SPDX-License-Identifier: MIT OR GPL-2.0
/* /sys/kernel/debug/fttest: the table, the counters, and what can be set. */

#include <linux/debugfs.h>
#include <linux/seq_file.h>

#include "fttest.h"

static struct dentry *root;

static const char *const names[FTTEST_COUNTERS] = {
	[FTTEST_RX_CHIP] = "rx_chip",
	[FTTEST_RX_STACK] = "rx_stack",
	[FTTEST_RX_DROPPED] = "rx_dropped",
	[FTTEST_RX_BYTES] = "rx_bytes",
	[FTTEST_TX_CHIP] = "tx_chip",
	[FTTEST_TX_STACK] = "tx_stack",
	[FTTEST_TX_BYTES] = "tx_bytes",
	[FTTEST_BIND] = "bind",
	[FTTEST_BIND_REFUSED] = "bind_refused",
	[FTTEST_UNBIND] = "unbind",
	[FTTEST_REPLACE] = "replace",
	[FTTEST_REPLACE_REFUSED] = "replace_refused",
	[FTTEST_DESTROY] = "destroy",
	[FTTEST_DESTROY_UNKNOWN] = "destroy_unknown",
	[FTTEST_STATS] = "stats",
	[FTTEST_STATS_REFUSED] = "stats_refused",
};

static void show_tuple(struct seq_file *file, const char *prefix, u8 family,
		       const struct fttest_tuple *tuple)
{
	if (family == AF_INET)
		seq_printf(file, " %ssrc=%pI4 %sdst=%pI4", prefix,
			   &tuple->src, prefix, &tuple->dst);
	else
		seq_printf(file, " %ssrc=%pI6c %sdst=%pI6c", prefix,
			   &tuple->src, prefix, &tuple->dst);
	seq_printf(file, " %ssport=%u %sdport=%u", prefix,
		   ntohs(tuple->ports[0]), prefix, ntohs(tuple->ports[1]));
}

static void show_vlans(struct seq_file *file, const char *prefix,
		       const u16 *vlan, u8 vlans)
{
	u8 i;

	for (i = 0; i < vlans; i++)
		seq_printf(file, " %svlan=%u", prefix, vlan[i]);
}

static int show_entry(struct fttest_entry *entry, void *arg)
{
	const struct fttest_action *action = &entry->action;
	const struct fttest_key *key = &entry->key;
	struct seq_file *file = arg;

	seq_printf(file, "cookie=%lx in=%s", entry->cookie, key->in->name);
	show_vlans(file, "", key->vlan, key->vlans);
	seq_printf(file, " %s %s", key->family == AF_INET ? "ipv4" : "ipv6",
		   key->protocol == IPPROTO_TCP ? "tcp" : "udp");
	show_tuple(file, "", key->family, &key->tuple);
	seq_printf(file, " out=%s eth_src=%pM eth_dst=%pM", action->out->name,
		   action->eth.h_source, action->eth.h_dest);
	show_vlans(file, "push_", action->vlan, action->vlans);
	if (action->pppoe)
		seq_printf(file, " push_pppoe=%u", action->pppoe_sid);
	show_tuple(file, "new_", key->family, &action->tuple);
	seq_printf(file, " packets=%llu bytes=%llu idle_ms=%u\n",
		   (u64)atomic64_read(&entry->packets),
		   (u64)atomic64_read(&entry->bytes),
		   jiffies_to_msecs(jiffies - READ_ONCE(entry->used)));
	return 0;
}

static int entries_show(struct seq_file *file, void *unused)
{
	return fttest_table_each(show_entry, file);
}
DEFINE_SHOW_ATTRIBUTE(entries);

static int show_bound(struct fttest_port *port, void *arg)
{
	seq_printf(arg, "%s %u\n", port->name, READ_ONCE(port->blocks));
	return 0;
}

static int bound_show(struct seq_file *file, void *unused)
{
	return fttest_each_port(show_bound, file);
}
DEFINE_SHOW_ATTRIBUTE(bound);

static int counters_show(struct seq_file *file, void *unused)
{
	struct fttest_port *port = file->private;
	int i;

	for (i = 0; i < FTTEST_COUNTERS; i++)
		seq_printf(file, "%s %llu\n", names[i],
			   (u64)atomic64_read(&port->counters[i]));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(counters);

static ssize_t forget_write(struct file *file, const char __user *text,
			    size_t len, loff_t *offset)
{
	fttest_table_forget(file_inode(file)->i_private);
	return len;
}

static const struct file_operations forget_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = forget_write,
};

void fttest_debugfs_create(void)
{
	root = debugfs_create_dir("fttest", NULL);
	debugfs_create_file("entries", 0444, root, NULL, &entries_fops);
	debugfs_create_file("bound", 0444, root, NULL, &bound_fops);
	debugfs_create_u32("capacity", 0644, root, &fttest_capacity);
}

void fttest_debugfs_add(struct fttest_port *port)
{
	struct dentry *dir = debugfs_create_dir(port->name, root);
	struct fttest_knobs *knobs = &port->knobs;

	debugfs_create_file("counters", 0444, dir, port, &counters_fops);
	debugfs_create_file("forget", 0200, dir, port, &forget_fops);
	debugfs_create_u32("capacity", 0644, dir, &knobs->capacity);
	debugfs_create_u32("bind_errno", 0644, dir, &knobs->bind_errno);
	debugfs_create_bool("exclusive", 0644, dir, &knobs->exclusive);
	debugfs_create_u32("refuse_all", 0644, dir, &knobs->refuse_all);
	debugfs_create_u32("refuse_tcp", 0644, dir, &knobs->refuse_tcp);
	debugfs_create_u32("refuse_udp", 0644, dir, &knobs->refuse_udp);
	debugfs_create_u32("refuse_v4", 0644, dir, &knobs->refuse_v4);
	debugfs_create_u32("refuse_v6", 0644, dir, &knobs->refuse_v6);
	debugfs_create_u32("replace_delay_ms", 0644, dir,
			   &knobs->replace_delay_ms);
	debugfs_create_u32("stats_errno", 0644, dir, &knobs->stats_errno);
	debugfs_create_bool("stats_frozen", 0644, dir, &knobs->stats_frozen);
	debugfs_create_bool("stats_uncounted", 0644, dir,
			    &knobs->stats_uncounted);
	debugfs_create_bool("blackhole", 0644, dir, &knobs->blackhole);
	debugfs_create_bool("to_stack", 0644, dir, &knobs->to_stack);
}

void fttest_debugfs_remove(void)
{
	debugfs_remove_recursive(root);
}
