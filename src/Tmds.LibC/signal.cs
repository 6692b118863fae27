using System.Runtime.InteropServices;

namespace Tmds.Linux;

public static unsafe partial class LibC
{
    public static int SIGHUP => 1;

    /// <summary>Sends a signal; <paramref name="signum"/> 0 only asks whether the process is there.</summary>
    [LibraryImport(libc, SetLastError = true)]
    public static partial int kill(pid_t pid, int signum);
}
