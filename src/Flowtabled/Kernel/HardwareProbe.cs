using System.Collections.Immutable;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;

namespace Flowtabled.Kernel;

/// <summary>
/// Asks the kernel which ports can be bound to hardware: a batch that makes a hardware flowtable over one port and is never committed. The
/// driver really binds and unbinds; nothing stays and nobody is notified. That a driver can or cannot holds as long as the device does;
/// whatever else was in the way is asked about again.
/// </summary>
internal sealed class HardwareProbe(NftClient nft)
{
    // It has no hardware, so a kernel that takes it hides what drivers refuse (OpenWrt's kernels ignore EOPNOTSUPP when binding).
    private const string Loopback = "lo";

    private const string CannotOffload = "its driver takes no flows";

    private readonly Dictionary<int, Answer> _answers = [];
    private readonly NftBatch _batch = new();
    private bool? _hidesRefusals;

    /// <summary>Asks for each port that there is no answer for yet.</summary>
    /// <param name="ports">The ports; none where no hardware is wanted, and then nothing is asked.</param>
    /// <param name="devices">The devices as they are.</param>
    /// <param name="table">Our table for hardware: a port that is bound there can be, and a driver may refuse to bind it twice.</param>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public HardwareCapabilities Ask(ImmutableArray<string> ports, DeviceGraph devices, ObservedTable? table)
    {
        if (ports.IsEmpty)
            return HardwareCapabilities.NotAsked;

        _hidesRefusals ??= Bind(Loopback) is null;
        var refusals = new Dictionary<string, string>(StringComparer.Ordinal);
        var obstacles = new Dictionary<string, string>(StringComparer.Ordinal);
        Forget(devices);
        foreach (var port in ports)
        {
            if (devices.Find(port) is { } device && !IsBound(port, table) && Find(device) is { } refusal)
                (refusal == CannotOffload ? refusals : obstacles)[port] = refusal;
        }

        // What such a kernel does not hide would have it refuse the whole batch.
        var unknown = _hidesRefusals.Value ? HardwareCapabilities.Hidden.Unknown : null;
        return new HardwareCapabilities(unknown, refusals) { Obstacles = obstacles };
    }

    /// <summary>Forgets what could be bound: something that was to be changed was refused, and it may be that.</summary>
    public void Doubt() => _answers.Clear();

    private string? Find(Device device)
    {
        if (_answers.TryGetValue(device.Index, out var answer))
            return answer.Refusal;
        var refusal = Bind(device.Name);
        if (refusal is null or CannotOffload)
            _answers[device.Index] = new Answer(refusal);
        return refusal;
    }

    // A device that comes back, with another driver perhaps, has a new index.
    private void Forget(DeviceGraph devices)
    {
        foreach (var index in _answers.Keys)
        {
            if (devices.Find(index) is null)
                _answers.Remove(index);
        }
    }

    private static bool IsBound(string port, ObservedTable? table) =>
        table is not null && table.Flowtables.Any(flowtable => flowtable.Flags.HasFlag(FlowtableFlags.HwOffload) && flowtable.Devices.Contains(port));

    private string? Bind(string device)
    {
        var table = BatchMapper.Inet("flowtabled-probe");
        _batch.Clear();
        _batch.Add(new NftTable(table), exclusive: true);
        _batch.Add(new NftFlowtable(table, "hw") { Flags = NftFlowtableFlags.HwOffload, Devices = [device] });
        try
        {
            nft.Check(_batch);
            return null;
        }
        catch (NftBatchException e)
        {
            return e.Errno switch
            {
                Errno.EOPNOTSUPP => CannotOffload,
                Errno.EBUSY => "its driver is taken by another program",
                Errno.ENOENT => "it has gone",
                _ => $"{Errno.Name(e.Errno)} ({Errno.Text(e.Errno)})",
            };
        }
    }

    private sealed record Answer(string? Refusal);
}
