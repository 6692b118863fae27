namespace Flowtabled.Doctor.Checks;

/// <summary>Whether the daemon runs, and can do what it should.</summary>
internal static class DaemonCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient) =>
    [
        patient.Daemon switch
        {
            null => Diagnosis.Warning("the daemon does not run: devices that come and go are not followed", "service flowtabled start"),
            { Refusal: { } refusal } daemon =>
                Diagnosis.Error($"the daemon (pid {daemon.Pid}) cannot do what it should, and tries again: {refusal}"),
            { } daemon => Diagnosis.Ok($"the daemon runs (pid {daemon.Pid})"),
        },
    ];
}
