using Flowtabled.Config;
using Flowtabled.Netlink;

namespace Flowtabled.Doctor;

/// <summary>What each check found.</summary>
internal sealed record Examination(IReadOnlyList<Result> Results)
{
    /// <summary>How often this was the verdict.</summary>
    public int Count(Verdict verdict) => Results.Where(result => result.Diagnosis.Verdict == verdict).Count;

    /// <summary>Whether something is not as it should be.</summary>
    public bool HasTrouble => Results.Any(static result => result.Diagnosis.Verdict >= Verdict.Warning);

    /// <summary>Makes every check. One that cannot look says so.</summary>
    public static Examination Of(Patient patient, IEnumerable<Check> checks)
    {
        var results = new List<Result>();
        foreach (var check in checks)
        {
            try
            {
                foreach (var diagnosis in check.Run(patient))
                    results.Add(new Result(check.Name, diagnosis));
            }
            catch (Exception e) when (e is CheckException or NetlinkException or IOException or UnauthorizedAccessException)
            {
                results.Add(new Result(check.Name, Diagnosis.Warning($"not checked: {FileBytes.Why(e)}")));
            }
        }

        return new Examination(results);
    }
}

/// <summary>One of what a check found.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Diagnosis">What it found.</param>
internal sealed record Result(string Check, Diagnosis Diagnosis);
