using System.Text;
using Flowtabled.Cli;
using Flowtabled.Daemon.Bus;
using Flowtabled.Engine.Config;
using Flowtabled.Metrics;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Cli;

/// <summary>The README's tables are the table of commands.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));

    [Fact]
    public void The_readme_lists_the_commands()
    {
        StringBuilder table = new("| command | what it does | options |\n|---|---|---|\n");
        foreach (Command command in CommandTable.All)
        {
            string options = string.Concat(command.Options.Select(static option => $"`{Escape(option.Usage)}` "));
            table.Append($"| `{command.Usage}` | {command.Summary} | {options}|\n");
        }

        Assert.Contains($"\n{table}\n", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_lists_the_options()
    {
        StringBuilder table = new("| option | what it means |\n|---|---|\n");
        foreach (Option option in CommandTable.All.SelectMany(static command => command.Options).Prepend(CommonOptions.Help).Distinct())
            table.Append($"| `{Escape(option.Usage)}` | {option.Summary} |\n");

        Assert.Contains($"\n{table}\n", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_lists_the_metrics()
    {
        StringBuilder table = new("| metric | type | labels | what it is |\n|---|---|---|---|\n");
        foreach (Metric metric in MetricTable.All)
        {
            string labels = string.Concat(metric.Labels.Select(static label => $"`{label}` "));
            table.Append($"| `{metric.SampleName}` | {(metric.IsCounter ? "counter" : "gauge")} | {labels}| {metric.Help} |\n");
        }

        Assert.Contains($"\n{table}\n", Readme, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_readme_lists_the_configurations_options(string introduction, string[] options)
    {
        var table = Readme[Readme.IndexOf(introduction, StringComparison.Ordinal)..].Split("\n\n")[1];
        var rows = table.Split('\n')[2..].Select(static row => row.Split('`')[1]);

        Assert.Equal(options, rows);
    }

    public static TheoryData<string, string[]> Sections() => new()
    {
        { "One section `config flowtabled 'main'`:", FlowtabledConfig.MainOptions },
        { "A section `config device` for", FlowtabledConfig.DeviceOptions },
        { "A section `config exclude` for", FlowtabledConfig.ExcludeOptions },
    };

    [Fact]
    public void The_readme_lists_the_methods_and_their_parameters()
    {
        var table = Readme[Readme.IndexOf("| method | what it answers | parameters |", StringComparison.Ordinal)..].Split("\n\n")[0];
        var rows = table.Split('\n')[2..].Select(static row => row.Split('|')).Select(static cells => $"{cells[1].Trim()} {cells[3].Trim()}");

        Assert.Equal(BusObject.Methods.Select(static method => $"`{method.Name}` {string.Join(", ", method.Parameters.Select(Describe))}"), rows);

        static string Describe(UbusParameter parameter) =>
            $"`{parameter.Name}` ({(parameter.Type switch
            {
                BlobType.Text => "string",
                BlobType.Array => "array of strings",
                BlobType.Number32 or BlobType.Number64 => "number",
                BlobType.Boolean => "boolean",
                var other => other.ToString(),
            })})";
    }

    private static string Escape(string usage) => usage.Replace("|", "\\|", StringComparison.Ordinal);
}
