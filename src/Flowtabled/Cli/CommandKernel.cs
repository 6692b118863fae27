using Flowtabled.Config;
using Flowtabled.Daemon;
using Flowtabled.Kernel;
using Flowtabled.Native;

namespace Flowtabled.Cli;

/// <summary>What the commands need before they can say anything about the kernel.</summary>
internal static class CommandKernel
{
    /// <summary>Opens the kernel.</summary>
    /// <exception cref="CommandException">The process may not.</exception>
    public static KernelSession Open(bool plainTable)
    {
        RequireNetAdmin();
        return KernelSession.Open(plainTable);
    }

    /// <summary>Checks that the process may read and change nftables.</summary>
    /// <exception cref="CommandException">It may not.</exception>
    public static void RequireNetAdmin()
    {
        if (!Capabilities.Has(Capabilities.CAP_NET_ADMIN))
            throw new CommandException("reading and changing the kernel's tables takes CAP_NET_ADMIN: run it as root");
    }

    /// <summary>Reads a configuration that can be acted on. Without the right to act some files are not for this process either: that is said first.</summary>
    /// <exception cref="CommandException">It may not act, or a file cannot be read: file, reason and place.</exception>
    public static ConfigSnapshot ReadConfig(ConfigPaths paths)
    {
        RequireNetAdmin();
        return Complete(ConfigFiles.OfCommand(paths, new StateFile(paths.RunDirectory).ReadIfRunning()).Read());
    }

    /// <summary>A configuration, if it can be acted on.</summary>
    /// <exception cref="CommandException">A file of it could not be read: file, reason and place.</exception>
    public static ConfigSnapshot Complete(ConfigSnapshot config) =>
        config.IsComplete ? config : throw new CommandException(string.Join("; ", config.Problems));
}
