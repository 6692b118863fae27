using System.Text.Json;

namespace Flowtabled.Cli;

/// <summary>How the members of enumerations are spelled in JSON and for people.</summary>
internal static class Words
{
    /// <summary><c>SharedPort</c> becomes <c>shared_port</c>.</summary>
    public static string Snake(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
