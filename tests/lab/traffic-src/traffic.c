#include "traffic.h"

#include <errno.h>
#include <getopt.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

volatile int stopped;

static void stop(int signal)
{
	(void)signal;
	stopped = 1;
}

void fail(int status, const char *format, ...)
{
	va_list arguments;
	int error = errno;

	va_start(arguments, format);
	fputs("traffic: ", stderr);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fprintf(stderr, error && status != WRONG_USAGE ? ": %s\n" : "\n", strerror(error));
	exit(status);
}

/* Waits for data on a descriptor (-1: none), at most so long (negative: for ever). Signals are let in only here, so that
 * none comes between a look at `stopped` and the wait. */
void wait_readable(int descriptor, int64_t nanoseconds)
{
	struct pollfd polled = { .fd = descriptor, .events = POLLIN };
	struct timespec timeout = { .tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000 };
	sigset_t none;

	sigemptyset(&none);
	ppoll(&polled, 1, nanoseconds < 0 ? NULL : &timeout, &none);
}

void hold_much(int socket)
{
	int bytes = 8 << 20;

	setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes);
}

uint32_t tcp_retransmits(int socket)
{
	struct tcp_info info;
	socklen_t length = sizeof info;

	return getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) ? 0 : info.tcpi_total_retrans;
}

static unsigned number(const char *option, const char *text, unsigned low, unsigned high)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*end || end == text || value < low || value > high)
		fail(WRONG_USAGE, "--%s '%s' is not a number from %u to %u", option, text, low, high);
	return (unsigned)value;
}

static const char usage[] =
	"usage: traffic serve [--port PORT]\n"
	"       traffic request [--udp] [--port PORT] [--from PORT] [--count N] [--size BYTES] [--rate PER_SECOND] [--hold] ADDRESS\n"
	"\n"
	"serve answers over TCP and UDP, IPv4 and IPv6; it prints \"ready\" when it does, and ends with SIGTERM.\n"
	"\n"
	"request sends N requests (default 1000; 0: until SIGTERM) of BYTES (default 200) at a steady rate (default 500),\n"
	"and gets an answer of the same size to each: below the MTU each is one packet. It prints JSON lines:\n"
	"  {\"state\":\"running\",...}  at the first answer: the connection is established\n"
	"  {\"state\":\"done\",...}     after the last answer, or 2 s (UDP) or 10 s (TCP) without any:\n"
	"      sent, received, lost, duplicates: messages; retransmits: TCP segments sent again, by both ends;\n"
	"      max_gap_ms: longest time between two answers, at a steady flow 1000 / rate; duration_ms;\n"
	"      unanswered: the sequence numbers of the first few lost; error: null or why it broke\n"
	"--hold keeps the connection open after \"done\", without traffic, until SIGTERM.\n"
	"\n"
	"Exit status of request: 0 every request was answered once, 1 not, 2 wrong usage, 3 no connection.\n";

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "udp", no_argument, NULL, 'u' },        { "port", required_argument, NULL, 'p' },
		{ "from", required_argument, NULL, 'f' }, { "count", required_argument, NULL, 'c' },
		{ "size", required_argument, NULL, 's' }, { "rate", required_argument, NULL, 'r' },
		{ "hold", no_argument, NULL, 'h' },       { "help", no_argument, NULL, '?' },
		{ NULL, 0, NULL, 0 },
	};
	struct request_options request_options = { .port = DEFAULT_PORT, .count = 1000, .size = DEFAULT_SIZE, .rate = 500 };
	struct sigaction action = { .sa_handler = stop };
	int option, serving, index;

	if (argc > 1 && !strcmp(argv[1], "--help")) {
		fputs(usage, stdout);
		return 0;
	}
	if (argc < 2 || (strcmp(argv[1], "serve") && strcmp(argv[1], "request"))) {
		fputs(usage, stderr);
		return WRONG_USAGE;
	}
	serving = !strcmp(argv[1], "serve");
	argc--;
	argv++;
	while ((option = getopt_long(argc, argv, "", options, &index)) != -1) {
		switch (option) {
		case 'u': request_options.udp = 1; break;
		case 'p': request_options.port = number("port", optarg, 1, 65535); break;
		case 'f': request_options.from = number("from", optarg, 1, 65535); break;
		case 'c': request_options.count = number("count", optarg, 0, 100000000); break;
		case 's': request_options.size = number("size", optarg, MIN_SIZE, MAX_SIZE); break;
		case 'r': request_options.rate = number("rate", optarg, 1, 1000000); break;
		case 'h': request_options.hold = 1; break;
		default: fputs(usage, stderr); return WRONG_USAGE;
		}
	}
	if (argc - optind != !serving) {
		fputs(usage, stderr);
		return WRONG_USAGE;
	}
	sigaddset(&action.sa_mask, SIGTERM);
	sigaddset(&action.sa_mask, SIGINT);
	sigprocmask(SIG_BLOCK, &action.sa_mask, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (serving)
		return serve(request_options.port);
	request_options.address = argv[optind];
	return request(&request_options);
}
