using Flowtabled.Cli;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Kernel;

/// <summary>What came of connections that were to leave the hardware.</summary>
/// <param name="Moved">How many have left it.</param>
/// <param name="Staying">How many stay until they end or leave by themselves.</param>
/// <param name="Why">Why the first of those stays, for people; null when none does.</param>
internal sealed record Exodus(int Moved, int Staying, string? Why)
{
    public string MovedText => Words.Count(Moved, "connection");

    public string StayingText => $"{Words.Count(Staying, "connection")} ({Why})";

    public static Exodus Of(IEnumerable<Rehoming> connections)
    {
        var (moved, staying) = (0, 0);
        string? why = null;
        foreach (var connection in connections)
        {
            switch (connection.Outcome)
            {
                case RehomingOutcome.Rehomed:
                    moved++;
                    break;
                case RehomingOutcome.LeftAlone or RehomingOutcome.Refused:
                    staying++;
                    why ??= connection.Outcome == RehomingOutcome.Refused ? Errno.Text(connection.Errno) : Reason(connection.Obstacle);
                    break;
            }
        }

        return new Exodus(moved, staying, why);
    }

    private static string Reason(RehomingObstacle obstacle) => obstacle switch
    {
        RehomingObstacle.Protocol => "neither TCP nor UDP",
        RehomingObstacle.NotEstablished => "not established",
        RehomingObstacle.Helper => "a connection tracking helper reads along",
        RehomingObstacle.Expected => "another connection announced it",
        RehomingObstacle.SequenceAdjustment or RehomingObstacle.Synproxy => "its sequence numbers are shifted",
        RehomingObstacle.SecurityContext => "it has a security context",
        RehomingObstacle.TableFull => "the conntrack table is full",
        _ => obstacle.ToString(),
    };
}
