namespace Flowtabled.Doctor.Checks;

/// <summary>Whether the configuration can be read, and what is doubtful in it: values that stop fw4 among others.</summary>
internal static class ConfigurationCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient)
    {
        var config = patient.Config;
        if (config.Problems.IsEmpty && config.Findings.IsEmpty)
            return [Diagnosis.Ok("it can be read, and nothing in it is doubtful")];
        return
        [
            .. config.Problems.Select(static problem => Diagnosis.Error($"{problem.File}: {problem.Reason}", "correct the file")),
            .. config.Findings.Select(static finding => Diagnosis.Of(finding.Severity, finding.ToString())),
        ];
    }
}
