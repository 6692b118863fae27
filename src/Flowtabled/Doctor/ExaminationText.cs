using Flowtabled.Cli;

namespace Flowtabled.Doctor;

/// <summary>Prints an examination for people, 80 columns wide.</summary>
internal static class ExaminationText
{
    private const int NameWidth = 18;

    public static void Write(TextWriter output, Examination examination)
    {
        var columns = new Columns("warning".Length, NameWidth);
        foreach (var (check, diagnosis) in examination.Results)
        {
            columns.Add(Words.Snake(diagnosis.Verdict), check, diagnosis.Message);
            if (diagnosis.Remedy is { } remedy)
                columns.Add("", "", $"-> {remedy}");
        }

        columns.Write(output);
        output.WriteLine();
        output.WriteLine(Summary(examination.Count(Verdict.Error), examination.Count(Verdict.Warning)));
    }

    private static string Summary(int errors, int warnings) => errors + warnings == 0
        ? "nothing is wrong"
        : $"{Words.Count(errors, "error")}, {Words.Count(warnings, "warning")}";
}
