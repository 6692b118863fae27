// procd SOCKET: a bus with one client and nothing but procd's object "service". It prints "subscribed" when the client has subscribed to that, and for
// each line that it reads tells it that the firewall's configuration has changed, as procd does.
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

// libubox, blob.h, and ubus, ubusmsg.h
enum { HELLO, STATUS, DATA, PING, LOOKUP, INVOKE, ADD_OBJECT, REMOVE_OBJECT, SUBSCRIBE };
enum { ATTR_STATUS = 1, ATTR_OBJPATH, ATTR_OBJID, ATTR_METHOD, ATTR_OBJTYPE, ATTR_SIGNATURE, ATTR_DATA, ATTR_TARGET, ATTR_NO_REPLY = 10 };
enum { SERVICE = 1024, HEADER = 8, MAX = 1 << 16 };

static const char service[] = "service", method[] = "config.change";
static const uint8_t data[] = "\x83\0\0\x19\0\6config\0\0\0\0firewall\0\0\0"; // { "config": "firewall" }

static uint8_t out[MAX];
static size_t length;
static int client;

static void put32(uint8_t *at, uint32_t value)
{
	value = htonl(value);
	memcpy(at, &value, 4);
}

static uint32_t get32(const uint8_t *at)
{
	uint32_t value;

	memcpy(&value, at, 4);
	return ntohl(value);
}

static void begin(int type, const uint8_t *request)
{
	memset(out, 0, sizeof(out));
	out[1] = type;
	if (request)
		memcpy(out + 2, request + 2, HEADER - 2); // its sequence number and peer
	length = HEADER + 4;
}

static void attribute(int id, const void *value, size_t size)
{
	put32(out + length, (uint32_t)id << 24 | (size + 4));
	memcpy(out + length + 4, value, size);
	length += (size + 7) & ~3;
}

static void number(int id, uint32_t value)
{
	value = htonl(value);
	attribute(id, &value, 4);
}

static void end(void)
{
	put32(out + HEADER, length - HEADER);
	if (write(client, out, length) != (ssize_t)length)
		_exit(1);
}

// The value of an attribute of a message, or null.
static const uint8_t *find(const uint8_t *message, int id)
{
	const uint8_t *last = message + HEADER + (get32(message + HEADER) & 0xffffff);

	for (const uint8_t *at = message + HEADER + 4; at + 4 <= last; at += ((get32(at) & 0xffffff) + 3) & ~3)
		if ((get32(at) >> 24 & 0x7f) == (uint32_t)id)
			return at + 4;
	return NULL;
}

static uint32_t answer(const uint8_t *message)
{
	static uint32_t objects = SERVICE;
	uint32_t subscriber = 0, status = 0;
	const uint8_t *path = find(message, ATTR_OBJPATH), *target = find(message, ATTR_TARGET);

	if (message[1] == LOOKUP && path && !strcmp((const char *)path, service)) {
		begin(DATA, message);
		attribute(ATTR_OBJPATH, service, sizeof(service));
		number(ATTR_OBJID, SERVICE);
		number(ATTR_OBJTYPE, 1);
		attribute(ATTR_SIGNATURE, "", 0);
		end();
	} else if (message[1] == LOOKUP) {
		status = 4; // not found
	} else if (message[1] == ADD_OBJECT) {
		begin(DATA, message);
		number(ATTR_OBJID, ++objects);
		end();
	} else if (message[1] == SUBSCRIBE && target && get32(target) == SERVICE) {
		subscriber = get32(find(message, ATTR_OBJID));
	} else if (message[1] == STATUS || message[1] == DATA) {
		return 0;
	}
	begin(STATUS, message);
	number(ATTR_STATUS, status);
	end();
	return subscriber;
}

int main(int argc, char **argv)
{
	static uint8_t in[MAX];
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct pollfd fds[2] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .events = POLLIN } };
	size_t have = 0, size;
	uint32_t subscriber = 0, found;
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	if (argc != 2)
		return 2;
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", argv[1]);
	if (bind(listener, (struct sockaddr *)&address, sizeof(address)) || listen(listener, 1) || (client = accept(listener, NULL, NULL)) < 0) {
		perror(argv[1]);
		return 1;
	}
	begin(HELLO, NULL);
	end();
	fds[1].fd = client;
	for (;;) {
		poll(fds, 2, -1);
		if (fds[0].revents) {
			char line;

			if (read(STDIN_FILENO, &line, 1) != 1)
				return 0;
			begin(INVOKE, NULL);
			number(ATTR_OBJID, subscriber);
			attribute(ATTR_METHOD, method, sizeof(method));
			attribute(ATTR_NO_REPLY, "\1", 1);
			attribute(ATTR_DATA, data, 28);
			end();
		}
		if (fds[1].revents) {
			ssize_t got = read(client, in + have, sizeof(in) - have);

			if (got <= 0)
				return 0;
			for (have += got; have >= HEADER + 4 && have >= (size = HEADER + (get32(in + HEADER) & 0xffffff)); have -= size, memmove(in, in + size, have))
				if ((found = answer(in))) {
					subscriber = found;
					puts("subscribed");
					fflush(stdout);
				}
		}
	}
}
