using System.Text;

namespace Flowtabled.Engine.Config;

/// <summary>Renders a package as <c>uci show</c> prints it (uci cli.c).</summary>
public static class UciShow
{
    /// <summary>One line for each section and option: <c>firewall.@zone[0].name='lan'</c>.</summary>
    /// <param name="package">The package to print.</param>
    /// <param name="generatedNames">Names anonymous sections as libuci does, <c>firewall.cfg02dc81</c>: <c>uci -X show</c>.</param>
    /// <returns>Bytes for standard output: values are those of the file, in whatever encoding they were.</returns>
    public static byte[] Render(UciPackage package, bool generatedNames = false)
    {
        var text = new StringBuilder();
        var counts = new Dictionary<string, int>();
        foreach (var section in package.Sections)
        {
            var index = counts.GetValueOrDefault(section.Type);
            counts[section.Type] = index + 1;
            var name = section.IsAnonymous && !generatedNames ? $"@{section.Type}[{index}]" : section.Name;
            text.Append($"{package.Name}.{name}={section.Type}\n");
            foreach (var option in section.Options)
                AppendOption(text.Append($"{package.Name}.{name}.{option.Name}="), option);
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static void AppendOption(StringBuilder text, UciOption option)
    {
        var separator = "";
        foreach (var value in option.Values)
        {
            text.Append(separator).Append('\'').Append(value.Replace("'", @"'\''", StringComparison.Ordinal)).Append('\'');
            separator = " ";
        }

        text.Append('\n');
    }
}
