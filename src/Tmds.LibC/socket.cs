using System.Runtime.InteropServices;

namespace Tmds.Linux;

/// <summary><c>struct sockaddr</c> of <c>sys/socket.h</c>: the head that every family's address starts with.</summary>
public unsafe struct sockaddr
{
    private sa_family_t _sa_family;
    private fixed byte _sa_data[14];

    public sa_family_t sa_family { readonly get => _sa_family; set => _sa_family = value; }
}

/// <summary><c>struct msghdr</c> of <c>sys/socket.h</c>.</summary>
public unsafe struct msghdr
{
    private void* _msg_name;
    private socklen_t _msg_namelen;
    private iovec* _msg_iov;
    private nint _msg_iovlen; // as wide as the kernel's: musl's 32 bits and padding are the same bytes on a little-endian machine
    private void* _msg_control;
    private nuint _msg_controllen;
    private int _msg_flags;

    public void* msg_name { readonly get => _msg_name; set => _msg_name = value; }
    public socklen_t msg_namelen { readonly get => _msg_namelen; set => _msg_namelen = value; }
    public iovec* msg_iov { readonly get => _msg_iov; set => _msg_iov = value; }
    public int msg_iovlen { readonly get => (int)_msg_iovlen; set => _msg_iovlen = value; }
    public void* msg_control { readonly get => _msg_control; set => _msg_control = value; }
    public socklen_t msg_controllen { readonly get => (uint)_msg_controllen; set => _msg_controllen = value; }
    public int msg_flags { readonly get => _msg_flags; set => _msg_flags = value; }
}

public static unsafe partial class LibC
{
    public static sa_family_t AF_UNIX => 1;
    public static sa_family_t AF_NETLINK => 16;

    public static int SOCK_STREAM => 1;
    public static int SOCK_RAW => 3;
    public static int SOCK_NONBLOCK => 0x800;
    public static int SOCK_CLOEXEC => 0x80000;

    public static int SOL_SOCKET => 1;
    public static int SOL_NETLINK => 270;

    public static int SO_SNDBUF => 7;
    public static int SO_RCVBUF => 8;
    public static int SO_SNDBUFFORCE => 32;
    public static int SO_RCVBUFFORCE => 33;

    public static int MSG_TRUNC => 0x20;
    public static int MSG_DONTWAIT => 0x40;
    public static int MSG_NOSIGNAL => 0x4000;

    [LibraryImport(libc, SetLastError = true)]
    public static partial int socket(int domain, int type, int protocol);

    [LibraryImport(libc, SetLastError = true)]
    public static partial int bind(int socket, sockaddr* address, socklen_t address_len);

    [LibraryImport(libc, SetLastError = true)]
    public static partial int connect(int socket, sockaddr* address, socklen_t address_len);

    [LibraryImport(libc, SetLastError = true)]
    public static partial int getsockname(int socket, sockaddr* address, socklen_t* address_len);

    [LibraryImport(libc, SetLastError = true)]
    public static partial ssize_t send(int socket, void* buf, size_t len, int flags);

    [LibraryImport(libc, SetLastError = true)]
    public static partial ssize_t sendto(int socket, void* buf, size_t len, int flags, sockaddr* address, socklen_t address_len);

    [LibraryImport(libc, SetLastError = true)]
    public static partial ssize_t recvmsg(int socket, msghdr* msg, int flags);

    [LibraryImport(libc, SetLastError = true)]
    public static partial int setsockopt(int socket, int level, int optname, void* optval, socklen_t optlen);
}
