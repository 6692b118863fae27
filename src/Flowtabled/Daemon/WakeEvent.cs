using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using static Tmds.Linux.LibC;

namespace Flowtabled.Daemon;

/// <summary>Wakes a thread that polls, from any other thread (eventfd).</summary>
internal sealed unsafe class WakeEvent : IDisposable
{
    private int _descriptor;

    /// <exception cref="NetlinkException">No descriptor is left.</exception>
    public WakeEvent()
    {
        _descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (_descriptor < 0)
            throw new NetlinkException("eventfd", Marshal.GetLastPInvokeError());
    }

    /// <summary>The file descriptor, to poll.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Makes the descriptor readable.</summary>
    public void Signal()
    {
        ulong one = 1;
        // It fails only when the counter is full, and then the reader is woken anyway.
        _ = write(_descriptor, &one, sizeof(ulong));
    }

    /// <summary>Makes the descriptor unreadable again; whoever woke us is then looked at.</summary>
    public void Clear()
    {
        ulong count;
        _ = read(_descriptor, &count, sizeof(ulong));
    }

    public void Dispose()
    {
        var descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
            _ = close(descriptor);
    }
}
