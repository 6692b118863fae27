namespace Flowtabled.Tests.Netlink;

/// <summary>The multicast groups that a netlink socket has joined, as the kernel has it.</summary>
internal static class SocketGroups
{
    /// <summary>One bit a group, the first one's lowest.</summary>
    public static uint Of(int socket)
    {
        // sk, protocol, port, groups, ..., inode.
        var inode = File.ResolveLinkTarget($"/proc/self/fd/{socket}", returnFinalTarget: false)!.Name; // socket:[123]
        var line = Assert.Single(File.ReadLines("/proc/net/netlink"), line => inode == $"socket:[{line.TrimEnd().Split(' ')[^1]}]");
        return Convert.ToUInt32(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], 16);
    }
}
