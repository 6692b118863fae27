namespace Flowtabled.Engine.Planning;

/// <summary>
/// Takes offloading over from the firewall. fw4's rule is the first of its forward chain, so it would offload what is excluded here; and whoever
/// adds a flow first has it (nft_flow_offload_eval leaves one alone that has <c>IPS_OFFLOAD</c>).
/// </summary>
internal static class FirewallTakeover
{
    private const string Reason = "flowtabled offloads, and the firewall leaves it to it until it is loaded again";

    /// <summary>
    /// Deletes the firewall's rules that offload, and empties its flowtables. They stay there by name: fw4's next run deletes its own, and would fail
    /// without it.
    /// </summary>
    /// <param name="firewall">What it has.</param>
    /// <param name="hardwareFlows">How many flows are in hardware: while there are any nothing is unbound from it, which would strand them there.</param>
    public static IEnumerable<PlanStep> Steps(ObservedFirewall firewall, int hardwareFlows)
    {
        foreach (var rule in firewall.Rules)
            yield return new DeleteRule(ObservedFirewall.Table, rule.Chain, rule.Handle, Reason);
        foreach (var flowtable in firewall.Flowtables)
        {
            var isBound = flowtable.Flags.HasFlag(FlowtableFlags.HwOffload) && hardwareFlows > 0;
            if (flowtable.Devices.IsEmpty || isBound)
                continue;
            yield return new DeleteFlowtable(ObservedFirewall.Table, flowtable.Name, Reason);
            yield return new CreateFlowtable(
                ObservedFirewall.Table, flowtable.Name, flowtable.Priority, flowtable.Flags & ~FlowtableFlags.HwOffload, [], Reason);
        }
    }
}
