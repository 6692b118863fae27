using System.Collections.Immutable;

namespace Flowtabled.Engine.Health;

/// <summary>
/// Keeps findings as first told while there is evidence for them, and for some time after that: traffic comes and goes. Times are milliseconds.
/// </summary>
/// <param name="patience">How long without evidence a finding is kept.</param>
internal sealed class FindingLatch(long patience)
{
    private readonly List<Latched> _findings = [];

    /// <summary>The findings that hold, in the order in which they came up.</summary>
    public ImmutableArray<Finding> All => [.. _findings.Select(static latched => latched.Finding)];

    /// <summary>There is evidence.</summary>
    /// <param name="finding">For what.</param>
    /// <param name="now">The time.</param>
    /// <param name="isExact">Whether its words take the place of those of a finding that holds already; else they stay as they are.</param>
    public void Raise(Finding finding, long now, bool isExact = false)
    {
        foreach (var latched in _findings)
        {
            if (latched.Finding.Code == finding.Code && latched.Finding.Place == finding.Place)
            {
                latched.SeenAt = now;
                if (isExact)
                    latched.Finding = finding;
                return;
            }
        }

        _findings.Add(new Latched(finding) { SeenAt = now });
    }

    /// <summary>Drops those that there is no evidence for any more.</summary>
    public void Expire(long now) => _findings.RemoveAll(latched => now - latched.SeenAt > patience);
    private sealed class Latched(Finding finding)
    {
        public Finding Finding { get; set; } = finding;

        public long SeenAt { get; set; }
    }
}
