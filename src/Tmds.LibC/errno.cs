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
    /// What this thread's last call left; <see cref="poll"/> does not keep its own, and leaves an older one here.
    /// </summary>
    public static int errno => Marshal.GetLastPInvokeError();

    // Numbers of asm-generic/errno-base.h and errno.h, which x86 and Arm share.
    public static int EINTR => 4;
    public static int EAGAIN => 11;
    public static int EPIPE => 32;
    public static int ENOBUFS => 105;
}
