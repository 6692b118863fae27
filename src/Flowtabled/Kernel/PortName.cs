using Flowtabled.Config;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Kernel;

/// <summary>Says who has a netlink port.</summary>
internal static class PortName
{
    /// <summary>
    /// <c>pid 1234 (nft)</c>: the kernel gives the first socket of a process its process id as port (<c>netlink_autobind</c>,
    /// net/netlink/af_netlink.c) and every further one a number that, as an <see cref="int"/>, is negative.
    /// </summary>
    public static string Of(uint port)
    {
        if (port > int.MaxValue)
            return $"netlink port {port}";
        return ProcessName(port) is { } name ? $"pid {port} ({name})" : $"pid {port}";
    }

    private static string? ProcessName(uint pid)
    {
        try
        {
            return FileBytes.ReadTextIfExists($"/proc/{pid}/comm") is { } text ? DeviceName.Display(text.TrimEnd('\n')) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
