using System.Text.Json;
using Flowtabled.Cli;

namespace Flowtabled.Doctor;

/// <summary>
/// Prints an examination for programs. Its shape, whose names and meanings stay while <c>version</c> does:
/// <code>
/// version     1
/// errors      how many
/// warnings    how many
/// checks      [ { check, verdict ("ok", "info", "warning", "error"), message, remedy (string or null) } ], of a check one or more
/// </code>
/// </summary>
internal static class ExaminationJson
{
    public const int Version = 1;

    public static void Write(Utf8JsonWriter json, Examination examination)
    {
        json.WriteNumber("version", Version);
        json.WriteNumber("errors", examination.Count(Verdict.Error));
        json.WriteNumber("warnings", examination.Count(Verdict.Warning));
        json.WriteStartArray("checks");
        foreach (var (check, diagnosis) in examination.Results)
        {
            json.WriteStartObject();
            json.WriteString("check", check);
            json.WriteString("verdict", Words.Snake(diagnosis.Verdict));
            json.WriteString("message", diagnosis.Message);
            json.WriteString("remedy", diagnosis.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
