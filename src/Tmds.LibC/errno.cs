using System.Runtime.InteropServices;

namespace Tmds.Linux;

/// <summary>
/// The C library's functions and constants, by their C names: the part of Tmds.LibC's <c>LibC</c> that this program calls, signature for
/// signature, so that the package can take this project's place. Calls return what C returns; after a failure <see cref="errno"/> says why.
/// </summary>
public static unsafe partial class LibC
{
    // Linked directly when compiled ahead of time; otherwise the runtime knows this name, with glibc and with musl.
    private const string libc = "libc";

    /// <summary>
    /// The error of this thread's last call that failed; <see cref="poll"/> does not keep its own, and leaves an older one here.
    /// </summary>
    public static int errno => Marshal.GetLastPInvokeError();

    // Numbers of asm-generic/errno-base.h and errno.h, which x86 and Arm share.
    public static int EPERM => 1;
    public static int ENOENT => 2;
    public static int ESRCH => 3;
    public static int EINTR => 4;
    public static int EIO => 5;
    public static int ENXIO => 6;
    public static int E2BIG => 7;
    public static int EBADF => 9;
    public static int EAGAIN => 11;
    public static int ENOMEM => 12;
    public static int EACCES => 13;
    public static int EFAULT => 14;
    public static int EBUSY => 16;
    public static int EEXIST => 17;
    public static int ENODEV => 19;
    public static int EINVAL => 22;
    public static int EMFILE => 24;
    public static int ENOSPC => 28;
    public static int EPIPE => 32;
    public static int ERANGE => 34;
    public static int ENAMETOOLONG => 36;
    public static int ENOSYS => 38;
    public static int ENOTEMPTY => 39;
    public static int ELOOP => 40;
    public static int ENODATA => 61;
    public static int EPROTO => 71;
    public static int EBADMSG => 74;
    public static int EOVERFLOW => 75;
    public static int ERESTART => 85;
    public static int EMSGSIZE => 90;
    public static int ENOPROTOOPT => 92;
    public static int EPROTONOSUPPORT => 93;
    public static int EOPNOTSUPP => 95;
    public static int EAFNOSUPPORT => 97;
    public static int EADDRINUSE => 98;
    public static int ENETDOWN => 100;
    public static int ENETUNREACH => 101;
    public static int ECONNRESET => 104;
    public static int ENOBUFS => 105;
    public static int ENOTCONN => 107;
    public static int ETIMEDOUT => 110;
    public static int ECONNREFUSED => 111;
    public static int EHOSTUNREACH => 113;
    public static int EALREADY => 114;
    public static int EINPROGRESS => 115;
    public static int ESTALE => 116;
}
