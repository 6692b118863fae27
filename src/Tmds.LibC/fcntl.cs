using System.Runtime.InteropServices;

namespace Tmds.Linux;

public static unsafe partial class LibC
{
    public static int O_RDONLY => 0;

    [LibraryImport(libc, SetLastError = true)]
    public static partial int open(byte* pathname, int flags, mode_t mode = default);
}
