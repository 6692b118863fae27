using System.Runtime.InteropServices;

namespace Tmds.Linux;

public static unsafe partial class LibC
{
    public static int EFD_CLOEXEC => O_CLOEXEC;
    public static int EFD_NONBLOCK => O_NONBLOCK;

    [LibraryImport(libc, SetLastError = true)]
    public static partial int eventfd(uint initval, int flags);
}
