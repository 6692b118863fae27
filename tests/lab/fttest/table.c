// SPDX-License-Identifier: MIT OR GPL-2.0
/* The chip's table of entries, one for each direction of a flow. */

#include <linux/hashtable.h>
#include <linux/jhash.h>
#include <linux/slab.h>

#include "fttest.h"

#define BITS 12

u32 fttest_capacity = U32_MAX;

static DEFINE_HASHTABLE(by_key, BITS);
static DEFINE_HASHTABLE(by_cookie, BITS);
static DEFINE_SPINLOCK(lock);	/* for all but the look at by_key */
static unsigned int count;

static u32 hash(const struct fttest_key *key)
{
	return jhash(key, sizeof(*key), 0);
}

/* The newest comes first: an old one may have been left behind. */
struct fttest_entry *fttest_table_find(const struct fttest_key *key)
{
	struct fttest_entry *entry;

	hash_for_each_possible_rcu(by_key, entry, by_key, hash(key))
		if (!memcmp(&entry->key, key, sizeof(*key)))
			return entry;
	return NULL;
}

static struct fttest_entry *find(unsigned long cookie)
{
	struct fttest_entry *entry;

	hash_for_each_possible(by_cookie, entry, by_cookie, cookie)
		if (entry->cookie == cookie)
			return entry;
	return NULL;
}

static void drop(struct fttest_entry *entry)
{
	hash_del_rcu(&entry->by_key);
	hash_del(&entry->by_cookie);
	entry->key.in->entries--;
	count--;
	kfree_rcu(entry, rcu);
}

bool fttest_table_has(unsigned long cookie)
{
	bool has;

	spin_lock_bh(&lock);
	has = find(cookie);
	spin_unlock_bh(&lock);
	return has;
}

/* Takes over the entry, unless there is no room or the cookie is known. */
int fttest_table_add(struct fttest_entry *entry)
{
	struct fttest_port *in = entry->key.in;
	int err = 0;

	entry->used = jiffies;
	spin_lock_bh(&lock);
	if (find(entry->cookie)) {
		err = -EEXIST;
	} else if (count >= READ_ONCE(fttest_capacity) ||
		   in->entries >= READ_ONCE(in->knobs.capacity)) {
		err = -ENOSPC;
	} else {
		hash_add_rcu(by_key, &entry->by_key, hash(&entry->key));
		hash_add(by_cookie, &entry->by_cookie, entry->cookie);
		in->entries++;
		count++;
	}
	spin_unlock_bh(&lock);
	return err;
}

int fttest_table_remove(unsigned long cookie)
{
	struct fttest_entry *entry;

	spin_lock_bh(&lock);
	entry = find(cookie);
	if (entry)
		drop(entry);
	spin_unlock_bh(&lock);
	return entry ? 0 : -ENOENT;
}

/* Adds what has come since the last call. */
static void report(struct fttest_entry *entry, struct flow_stats *stats)
{
	const struct fttest_knobs *knobs = &entry->key.in->knobs;
	u64 packets = atomic64_read(&entry->packets);
	u64 bytes = atomic64_read(&entry->bytes);

	if (READ_ONCE(knobs->stats_frozen))
		return;
	if (READ_ONCE(knobs->stats_uncounted)) {
		packets = entry->reported_packets;
		bytes = entry->reported_bytes;
	}
	flow_stats_update(stats, bytes - entry->reported_bytes,
			  packets - entry->reported_packets, 0,
			  READ_ONCE(entry->used), FLOW_ACTION_HW_STATS_DELAYED);
	entry->reported_packets = packets;
	entry->reported_bytes = bytes;
}

int fttest_table_stats(unsigned long cookie, struct flow_stats *stats)
{
	struct fttest_entry *entry;

	spin_lock_bh(&lock);
	entry = find(cookie);
	if (entry)
		report(entry, stats);
	spin_unlock_bh(&lock);
	return entry ? 0 : -ENOENT;
}

/* fttest_table_forget: lose every entry that refers to the port. */
void fttest_table_forget(const struct fttest_port *port)
{
	struct fttest_entry *entry;
	struct hlist_node *next;
	int bucket;

	spin_lock_bh(&lock);
	hash_for_each_safe(by_cookie, bucket, next, entry, by_cookie)
		if (entry->key.in == port || entry->action.out == port)
			drop(entry);
	spin_unlock_bh(&lock);
}

int fttest_table_each(int (*call)(struct fttest_entry *entry, void *arg),
		      void *arg)
{
	struct fttest_entry *entry;
	int bucket, err = 0;

	rcu_read_lock();
	hash_for_each_rcu(by_key, bucket, entry, by_key) {
		err = call(entry, arg);
		if (err)
			break;
	}
	rcu_read_unlock();
	return err;
}
