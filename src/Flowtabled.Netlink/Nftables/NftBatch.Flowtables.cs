using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Flowtables.</summary>
public sealed partial class NftBatch
{
    // NFT_NETDEVICE_MAX (net/netfilter/nf_tables_api.c) is 256, and the kernel refuses that many already (EFBIG).
    private const int MaxDevices = 255;

    /// <summary>
    /// Makes a flowtable, of more than 255 devices in several messages; where one is there, adds the devices that it lacks and sets its
    /// counter flag. The kernel refuses: ENOENT for a device that is not there; EEXIST for one that another flowtable of the table has;
    /// EOPNOTSUPP for one whose hardware cannot, for another priority or another hardware flag than it has, for a flag that the kernel does
    /// not know.
    /// </summary>
    public void Add(NftFlowtable flowtable, bool exclusive = false)
    {
        var devices = flowtable.Devices.Span;
        var first = devices[..Math.Min(devices.Length, MaxDevices)];
        var writer = Begin(
            NfTables.NFT_MSG_NEWFLOWTABLE,
            Create(exclusive),
            flowtable.Table.Family,
            $"add flowtable {flowtable}",
            out var message);
        FlowtableCodec.Write(writer, flowtable, first);
        writer.End(message);
        if (devices.Length > MaxDevices)
            UpdateFlowtable(flowtable.Table, flowtable.Name, flowtable.Flags, devices[MaxDevices..]);
    }

    /// <summary>
    /// Sets the counter flag of a flowtable and adds devices, none of them included; flows of its other devices stay. All flags must be
    /// given: the kernel takes a flag that is left out for one to be cleared.
    /// </summary>
    public void UpdateFlowtable(NftTableName table, string flowtable, NftFlowtableFlags flags, ReadOnlySpan<string> devices)
    {
        do
        {
            var chunk = devices[..Math.Min(devices.Length, MaxDevices)];
            devices = devices[chunk.Length..];
            var writer = Begin(
                NfTables.NFT_MSG_NEWFLOWTABLE, 0, table.Family, $"add devices to flowtable {table} {flowtable}", out var message);
            FlowtableCodec.WriteName(writer, table, flowtable);
            FlowtableCodec.WriteUpdate(writer, chunk);
            FlowtableCodec.WriteFlags(writer, flags);
            writer.End(message);
        }
        while (!devices.IsEmpty);
    }

    /// <summary>
    /// Takes devices out of a flowtable; flows of its other devices stay. The kernel refuses: ENOENT for a device that is not in it.
    /// </summary>
    public void RemoveDevices(NftTableName table, string flowtable, ReadOnlySpan<string> devices)
    {
        while (!devices.IsEmpty)
        {
            var chunk = devices[..Math.Min(devices.Length, MaxDevices)];
            devices = devices[chunk.Length..];
            var writer = Begin(
                NfTables.NFT_MSG_DELFLOWTABLE, 0, table.Family, $"remove devices from flowtable {table} {flowtable}", out var message);
            FlowtableCodec.WriteName(writer, table, flowtable);
            FlowtableCodec.WriteUpdate(writer, chunk);
            writer.End(message);
        }
    }

    /// <summary>Deletes a flowtable. The kernel refuses: ENOENT, EBUSY while a rule adds flows to it.</summary>
    public void DeleteFlowtable(NftTableName table, string flowtable)
    {
        var writer = Begin(NfTables.NFT_MSG_DELFLOWTABLE, 0, table.Family, $"delete flowtable {table} {flowtable}", out var message);
        FlowtableCodec.WriteName(writer, table, flowtable);
        writer.End(message);
    }
}
