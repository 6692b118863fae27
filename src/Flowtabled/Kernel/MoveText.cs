namespace Flowtabled.Kernel;

/// <summary>Says that connections were moved, and why.</summary>
internal static class MoveText
{
    public const string OutOfHardware = "moved out of hardware";

    public const string IntoHardware = "moved to where hardware can take them";

    public const string Excluded = "moved to the slow path, excluded now";

    public const string TakenOver = "taken over from the firewall's flowtable";

    /// <summary>For people; null when none was.</summary>
    public static string? Of(string move, Exodus exodus) => exodus.Moved > 0 ? $"{move}: {exodus.MovedText}" : null;
}
