/* traffic: paced requests and answers with sequence numbers, over TCP or UDP. */
#ifndef TRAFFIC_H
#define TRAFFIC_H

#include <stdint.h>

enum { DEFAULT_PORT = 5001, MIN_SIZE = 16, MAX_SIZE = 9000, DEFAULT_SIZE = 200 };

enum exit_status { ALL_ANSWERED = 0, SOME_LOST = 1, WRONG_USAGE = 2, NOT_CONNECTED = 3 };

/* The head of every request. The server sends each message back as it came, so that an answer is as long as its
 * request; only `retransmits` is the server's. Both ends are one machine: host byte order. */
struct message {
	uint32_t size; /* of the whole message in bytes; how a TCP stream is cut */
	uint32_t sequence;
	uint32_t retransmits; /* in an answer over TCP: segments that the server has sent again so far */
	uint32_t unused;
};

struct request_options {
	const char *address;
	int udp;
	unsigned port, from; /* from 0: the kernel chooses */
	unsigned count;      /* 0: until stopped */
	unsigned size, rate; /* bytes, requests a second */
	int hold;            /* keep the connection after the last answer, until stopped */
};

int serve(unsigned port);
int request(const struct request_options *options);

/* These are in traffic.c. */
extern volatile int stopped; /* SIGTERM or SIGINT came */
void wait_readable(int descriptor, int64_t nanoseconds);
void hold_much(int socket);           /* where root may: a starved program must not look like a lossy path */
uint32_t tcp_retransmits(int socket); /* struct tcp_info, linux/tcp.h */
_Noreturn void fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
