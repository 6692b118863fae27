namespace Flowtabled.Config;

/// <summary>A file that could not be read or parsed.</summary>
/// <param name="File">Its path.</param>
/// <param name="Reason">Why: <c>Parse error (invalid command) at line 3, byte 1</c>.</param>
/// <param name="KeepsEarlier">Whether what was read from it before is still in effect.</param>
internal sealed record ConfigProblem(string File, string Reason, bool KeepsEarlier)
{
    public override string ToString() =>
        $"{File}: {Reason}; " + (KeepsEarlier ? "what was read before stays in effect" : "nothing is changed until it can be read");
}
