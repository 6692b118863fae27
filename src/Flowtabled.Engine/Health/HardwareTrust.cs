using Flowtabled.Engine.Flows;

namespace Flowtabled.Engine.Health;

/// <summary>
/// Whether connections are left to the hardware. When several seem to starve there all of them are moved out for a moment: those that flow in
/// software were starving, and hardware stays out of use, each time for twice as long; else it was a false alarm. Times are milliseconds.
/// </summary>
/// <param name="window">How long traffic must show something before it is believed.</param>
public sealed class HardwareTrust(long window)
{
    // Windows: of ten seconds, they are half a minute, five minutes and a day.
    private const int TestTime = 3;
    private const int FirstBan = 30;
    private const int FirstRest = 30;
    private const int Longest = 8640;

    private readonly HashSet<ulong> _suspects = [];
    private int _bans;
    private int _falseAlarms;
    private long? _testedAt;
    private long? _bannedUntil;
    private long _restUntil;

    /// <summary>Why no connection should be in hardware for now; <see langword="null"/> while it is trusted.</summary>
    public string? Distrust { get; private set; }

    /// <summary>Whether connections are looked at in software for a while.</summary>
    public bool IsTesting => _testedAt is not null;

    /// <summary>Milliseconds until hardware is tried again; <see langword="null"/> while nothing waits for that.</summary>
    public long? DueIn(long now) => _bannedUntil is { } until ? Math.Max(0, until - now) : null;

    /// <summary>The user changed something, or asks: hardware is as good as new.</summary>
    public void Pardon()
    {
        _suspects.Clear();
        (_bans, _falseAlarms, _testedAt, _bannedUntil, _restUntil, Distrust) = (0, 0, null, null, 0, null);
    }

    /// <summary>The time of a ban may be over.</summary>
    public void Expire(long now)
    {
        if (now >= _bannedUntil)
            (_bannedUntil, Distrust) = (null, null);
    }

    /// <summary>These seem to starve: unless that was a false alarm a while ago, a test begins.</summary>
    internal void Suspect(List<Flow> starving, long now)
    {
        if (Distrust is not null || now < _restUntil)
            return;
        _suspects.Clear();
        foreach (var flow in starving)
            _suspects.Add(flow.Key);
        _testedAt = now;
        Distrust = $"{starving.Count} connections seem to starve in the chip; whether they flow in software is being tested";
    }

    /// <summary>Looks at the suspects, which are in software by now.</summary>
    internal void Test(FlowTable flows, long now)
    {
        if (now - _testedAt < TestTime * window)
            return;
        var (present, flowing) = (0, 0);
        foreach (var flow in flows.Flows)
        {
            if (!_suspects.Contains(flow.Key))
                continue;
            present++;
            if (!flow.IsInHardware && flow.Original.Moves > 1 && flow.Reply.Moves > 1)
                flowing++;
        }

        _testedAt = null;
        if (flowing > 1 && flowing * 2 >= present)
            Ban(flowing, now);
        else
            Acquit(now);
    }

    private void Ban(int flowing, long now)
    {
        var time = Growing(FirstBan, _bans++);
        _bannedUntil = now + time;
        Distrust = $"{flowing} connections starved in the chip and flow in software; it gets another chance after {Span(time)}";
    }

    private void Acquit(long now)
    {
        _restUntil = now + Growing(FirstRest, _falseAlarms++);
        Distrust = null;
    }

    private long Growing(int first, int times) => Math.Min((long)first << Math.Min(times, 20), Longest) * window;

    private static string Span(long time) => time < 3_600_000 ? $"{Math.Max(1, time / 60_000)} min" : $"{time / 3_600_000} h";
}
