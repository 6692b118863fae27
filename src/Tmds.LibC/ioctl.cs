using System.Runtime.InteropServices;

namespace Tmds.Linux;

public static unsafe partial class LibC
{
    public static int ioctl(int fd, int request, void* arg) => _ioctl(fd, (uint)request, arg);

    // glibc takes the request as unsigned long, musl as int: zero-extended it is right for both.
    [LibraryImport(libc, SetLastError = true, EntryPoint = "ioctl")]
    private static partial int _ioctl(int fd, nuint request, void* arg);
}
