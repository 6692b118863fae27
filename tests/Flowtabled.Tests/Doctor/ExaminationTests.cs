using Flowtabled.Cli;
using Flowtabled.Config;
using Flowtabled.Doctor;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Doctor;

public sealed class ExaminationTests
{
    private static readonly Check Fine = new("fine", static _ => [Diagnosis.Ok("as it should be")]);
    private static readonly Check Told = new("told", static _ => [Diagnosis.Info("good to know", "read on")]);
    private static readonly Check Several = new("several", static _ => [Diagnosis.Warning("so so"), Diagnosis.Error("broken", "mend it")]);

    [Fact]
    public void Text_has_a_line_for_each_diagnosis_and_one_for_what_to_do()
        => Assert.Equal(
            """
            ok       fine     as it should be
            info     told     good to know
                              -> read on
            warning  several  so so
            error    several  broken
                              -> mend it

            1 error, 1 warning

            """,
            Text(Examine(Fine, Told, Several)));

    [Fact]
    public void Text_of_nothing_wrong_says_so()
        => Assert.EndsWith("\n\nnothing is wrong\n", Text(Examine(Fine, Told)));

    [Fact]
    public void Json_says_the_same()
        => Assert.Equal(
            """
            {
              "version": 1,
              "errors": 1,
              "warnings": 1,
              "checks": [
                {
                  "check": "told",
                  "verdict": "info",
                  "message": "good to know",
                  "remedy": "read on"
                },
                {
                  "check": "several",
                  "verdict": "warning",
                  "message": "so so",
                  "remedy": null
                },
                {
                  "check": "several",
                  "verdict": "error",
                  "message": "broken",
                  "remedy": "mend it"
                }
              ]
            }

            """,
            Json(Examine(Told, Several)));

    [Theory]
    [InlineData("Ok", false)]
    [InlineData("Info", false)]
    [InlineData("Warning", true)]
    [InlineData("Error", true)]
    public void A_warning_is_trouble(string verdict, bool expected)
    {
        var diagnosis = new Diagnosis(Enum.Parse<Verdict>(verdict), "message");

        Assert.Equal(expected, Examine(new Check("check", _ => [diagnosis])).HasTrouble);
    }

    public static TheoryData<Exception> Obstacles =>
    [
        new CheckException("why"),
        new NetlinkException("why", Errno.EPERM),
        new IOException("why"),
        new UnauthorizedAccessException("why"),
    ];

    [Theory]
    [MemberData(nameof(Obstacles), DisableDiscoveryEnumeration = true)]
    public void A_check_that_cannot_look_says_so_and_the_others_go_on(Exception obstacle)
    {
        var examination = Examine(new Check("blind", _ => throw obstacle), Fine);

        Assert.Equal(
            [new Result("blind", Diagnosis.Warning($"not checked: {obstacle.Message}")), new Result("fine", Diagnosis.Ok("as it should be"))],
            examination.Results);
    }

    [Fact]
    public void A_fault_of_a_check_is_not_taken_for_a_finding()
        => Assert.Throws<InvalidOperationException>(
            static () => Examine(new Check("faulty", static _ => throw new InvalidOperationException())));

    [Fact]
    public void Names_of_checks_are_unique_and_lower_case()
    {
        Assert.Distinct(CheckTable.All.Select(static check => check.Name));
        Assert.All(CheckTable.All, static check => Assert.Matches("^[a-z_]{1,18}$", check.Name));
    }

    private static Examination Examine(params Check[] checks)
    {
        using var patient = new Patient(new ConfigPaths("/nonexistent", "/nonexistent"), new Places("/nonexistent", "/nonexistent", "/nonexistent"));
        return Examination.Of(patient, checks);
    }

    private static string Text(Examination examination)
    {
        using StringWriter output = new() { NewLine = "\n" };
        ExaminationText.Write(output, examination);
        return output.ToString();
    }

    private static string Json(Examination examination)
    {
        using StringWriter output = new() { NewLine = "\n" };
        JsonOutput.Write(output, json => ExaminationJson.Write(json, examination));
        return output.ToString();
    }
}
