using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Flowtabled.Tests.Abi;

/// <summary>A constant that C has too, under the same name.</summary>
internal sealed partial record CConstant(string Name, object Value, string Place)
{
    /// <summary>
    /// The kernel that brought a constant, for those that Debian 12's headers (6.1) lack: checked where the headers are as new.
    /// </summary>
    private static readonly Dictionary<string, Version> s_since = new()
    {
        ["IFLA_DSA_CONDUIT"] = new(6, 7),
        ["NFT_TABLE_F_PERSIST"] = new(6, 9),
    };

    /// <summary>The consts of a class that have C names, which are in capitals.</summary>
    public static CConstant[] Of(Type type) =>
    [
        .. type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(f => f.IsLiteral && CName().IsMatch(f.Name))
            .Select(f => new CConstant(f.Name, f.GetRawConstantValue()!, $"{type.FullName}.{f.Name}")),
    ];

    /// <summary>
    /// A C program that does not compile where a constant has another value in C, or none.
    /// It includes netlink.h because nfnetlink.h needs it and does not.
    /// </summary>
    public static string Program(IEnumerable<string> headers, IEnumerable<CConstant> constants) => $"""
        #include <linux/version.h>
        #include <linux/netlink.h>
        {string.Concat(headers.Select(h => $"#include <{h}>\n"))}
        {string.Concat(constants.Select(c => c.Assertion))}
        """;

    private string Assertion
    {
        get
        {
            var value = Convert.ToString(Value, CultureInfo.InvariantCulture);
            var assertion = $"_Static_assert({Comparison}, \"{Place} is {value}: C says otherwise\");\n";
            return s_since.TryGetValue(Name, out var since)
                ? $"#if LINUX_VERSION_CODE >= KERNEL_VERSION({since.Major}, {since.Minor}, 0)\n{assertion}#endif\n"
                : assertion;
        }
    }

    private string Comparison => Value switch
    {
        string text => $"__builtin_strcmp({Name}, \"{text}\") == 0",
        ulong number => $"(unsigned long long)({Name}) == {number}ULL",
        _ => $"(long long)({Name}) == {Convert.ToInt64(Value, CultureInfo.InvariantCulture)}LL",
    };

    [GeneratedRegex("^[A-Z0-9_]{3,}$")]
    private static partial Regex CName();
}
