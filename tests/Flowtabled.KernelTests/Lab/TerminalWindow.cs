namespace Flowtabled.KernelTests.Lab;

/// <summary>A terminal of tmux with a shell in the router's namespace: what is on it can be read, and typed into it.</summary>
internal sealed class TerminalWindow : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flowtabled-tmux").FullName;

    public TerminalWindow(int columns, int rows)
    {
        var settings = Path.Combine(_directory, "conf");
        File.WriteAllText(settings, "set -g status off\nset -g default-terminal screen-256color\n");
        Tmux(
            "-f", settings, "new-session", "-d", "-x", $"{columns}", "-y", $"{rows}",
            "exec ip netns exec router env PS1='$ ' LC_ALL=C.UTF-8 bash --norc --noprofile");
        Await(static lines => lines[0].StartsWith('$'), "a prompt");
    }

    /// <summary>The lines on it, without blanks at their ends.</summary>
    public string[] Lines => Tmux("capture-pane", "-p").TrimEnd('\n').Split('\n');

    /// <summary>Whether a program has the screen for itself.</summary>
    public bool IsTaken => Ask("alternate_on") == "1";

    /// <summary>Whether it is as a shell wants it: it shows the cursor and wraps long lines.</summary>
    public bool IsPlain => Ask("alternate_on") + Ask("cursor_flag") + Ask("wrap_flag") == "011";

    /// <summary>The process that has the terminal now, whose parent is the shell.</summary>
    public string Foreground => Command.Run("pgrep", "-P", Ask("pane_pid")).Trim();

    /// <summary>Types a command and Enter.</summary>
    public void Enter(string command)
    {
        Tmux("send-keys", "-l", command);
        Tmux("send-keys", "Enter");
    }

    /// <summary>Presses a key by tmux's name: <c>q</c>, <c>C-c</c>.</summary>
    public void Press(string key) => Tmux("send-keys", key);

    public void Resize(int columns, int rows) => Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>Waits until it shows what it should; the lines.</summary>
    public string[] Await(Func<string[], bool> isRight, string what)
    {
        string[] lines = [];
        Eventually.Is(() => isRight(lines = Lines), what, otherwise: () => string.Join('\n', lines));
        return lines;
    }

    public void Dispose()
    {
        Tmux("kill-server");
        Directory.Delete(_directory, recursive: true);
    }

    private string Ask(string format) => Tmux("display-message", "-p", $"#{{{format}}}").Trim();

    private string Tmux(params string[] arguments) => Command.Run(["tmux", "-u", "-S", Path.Combine(_directory, "socket"), .. arguments]);
}
