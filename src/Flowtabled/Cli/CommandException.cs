namespace Flowtabled.Cli;

/// <summary>A command cannot do what it was asked; the message is for the user and says what to do about it.</summary>
/// <param name="message">A sentence.</param>
/// <param name="exitStatus">What the program ends with, an <see cref="ExitStatus"/>.</param>
internal sealed class CommandException(string message, int exitStatus = ExitStatus.Failed) : Exception(message)
{
    public int ExitStatus => exitStatus;
}
