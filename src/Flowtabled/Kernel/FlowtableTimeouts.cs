using System.Globalization;
using System.Text;
using Flowtabled.Config;

namespace Flowtabled.Kernel;

/// <summary>
/// How long flows stay in every flowtable of this network namespace without a packet. What the kernel had is kept in a file until it has it
/// again: whoever starts after a kill finds it there.
/// </summary>
/// <param name="runDirectory">Where the file is.</param>
/// <param name="sysctls">Where the kernel's switches are.</param>
internal sealed class FlowtableTimeouts(string runDirectory, string sysctls = "/proc/sys")
{
    private static readonly string[] Names = ["net/netfilter/nf_flowtable_tcp_timeout", "net/netfilter/nf_flowtable_udp_timeout"];

    private int? _set;

    public string FilePath { get; } = Path.Combine(runDirectory, "flowtabled", "flowtable-timeouts");

    /// <summary>Sets both, in seconds. With 0 flows leave software within two seconds, and hardware when their time is up.</summary>
    /// <exception cref="IOException">They cannot be read or set, or what they were cannot be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    public void Set(int seconds)
    {
        if (_set == seconds)
            return;
        if (!File.Exists(FilePath))
            FileBytes.Replace(FilePath, Encoding.Latin1.GetBytes(string.Concat(Names.Select(name => $"{name} {Read(name)}\n"))));
        foreach (var name in Names)
            Write(name, seconds.ToString(CultureInfo.InvariantCulture));
        _set = seconds;
    }

    /// <summary>Gives back what was there before the first <see cref="Set"/>, this program's or one's before it.</summary>
    /// <exception cref="IOException">It cannot be read or set.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    public void Restore()
    {
        if (!File.Exists(FilePath) || FileBytes.ReadTextIfExists(FilePath) is not { } text)
            return;
        foreach (var line in text.Split('\n'))
        {
            var end = line.IndexOf(' ', StringComparison.Ordinal);
            if (end > 0 && Names.Contains(line[..end]))
                Write(line[..end], line[(end + 1)..]);
        }

        File.Delete(FilePath);
        _set = null;
    }

    private string Read(string name) => Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(sysctls, name))).Trim();

    private void Write(string name, string value) => File.WriteAllText(Path.Combine(sysctls, name), value);
}
