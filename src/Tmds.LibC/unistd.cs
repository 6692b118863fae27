using System.Runtime.InteropServices;

namespace Tmds.Linux;

public static unsafe partial class LibC
{
    public static int STDIN_FILENO => 0;
    public static int STDOUT_FILENO => 1;
    public static int STDERR_FILENO => 2;

    [LibraryImport(libc, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(libc, SetLastError = true)]
    public static partial int fsync(int fd);

    [LibraryImport(libc, SetLastError = true)]
    public static partial ssize_t read(int fd, void* buf, size_t count);

    [LibraryImport(libc, SetLastError = true)]
    public static partial ssize_t write(int fd, void* buf, size_t count);
}
