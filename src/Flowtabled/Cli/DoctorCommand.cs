using Flowtabled.Doctor;

namespace Flowtabled.Cli;

internal static class DoctorCommand
{
    private static readonly ValueOption UncommittedDirectory =
        new("--uncommitted-dir", "DIR", Places.Usual.Uncommitted, "where uci keeps changes until they are committed");

    public static readonly Command Command = new("doctor", "look for what keeps flows from being offloaded, and say what to do", Execute)
    {
        Options = [CommonOptions.Json, CommonOptions.ConfigDirectory, CommonOptions.RunDirectory, UncommittedDirectory],
    };

    private static int Execute(Invocation call)
    {
        using var patient = new Patient(call.Paths(), Places.Usual with { Uncommitted = call.Get(UncommittedDirectory) });
        var examination = Examination.Of(patient, CheckTable.All);
        if (call.Has(CommonOptions.Json))
            JsonOutput.Write(call.Output, json => ExaminationJson.Write(json, examination));
        else
            ExaminationText.Write(call.Output, examination);
        return examination.HasTrouble ? ExitStatus.Findings : ExitStatus.Fine;
    }
}
