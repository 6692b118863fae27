using System.Collections.Immutable;
using System.Text;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Native;

namespace Flowtabled.Config;

/// <summary>The record of the trial of hardware: beside the configuration, since it must be there after the machine went down.</summary>
internal sealed class TrialFile(string path)
{
    public string FilePath => path;

    /// <summary>The record, null when there is none; and what is wrong with it. One that cannot be read is none: the next trial writes another.</summary>
    public (HardwareTrial? Trial, ImmutableArray<ConfigFinding> Findings) Read()
    {
        try
        {
            if (FileBytes.ReadTextIfExists(path) is not { } text)
                return (null, []);
            return TrialText.Parse(text, out var line) is { } trial
                ? (trial, [])
                : (null, [Wrong(line, "this is not what flowtabled wrote; hardware begins its trial as if there were no such file")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, [Wrong(null, $"cannot be read: {FileBytes.Why(e)}")]);
        }
    }

    /// <summary>Writes it, for good.</summary>
    /// <exception cref="IOException">It cannot be written; what was recorded is still.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(HardwareTrial trial) => FileBytes.Replace(path, Encoding.Latin1.GetBytes(TrialText.Of(trial)), durable: true);

    /// <summary>Removes it, for good; whether there was one.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public bool Remove()
    {
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        Disk.Sync(Path.GetDirectoryName(path)!);
        return true;
    }

    private ConfigFinding Wrong(int? line, string what) => new(FindingSeverity.Warning, path, null, null, line, what);
}
