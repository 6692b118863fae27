using System.Runtime.InteropServices;

namespace Tmds.Linux;

/// <summary><c>struct pollfd</c> of <c>poll.h</c>.</summary>
public struct pollfd
{
    public int fd { readonly get; set; }
    public short events { readonly get; set; }
    public short revents { readonly get; set; }
}

public static unsafe partial class LibC
{
    public static short POLLIN => 0x001;
    public static short POLLOUT => 0x004;

    /// <summary>
    /// Waits for events, at most <paramref name="timeout"/> ms, -1 for ever. It keeps no <see cref="errno"/>: take -1 for EINTR.
    /// </summary>
    [LibraryImport(libc)]
    public static partial int poll(pollfd* fds, ulong_t nfds, int timeout);
}
