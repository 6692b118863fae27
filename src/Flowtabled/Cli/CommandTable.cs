namespace Flowtabled.Cli;

/// <summary>Every command. A new one is a file with a <see cref="Command"/> and a line here.</summary>
internal static class CommandTable
{
    public static Command[] All { get; } =
    [
        RunCommand.Command,
        PlanCommand.Command,
        ApplyCommand.Command,
        StatusCommand.Command,
        FlowsCommand.Command,
        MetricsCommand.Command,
        KickCommand.Command,
        DoctorCommand.Command,
        HwCommand.Command,
        ConfigCommand.Command,
        VersionCommand.Command,
        HelpCommand.Command,
        CompletionCommand.Command,
    ];
}
