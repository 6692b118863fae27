using System.Runtime.InteropServices;
using System.Text;
using Flowtabled.Native;
using Flowtabled.Netlink;
using static Flowtabled.Native.Inotify;
using static Tmds.Linux.LibC;

namespace Flowtabled.Daemon;

/// <summary>
/// Tells when one of a few files was written, replaced, made or removed. It watches their directories, since <c>uci commit</c> renames a new file
/// over the old one. A directory that does not exist is watched from the next <see cref="WatchDirectories"/> on that finds it.
/// </summary>
internal sealed unsafe class FileWatcher : IDisposable
{
    private const uint Changes = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
    private const int BufferSize = 4096;

    private readonly string[] _files;
    private readonly Dictionary<int, string> _directories = [];
    private int _descriptor;

    /// <param name="paths">The files, by absolute path.</param>
    /// <exception cref="NetlinkException">The kernel has no inotify, or no instance is left.</exception>
    public FileWatcher(IEnumerable<string> paths)
    {
        _files = [.. paths.Select(Path.GetFullPath)];
        _descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        if (_descriptor < 0)
            throw new NetlinkException("inotify", Marshal.GetLastPInvokeError());
    }

    /// <summary>The file descriptor, to poll.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Watches each directory that exists and is not watched yet.</summary>
    public void WatchDirectories()
    {
        foreach (var directory in _files.Select(static file => Path.GetDirectoryName(file)!).Distinct())
        {
            if (_directories.ContainsValue(directory))
                continue;
            var watch = inotify_add_watch(_descriptor, directory, Changes);
            if (watch >= 0)
                _directories[watch] = directory;
        }
    }

    /// <summary>Reads what happened, without waiting; true when it touches one of the files.</summary>
    public bool Read()
    {
        var touched = false;
        var buffer = stackalloc byte[BufferSize];
        while (true)
        {
            var length = (int)(long)read(_descriptor, buffer, BufferSize);
            if (length <= 0)
                return touched;
            var events = new ReadOnlySpan<byte>(buffer, length);
            while (events.Length >= sizeof(InotifyEvent))
            {
                var head = MemoryMarshal.Read<InotifyEvent>(events);
                var name = events.Slice(sizeof(InotifyEvent), (int)head.Length);
                touched |= Concerns(head, name);
                events = events[(sizeof(InotifyEvent) + (int)head.Length)..];
            }
        }
    }

    public void Dispose()
    {
        var descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
            _ = close(descriptor);
    }

    private bool Concerns(in InotifyEvent head, ReadOnlySpan<byte> name)
    {
        if ((head.Mask & IN_Q_OVERFLOW) != 0)
            return true;
        if (!_directories.TryGetValue(head.Watch, out var directory))
            return false;
        if ((head.Mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) != 0)
        {
            // The directory went, or was moved and is another's now. A watch that is already gone cannot be removed: that is fine.
            _ = inotify_rm_watch(_descriptor, head.Watch);
            _directories.Remove(head.Watch);
            return true;
        }

        var end = name.IndexOf((byte)0);
        return _files.Contains(Path.Combine(directory, Encoding.UTF8.GetString(end < 0 ? name : name[..end])));
    }
}
