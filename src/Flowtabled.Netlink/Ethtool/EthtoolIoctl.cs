using System.Runtime.InteropServices;
using System.Text;
using Flowtabled.Netlink.Uapi;
using static Tmds.Linux.LibC;

namespace Flowtabled.Netlink.Ethtool;

/// <summary>ethtool's older interface: what has no message yet, and everything where the kernel lacks CONFIG_ETHTOOL_NETLINK.</summary>
/// <param name="descriptor">A socket of any kind in the device's network namespace.</param>
internal sealed unsafe class EthtoolIoctl(int descriptor)
{
    /// <summary>The state of a feature, or null: this kernel has none of that name.</summary>
    /// <exception cref="NetlinkException">No such device (ENODEV).</exception>
    public FeatureState? GetFeature(string device, string feature)
    {
        var operation = $"get feature {feature} of {device}";
        var count = CountFeatures(device, operation);
        var index = FindFeature(device, operation, count, Encoding.Latin1.GetBytes(feature));
        return index < 0 ? null : ReadFeature(device, operation, count, index);
    }

    /// <summary>The driver's name, or null for a device that tells none (loopback).</summary>
    /// <exception cref="NetlinkException">No such device (ENODEV).</exception>
    public string? GetDriver(string device)
    {
        var info = new DriverInfo { Command = EthtoolUapi.ETHTOOL_GDRVINFO };
        try
        {
            Call(device, MemoryMarshal.AsBytes(new Span<DriverInfo>(ref info)), $"get driver of {device}");
        }
        catch (NetlinkException e) when (e.Errno == Errno.EOPNOTSUPP)
        {
            return null;
        }

        var name = UntilNul(new ReadOnlySpan<byte>(info.Driver, DriverInfo.NameSize));
        return name.IsEmpty ? null : Encoding.Latin1.GetString(name);
    }

    private int CountFeatures(string device, string operation)
    {
        Span<byte> data = stackalloc byte[sizeof(StringSetInfo) + sizeof(uint)];
        data.Clear();
        MemoryMarshal.Write(data, new StringSetInfo { Command = EthtoolUapi.ETHTOOL_GSSET_INFO, Mask = 1UL << EthtoolUapi.ETH_SS_FEATURES });
        Call(device, data, operation);
        var found = MemoryMarshal.Read<StringSetInfo>(data).Mask != 0;
        return found ? MemoryMarshal.Read<int>(data[sizeof(StringSetInfo)..]) : 0;
    }

    private int FindFeature(string device, string operation, int count, ReadOnlySpan<byte> feature)
    {
        var data = new byte[sizeof(StringSet) + count * EthtoolUapi.ETH_GSTRING_LEN];
        MemoryMarshal.Write(
            data,
            new StringSet { Command = EthtoolUapi.ETHTOOL_GSTRINGS, Set = EthtoolUapi.ETH_SS_FEATURES, Count = (uint)count });
        Call(device, data, operation);
        for (var i = 0; i < count; i++)
        {
            var name = data.AsSpan(sizeof(StringSet) + i * EthtoolUapi.ETH_GSTRING_LEN, EthtoolUapi.ETH_GSTRING_LEN);
            if (UntilNul(name).SequenceEqual(feature))
                return i;
        }

        return -1;
    }

    private FeatureState ReadFeature(string device, string operation, int count, int index)
    {
        var blocks = (count + 31) / 32;
        var data = new byte[sizeof(FeatureBlocks) + blocks * sizeof(FeatureBlock)];
        MemoryMarshal.Write(data, new FeatureBlocks { Command = EthtoolUapi.ETHTOOL_GFEATURES, Count = (uint)blocks });
        Call(device, data, operation);
        var block = MemoryMarshal.Read<FeatureBlock>(data.AsSpan(sizeof(FeatureBlocks) + index / 32 * sizeof(FeatureBlock)));
        var bit = 1u << (index % 32);
        return new FeatureState(
            (block.Active & bit) != 0,
            (block.Available & ~block.NeverChanged & bit) != 0,
            (block.Requested & bit) != 0);
    }

    private void Call(string device, Span<byte> data, string operation)
    {
        if (device.Length >= InterfaceRequest.NameSize)
            throw new NetlinkException(operation, Errno.ENODEV);
        fixed (byte* bytes = data)
        {
            var request = new InterfaceRequest { Data = bytes };
            Encoding.Latin1.GetBytes(device, new Span<byte>(request.Name, InterfaceRequest.NameSize));
            if (ioctl(descriptor, EthtoolUapi.SIOCETHTOOL, &request) != 0)
                throw new NetlinkException(operation, errno);
        }
    }

    private static ReadOnlySpan<byte> UntilNul(ReadOnlySpan<byte> text) => text.IndexOf((byte)0) is >= 0 and var end ? text[..end] : text;
}
