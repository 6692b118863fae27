using System.Runtime.InteropServices;

namespace Tmds.Linux;

public static unsafe partial class LibC
{
    [LibraryImport(libc, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(libc, SetLastError = true)]
    public static partial ssize_t read(int fd, void* buf, size_t count);

    [LibraryImport(libc, SetLastError = true)]
    public static partial ssize_t write(int fd, void* buf, size_t count);
}
