using System.Text;
using static Tmds.Linux.LibC;

namespace Flowtabled.Native;

/// <summary>What outlives a power cut.</summary>
internal static unsafe class Disk
{
    /// <summary>Has what was made, renamed or deleted in a directory, and the directory's own name, written to the disk, as far as it can be.</summary>
    public static void Sync(string directory)
    {
        SyncOne(directory);
        if (Path.GetDirectoryName(directory) is { } parent)
            SyncOne(parent);
    }

    private static void SyncOne(string directory)
    {
        fixed (byte* path = Encoding.UTF8.GetBytes(directory + '\0'))
        {
            var descriptor = open(path, O_RDONLY);
            if (descriptor < 0)
                return;
            _ = fsync(descriptor);
            _ = close(descriptor);
        }
    }
}
