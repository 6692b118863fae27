using System.Runtime.InteropServices;

namespace Tmds.Linux;

public static unsafe partial class LibC
{
    public static int O_RDONLY => 0;
    public static int O_WRONLY => 1;
    public static int O_RDWR => 2;
    public static int O_CREAT => 0x40;
    public static int O_EXCL => 0x80;
    public static int O_TRUNC => 0x200;
    public static int O_NONBLOCK => 0x800;
    public static int O_CLOEXEC => 0x80000;

    public static int F_GETFL => 3;
    public static int F_SETFL => 4;

    [LibraryImport(libc, SetLastError = true)]
    public static partial int open(byte* pathname, int flags, mode_t mode = default);

    [LibraryImport(libc, SetLastError = true)]
    public static partial int fcntl(int fd, int cmd);

    [LibraryImport(libc, SetLastError = true)]
    public static partial int fcntl(int fd, int cmd, int arg);
}
