using System.Collections.Immutable;
using System.Globalization;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Export;

/// <summary>A step in words.</summary>
public static class StepText
{
    /// <summary>One step, without its reason: "add to flowtable sw: lan3".</summary>
    public static string Of(PlanStep step) => step switch
    {
        CreateTable create => $"create table inet {create.Table}{With(create.Flags)}",
        AdoptTable adopt => $"adopt table inet {adopt.Table}{With(adopt.Flags)}",
        DeleteTable delete => $"delete table inet {delete.Table}",
        CreateSet create => $"create set {create.Set} of type {NftWords.Type(create.Type)}{With(NftWords.Flags(create.Type), none: "")}",
        DeleteSet delete => $"delete set {Shown(delete.Set)}",
        AddElements add => $"add to set {add.Set}: {Shown(add.Elements)}",
        RemoveElements remove => $"remove from set {remove.Set}: {Shown(remove.Elements)}",
        CreateFlowtable create => Invariant(
            $"create flowtable {Firewall(step)}{create.Flowtable} at priority {create.Priority}{With(create.Flags)}: {Shown(create.Devices)}"),
        UpdateFlowtable { Devices: [] } update => $"change flowtable {update.Flowtable}{With(update.Flags, none: ", no flags")}",
        UpdateFlowtable update => $"add to flowtable {update.Flowtable}: {Shown(update.Devices)}",
        RemoveDevices remove => $"remove from flowtable {remove.Flowtable}: {Shown(remove.Devices)}",
        DeleteFlowtable delete => $"delete flowtable {Firewall(step)}{Shown(delete.Flowtable)}",
        CreateChain { Chain: var chain } => Invariant($"create base chain {In(step, chain.Name)} at hook forward, priority {chain.Priority}"),
        DeleteChain delete => $"delete chain {In(step, delete.Chain)}",
        AddRule { Before: { } before } add => Invariant($"add to chain {In(step, add.Chain)} before rule {before}: {NftWords.Rule(add.Rule)}"),
        AddRule add => $"add to chain {In(step, add.Chain)}: {NftWords.Rule(add.Rule)}",
        DeleteRule delete => Invariant($"delete rule {delete.Handle} of chain {In(step, delete.Chain)}"),
        DeleteObject delete => $"delete {NftWords.Object(delete.Type) ?? "object"} {Shown(delete.Name)}",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };

    // The chains of our tables have one name.
    private static string In(PlanStep step, string chain) =>
        step.Table == HardwareTable.Name ? $"{step.Table} {Shown(chain)}" : Firewall(step) + Shown(chain);

    private static string Firewall(PlanStep step) => step.Table == ObservedFirewall.Table ? $"{step.Table} " : "";

    private static string With(TableFlags flags) => With(NftWords.Flags(flags), none: "");

    private static string With(FlowtableFlags flags, string none = "") => With(NftWords.Flags(flags), none);

    private static string With(ImmutableArray<string> flags, string none) => flags switch
    {
        [] => none,
        [var flag] => $", flag {flag}",
        _ => $", flags {string.Join(", ", flags)}",
    };

    private static string Shown(string name) => DeviceName.Display(name);

    private static string Shown(ImmutableArray<string> names) =>
        names.IsEmpty ? "no devices" : string.Join(", ", names.Select(DeviceName.Display));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
