using System.Runtime.InteropServices;

namespace Flowtabled.Native;

/// <summary>What kernel this is (sys/utsname.h).</summary>
internal static unsafe partial class Uname
{
    /// <summary>The kernel's release as <c>uname -r</c> prints it, e.g. <c>6.12.71</c>.</summary>
    public static string Release
    {
        get
        {
            UtsName name;
            // It fails for a bad address only.
            _ = uname(&name);
            return Marshal.PtrToStringUTF8((nint)name.Release)!;
        }
    }

    [LibraryImport("libc")]
    private static partial int uname(UtsName* name);
}

/// <summary>Names of a system (struct utsname, sys/utsname.h): UTF-8, each ended by a zero.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UtsName
{
    private const int Size = 65;

    public fixed byte System[Size];
    public fixed byte Node[Size];
    public fixed byte Release[Size];
    public fixed byte Version[Size];
    public fixed byte Machine[Size];
    public fixed byte Domain[Size];
}
