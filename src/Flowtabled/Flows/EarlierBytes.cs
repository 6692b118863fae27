using System.Diagnostics;
using Flowtabled.Kernel;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Flows;

/// <summary>What each connection had carried when it was listed before: rates come of it.</summary>
internal sealed class EarlierBytes : IConntrackHandler
{
    private readonly Dictionary<ulong, Count> _counts = [];
    private long _at = Stopwatch.GetTimestamp();

    public void Restart()
    {
        _counts.Clear();
        _at = Stopwatch.GetTimestamp();
    }

    public void Handle(in ConntrackEntry entry)
    {
        if (Connection.BytesOf(in entry) is { } bytes)
            _counts[ConnectionKey.Of(in entry.Original)] = new Count(entry.Id, bytes);
    }

    /// <summary>Bytes a second since then; null where they are not counted. Of one that began since then all bytes count.</summary>
    public ulong? RateOf(in ConntrackEntry entry)
    {
        if (Connection.BytesOf(in entry) is not { } bytes)
            return null;
        // Another entry for the same ends counts from zero.
        var isSame = _counts.TryGetValue(ConnectionKey.Of(in entry.Original), out var before) && before.Id == entry.Id && before.Bytes <= bytes;
        var seconds = Math.Max(0.001, Stopwatch.GetElapsedTime(_at).TotalSeconds);
        return (ulong)((isSame ? bytes - before!.Bytes : bytes) / seconds);
    }

    private sealed class Count(uint id, ulong bytes)
    {
        public uint Id => id;

        public ulong Bytes => bytes;
    }
}
