using System.Collections.Immutable;
using Flowtabled.Netlink;

namespace Flowtabled.Doctor;

/// <summary>What each check found.</summary>
internal sealed record Examination(ImmutableArray<(string Check, Diagnosis Diagnosis)> Rows)
{
    /// <summary>How often this was the verdict.</summary>
    public int Count(Verdict verdict) => Rows.Where(row => row.Diagnosis.Verdict == verdict).ToList().Count;

    /// <summary>Whether something is not as it should be.</summary>
    public bool HasTrouble => Rows.Any(static row => row.Diagnosis.Verdict >= Verdict.Warning);

    /// <summary>Makes every check. One that cannot look says so.</summary>
    public static Examination Of(Patient patient, IEnumerable<Check> checks)
    {
        var rows = ImmutableArray.CreateBuilder<(string, Diagnosis)>();
        foreach (var check in checks)
        {
            try
            {
                foreach (var diagnosis in check.Run(patient))
                    rows.Add((check.Name, diagnosis));
            }
            catch (Exception e) when (e is CheckException or NetlinkException or IOException or UnauthorizedAccessException)
            {
                rows.Add((check.Name, Diagnosis.Warning($"not checked: {e.Message}")));
            }
        }

        return new Examination(rows.ToImmutable());
    }
}
