using System.Runtime.InteropServices;
using System.Text;
using Flowtabled.Native;
using Flowtabled.Netlink;
using Tmds.Linux;
using static Flowtabled.Native.Inotify;

namespace Flowtabled.Tests.Native;

public sealed class InotifyTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("flowtabled-é-");
    private readonly int _queue = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

    public void Dispose()
    {
        _ = LibC.close(_queue);
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void A_file_renamed_into_place_is_told_with_its_name()
    {
        var watch = inotify_add_watch(_queue, _directory.FullName, IN_MOVED_TO | IN_ONLYDIR);
        var temporary = Path.Combine(_directory.FullName, ".firewall.uci-1");
        File.WriteAllText(temporary, "");

        File.Move(temporary, Path.Combine(_directory.FullName, "firewall"));

        var (head, name) = Read();
        Assert.True(watch >= 0);
        Assert.Equal((watch, IN_MOVED_TO, "firewall"), (head.Watch, head.Mask, name));
    }

    [Fact]
    public void A_removed_watch_says_so()
    {
        var watch = inotify_add_watch(_queue, _directory.FullName, IN_CREATE);

        Assert.Equal(0, inotify_rm_watch(_queue, watch));

        var (head, name) = Read();
        Assert.Equal((watch, IN_IGNORED, ""), (head.Watch, head.Mask, name));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_ENOENT()
    {
        Assert.Equal(-1, inotify_add_watch(_queue, Path.Combine(_directory.FullName, "missing"), IN_CREATE));
        Assert.Equal(Errno.ENOENT, LibC.errno);
    }

    private unsafe (InotifyEvent Head, string Name) Read()
    {
        Span<byte> buffer = stackalloc byte[512];
        ssize_t length;
        fixed (byte* start = buffer)
            length = LibC.read(_queue, start, buffer.Length);

        var head = MemoryMarshal.Read<InotifyEvent>(buffer[..(int)length]);
        var name = buffer.Slice(sizeof(InotifyEvent), (int)head.Length);
        Assert.Equal((int)length, sizeof(InotifyEvent) + name.Length);
        return (head, Encoding.UTF8.GetString(name.TrimEnd((byte)0)));
    }
}
