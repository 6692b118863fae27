namespace Flowtabled.Daemon;

/// <summary>The file by which an init script says that the daemon ends only to begin again: the tables stay for the next one.</summary>
/// <param name="runDirectory">Where programs keep state until the next boot.</param>
internal sealed class RestartNotice(string runDirectory)
{
    private readonly string _path = Path.Combine(runDirectory, "flowtabled", "keep");

    public bool IsThere => File.Exists(_path);

    /// <summary>It holds for one end.</summary>
    public void Remove()
    {
        if (IsThere)
            File.Delete(_path);
    }
}
