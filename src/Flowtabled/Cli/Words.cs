using System.Text.Json;

namespace Flowtabled.Cli;

/// <summary>How things are spelled in JSON and for people.</summary>
internal static class Words
{
    /// <summary><c>SharedPort</c> becomes <c>shared_port</c>.</summary>
    public static string Snake(Enum value) => Snake(value.ToString());

    /// <summary>The same for a name.</summary>
    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>"1 connection", "2 connections".</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
