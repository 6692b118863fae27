using System.Text;
using System.Text.Json;

namespace Flowtabled.Tests.Config;

/// <summary>A file, and what the real uci said about it: an error, or what it shows without and with -X.</summary>
internal sealed record UciRecording(string Name, byte[] File, string? Error, string? Show, string? ShowX)
{
    public static UciRecording[] Load(string path)
    {
        using var document = JsonDocument.Parse(Fixture.Read(path));
        var cases = document.RootElement.GetProperty("cases").EnumerateArray();
        return [.. cases.Select((recording, index) => FromJson(recording, $"{path}[{index}]"))];
    }

    private static UciRecording FromJson(JsonElement recording, string name)
    {
        var show = Text("show");
        return new(Text("name") ?? name, Encoding.Latin1.GetBytes(Text("file")!), Text("error"), show, Text("showX") ?? show);

        string? Text(string property) => recording.TryGetProperty(property, out var value) ? value.GetString() : null;
    }
}
