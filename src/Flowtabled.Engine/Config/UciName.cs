using System.Buffers;

namespace Flowtabled.Engine.Config;

/// <summary>What UCI allows as a name (uci util.c, <c>uci_validate_str</c>).</summary>
public static class UciName
{
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> NameChars = SearchValues.Create(Alphanumeric + "_");
    private static readonly SearchValues<char> PackageChars = SearchValues.Create(Alphanumeric + "_-");

    /// <summary>Whether a package, and so a file in /etc/config, can have this name: letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static bool IsPackage(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(PackageChars);

    /// <summary>Whether a section or an option can have this name, which is not empty: letters, digits and <c>_</c>.</summary>
    internal static bool IsName(string name) => !name.AsSpan().ContainsAnyExcept(NameChars);

    /// <summary>Whether a section can have this type, which is not empty: printable ASCII without the blank.</summary>
    internal static bool IsType(string type) => !type.AsSpan().ContainsAnyExceptInRange('!', '~');
}
