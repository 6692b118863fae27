using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Export;

/// <summary>
/// A plan as a script for <c>nft -f</c>: the same batch, made by nft. Against an empty kernel it makes the whole table. It cannot give a
/// table the flags owner and persist, because those belong to a program that goes on running.
/// </summary>
public sealed class NftScript
{
    private readonly StringBuilder _text = new();
    private readonly List<Finding> _findings = [];

    private NftScript()
    {
    }

    /// <summary>
    /// Writes the script: its text, with one character for each byte (write it as Latin-1), and a finding for each name that nft's language
    /// cannot express. Those are left out.
    /// </summary>
    public static (string Text, ImmutableArray<Finding> Findings) Of(Plan plan)
    {
        var script = new NftScript();
        script.Line($"#!/usr/sbin/nft -f");
        if (plan.IsEmpty)
            script.Line($"# nothing to change");

        string? reason = null;
        foreach (var step in plan.Steps)
        {
            if (step.Reason != reason)
                script.Line($"# reason: {step.Reason}");
            reason = step.Reason;
            script.Add(step);
        }

        return (script._text.ToString(), [.. script._findings]);
    }

    private void Add(PlanStep step)
    {
        var table = $"inet {step.Table}";
        switch (step)
        {
            case CreateTable create:
                if (create.Flags != TableFlags.None)
                    Line($"# without flags {string.Join(", ", NftWords.Flags(create.Flags))}: nft would take the table along when it ends");
                Line($"add table {table}");
                break;
            case AdoptTable:
                Line($"# table {table} stays without an owner: nft would take it along when it ends");
                break;
            case DeleteTable:
                Line($"delete table {table}");
                break;
            case CreateSet create:
                var flags = NftWords.Flags(create.Type) is [var flag] ? $" flags {flag};" : "";
                var size = SetSpec.IsOfTimed(create.Type) ? Invariant($" size {SetSpec.MaxTimed};") : "";
                Line($"add set {table} {create.Set} {{ type {NftWords.Type(create.Type)};{size}{flags} }}");
                break;
            case DeleteSet delete:
                Delete("set", table, delete.Set);
                break;
            case AddElements add:
                Elements("add", table, add.Set, add.Type, add.Elements);
                break;
            case RemoveElements remove:
                Elements("delete", table, remove.Set, remove.Type, remove.Elements);
                break;
            case CreateFlowtable create:
                Flowtable(table, create.Flowtable, create.Priority, create.Flags, create.Devices);
                break;
            case UpdateFlowtable update:
                Flowtable(table, update.Flowtable, update.Priority, update.Flags, update.Devices);
                break;
            case RemoveDevices remove:
                // nft 1.0.6 says priority 0 here whatever the script says: it can do this to a flowtable of that priority only, which
                // ours has.
                if (Names(remove.Devices) is { } devices)
                    Line($"delete flowtable {table} {remove.Flowtable} {{\n\tdevices = {devices}\n}}");
                break;
            case DeleteFlowtable delete:
                Delete("flowtable", table, delete.Flowtable);
                break;
            case CreateChain { Chain: var chain }:
                Line($"add chain {table} {chain.Name} {{ type filter hook forward priority {chain.Priority}; policy accept; }}");
                break;
            case DeleteChain delete:
                Delete("chain", table, delete.Chain);
                break;
            case AddRule { Before: { } before } add:
                Line($"insert rule {table} {add.Chain} handle {before} {NftWords.Rule(add.Rule)}");
                break;
            case AddRule add:
                Line($"add rule {table} {add.Chain} {NftWords.Rule(add.Rule)}");
                break;
            case DeleteRule delete:
                if (NftWords.Identifier(delete.Chain) is { } name)
                    Line($"delete rule {table} {name} handle {delete.Handle}");
                else
                    LeaveOut("chain", delete.Chain);
                break;
            case DeleteObject delete:
                Delete(NftWords.Object(delete.Type), table, delete.Name);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, null);
        }
    }

    private void Delete(string? kind, string table, string name)
    {
        if (kind is not null && NftWords.Identifier(name) is { } identifier)
            Line($"delete {kind} {table} {identifier}");
        else
            LeaveOut(kind ?? "object", name);
    }

    private void Elements(string verb, string table, string set, SetType type, ImmutableArray<string> elements)
    {
        if (type != SetType.InterfaceName)
            Line($"{verb} element {table} {set} {{ {string.Join(", ", elements)} }}");
        else if (Names(elements) is { } names)
            Line($"{verb} element {table} {set} {names}");
    }

    private void Flowtable(string table, string flowtable, int priority, FlowtableFlags flags, ImmutableArray<string> devices)
    {
        Line($"add flowtable {table} {flowtable} {{");
        Line($"\thook ingress priority {priority}");
        if (Names(devices) is { } names)
            Line($"\tdevices = {names}");
        if (flags.HasFlag(FlowtableFlags.Counter))
            Line($"\tcounter");
        if (flags.HasFlag(FlowtableFlags.HwOffload))
            Line($"\tflags offload");
        Line($"}}");
    }

    private string? Names(ImmutableArray<string> devices)
    {
        var names = new List<string>(devices.Length);
        foreach (var device in devices)
        {
            if (NftWords.Quote(device) is { } quoted)
                names.Add(quoted);
            else
                LeaveOut("device", device);
        }

        return names.Count == 0 ? null : $"{{ {string.Join(", ", names)} }}";
    }

    private void LeaveOut(string kind, string name) => _findings.Add(new Finding(
        FindingSeverity.Warning,
        "nft_cannot_name",
        $"nft's language has no way to write the name of this {kind}: the script leaves it out",
        DeviceName.Display(name)));

    private void Line(FormattableString line) => _text.Append(Invariant(line)).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
