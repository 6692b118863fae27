using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Names of devices in a nest (enum nft_devices_attributes, linux/netfilter/nf_tables.h).</summary>
internal static class DeviceList
{
    public static ValueArray<string> Read(AttributeReader list)
    {
        var devices = new List<string>();
        while (list.Read())
        {
            if (list.Type == NfTables.NFTA_DEVICE_NAME)
                devices.Add(list.GetString());
        }

        return new ValueArray<string>([.. devices]);
    }
}
