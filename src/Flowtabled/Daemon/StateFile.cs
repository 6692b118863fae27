using System.Text;
using Flowtabled.Config;

namespace Flowtabled.Daemon;

/// <summary>The file by which the daemon tells the commands what only it knows. It is replaced whole, so that no reader finds half of it.</summary>
internal sealed class StateFile(string runDirectory)
{
    public string FilePath { get; } = Path.Combine(runDirectory, "flowtabled", "state");

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(DaemonState state) => FileBytes.Replace(FilePath, Encoding.UTF8.GetBytes(state.Format()));

    public void Remove() => File.Delete(FilePath);

    /// <summary>The state of the daemon that runs; null when none does, or when the file is another version's.</summary>
    public DaemonState? ReadIfRunning()
    {
        try
        {
            return DaemonState.Parse(Encoding.UTF8.GetString(File.ReadAllBytes(FilePath))) is { } state
                && state.Program == BuildVersion.Current.Number
                && IsRunning(state.Pid)
                ? state
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A crash leaves the file behind, and its process id may be another program's by now.
    private static bool IsRunning(int pid)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline")).Contains("flowtabled", StringComparison.OrdinalIgnoreCase);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
