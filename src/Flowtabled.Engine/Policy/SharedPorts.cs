using Flowtabled.Engine.Health;

namespace Flowtabled.Engine.Policy;

/// <summary>
/// Makes the placements fit one another. Where one device must be hooked itself and another is hooked at a port that both paths lead to,
/// the kernel would take the port for both. So the port stays out, and what was moved to it is hooked itself.
/// </summary>
internal static class SharedPorts
{
    /// <summary>Changes placements until all fit; one without hooks has to be left out.</summary>
    public static void Settle(List<Placement> placements, List<Finding> findings)
    {
        while (FindMisfit(placements) is var (owner, index))
        {
            var misfit = placements[index];
            placements[index] = misfit.IsSelf ? LeaveOut(misfit, owner, findings) : HookItself(misfit, owner);
        }

        foreach (var owner in placements.Where(static placement => placement.NeedsEndsOut))
            findings.AddRange(placements.Where(other => IsHookedBelow(other, owner)).Select(forced => Conflict(forced, owner)));
    }

    private static (Placement Owner, int Index)? FindMisfit(List<Placement> placements)
    {
        foreach (var owner in placements.Where(static placement => placement.NeedsEndsOut))
        {
            var index = placements.FindIndex(other => !other.IsForced && IsHookedBelow(other, owner));
            if (index >= 0)
                return (owner, index);
        }

        return null;
    }

    private static Finding Conflict(Placement forced, Placement owner)
    {
        var hook = forced.Hooks.FirstOrDefault(owner.Path.Ends.Contains);
        return new Finding(
            FindingSeverity.Warning,
            "level_conflict",
            $"option level puts {hook} into the flowtable, so packets of {owner.Device} are taken there too, although it should "
            + $"be hooked itself: {owner.Reason}",
            forced.Device.ToString());
    }

    private static bool IsHookedBelow(Placement other, Placement owner) => other.Hooks.Any(owner.Path.Ends.Contains);

    private static Placement HookItself(Placement placement, Placement owner) => placement with
    {
        Hooks = [placement.Device],
        Code = ReasonCode.SharedPort,
        Reason = $"{placement.Hooks[0]} below it also carries {owner.Device}, which must be hooked itself",
    };

    private static Placement LeaveOut(Placement placement, Placement owner, List<Finding> findings)
    {
        var port = placement.Device.ToString();
        findings.Add(new Finding(
            FindingSeverity.Warning,
            "port_left_out",
            $"packets that come in by {port} are not offloaded: with it in the flowtable those of {owner.Device} would be taken "
            + $"there too ({owner.Reason}); option level 'port' for {owner.Device} or {port} accepts that",
            port));
        return placement with
        {
            Hooks = [],
            Code = ReasonCode.WouldBypass,
            Reason = $"also carries {owner.Device}, whose packets would be taken here instead of there",
        };
    }
}
