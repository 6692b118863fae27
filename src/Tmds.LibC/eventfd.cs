using System.Runtime.InteropServices;

namespace Tmds.Linux;

public static unsafe partial class LibC
{
    public static int EFD_CLOEXEC => 0x80000;
    public static int EFD_NONBLOCK => 0x800;

    [LibraryImport(libc, SetLastError = true)]
    public static partial int eventfd(uint initval, int flags);
}
