using System.Text.Json;

namespace Flowtabled.KernelTests.Lab;

/// <summary>Other programs' judgement of what a command printed.</summary>
internal static class Checker
{
    /// <summary>The command's JSON is as src/schema says, and has no other members: Python's jsonschema.</summary>
    /// <param name="schema"><c>status</c> or <c>flows</c>.</param>
    /// <param name="call">The command.</param>
    public static void AssertFits(string schema, ProgramCall call) =>
        Assert.Equal("", Ask(call.Output, $"schema/complaints.py {AppContext.BaseDirectory}schema/{schema}.schema.json"));

    /// <summary>The values of metrics as Prometheus' client for Python reads them.</summary>
    /// <param name="text">The metrics.</param>
    /// <param name="isOpenMetrics">Whether they are in that form; else in Prometheus' older one.</param>
    public static string[] ReadMetrics(string text, bool isOpenMetrics)
    {
        using var json = JsonDocument.Parse(Ask(text, $"metrics/families.py prometheus_client.{(isOpenMetrics ? "openmetrics." : "")}parser"));
        return [.. json.RootElement.EnumerateArray().SelectMany(static family => family[4].EnumerateArray().Select(static sample => sample[1].GetString()!))];
    }

    private static string Ask(string text, string script)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return Command.Run(["/usr/bin/python3", .. $"{AppContext.BaseDirectory}{script} {file}".Split(' ')]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
