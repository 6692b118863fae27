using System.Runtime.InteropServices;

namespace Flowtabled.Native;

/// <summary>What the kernel lets this process do (linux/capability.h). Names are the kernel's.</summary>
internal static unsafe partial class Capabilities
{
    public const int CAP_NET_ADMIN = 12;
    public const int CAP_SYS_MODULE = 16;

    public const uint _LINUX_CAPABILITY_VERSION_3 = 0x20080522;

    /// <summary>Whether <paramref name="capability"/> (CAP_*) is in the calling thread's effective set.</summary>
    public static bool Has(int capability)
    {
        var header = new CapabilityHeader { Version = _LINUX_CAPABILITY_VERSION_3 };
        // Two: the kernel splits the 64 bits over them.
        var data = stackalloc CapabilityData[2];
        // It fails for another process or an unknown version only.
        _ = capget(&header, data);
        return (data[capability / 32].Effective >> (capability % 32) & 1) != 0;
    }

    [LibraryImport("libc")]
    private static partial int capget(CapabilityHeader* header, CapabilityData* data);
}

/// <summary>Whose capabilities, in which format (struct __user_cap_header_struct, linux/capability.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CapabilityHeader
{
    public uint Version;

    /// <summary>0 is the caller.</summary>
    public int Pid;
}

/// <summary>32 of the 64 capabilities (struct __user_cap_data_struct, linux/capability.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CapabilityData
{
    public uint Effective;
    public uint Permitted;
    public uint Inheritable;
}
