using Flowtabled.Config;
using Flowtabled.Engine.Config;

namespace Flowtabled.Cli;

internal static class ConfigCommand
{
    private static readonly Argument Package = new("PACKAGE", "one of the packages that are read")
    {
        IsOptional = true,
        Choices = ConfigPaths.Packages,
    };

    public static readonly Command Command = new("config", "print the configuration as it was read, in the form of uci show", Execute)
    {
        Arguments = [Package],
        Options = [CommonOptions.ConfigDirectory, CommonOptions.RunDirectory],
    };

    private static int Execute(Invocation call)
    {
        var paths = call.Paths();
        foreach (var package in call.Get(Package) is { } one ? [one] : ConfigPaths.Packages)
        {
            var file = paths.InEffect(package);
            try
            {
                if (FileBytes.ReadIfExists(file) is { } bytes)
                    call.Write(UciShow.Render(UciParser.Parse(package, bytes)));
                else
                    call.Error.WriteLine($"{file} does not exist: what it could say has its default");
            }
            catch (Exception e) when (e is UciParseException or IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"{file}: {FileBytes.Why(e)}");
            }
        }

        return ExitStatus.Fine;
    }
}
