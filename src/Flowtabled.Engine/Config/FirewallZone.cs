using System.Buffers;
using System.Collections.Immutable;
using Flowtabled.Engine.Health;

namespace Flowtabled.Engine.Config;

/// <summary>A <c>config zone</c> of /etc/config/firewall. Negated entries (<c>!guest</c>) add nothing and are left out.</summary>
/// <param name="Name">The zone's name.</param>
/// <param name="Enabled">Whether fw4 makes the zone.</param>
/// <param name="Networks">Names of networks of /etc/config/network.</param>
/// <param name="Devices">Names of devices; a final <c>+</c> stands for any rest: <c>tun+</c>.</param>
/// <param name="Subnets">Addresses, ranges and networks' names, as written.</param>
public sealed record FirewallZone(
    string Name, bool Enabled, ImmutableArray<string> Networks, ImmutableArray<string> Devices, ImmutableArray<string> Subnets)
{
    private static readonly string[] Booleans =
        ["enabled", "masq", "masq_allow_invalid", "masq6", "mtu_fix", "custom_chains", "auto_helper", "counter"];

    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/_.-");

    /// <summary>Reads a zone.</summary>
    /// <returns>Null when fw4 would skip it, with a finding that says why.</returns>
    internal static FirewallZone? Read(UciSection section, FindingCollector findings)
    {
        foreach (var name in Booleans)
        {
            if (section.FindOption(name) is { } option && Fw4Option.Boolean(option) is null)
                return Skip(section, option, Fw4Option.Complaint(option), findings);
        }

        var nameOption = section.FindOption("name");
        if (nameOption is null)
            return Skip(section, null, "has no name", findings);
        if (nameOption.IsList || !IsIdentifier(nameOption.Value))
            return Skip(section, nameOption, "must be a letter, '_' or '.', then letters, digits, '/', '_', '.' and '-'", findings);

        if (!TryReadList(section, "network", findings, out var networks)
            || !TryReadList(section, "device", findings, out var devices)
            || !TryReadList(section, "subnet", findings, out var subnets))
        {
            return null;
        }

        var isEnabled = section.FindOption("enabled") is not { } enabled || Fw4Option.Boolean(enabled) == true;
        return new(nameOption.Value, isEnabled, networks, devices, subnets);
    }

    private static bool TryReadList(UciSection section, string name, FindingCollector findings, out ImmutableArray<string> values)
    {
        values = [];
        if (section.FindOption(name) is not { } option)
            return true;

        var builder = ImmutableArray.CreateBuilder<string>();
        foreach (var word in option.Words)
        {
            var (isNegated, value) = Fw4Option.Negation(word);
            if (value.Length == 0)
            {
                Skip(section, option, $"{UciOption.Quote(word)} names nothing", findings);
                return false;
            }

            if (!isNegated)
            {
                builder.Add(value);
                continue;
            }

            findings.Add(
                FindingSeverity.Info, section, option, $"{UciOption.Quote(word)} keeps traffic out of the zone and adds no device");
        }

        values = builder.ToImmutable();
        return true;
    }

    private static FirewallZone? Skip(UciSection section, UciOption? option, string reason, FindingCollector findings)
    {
        findings.Add(FindingSeverity.Error, section, option, reason + ": fw4 skips the zone; so do we");
        return null;
    }

    private static bool IsIdentifier(string name) =>
        (char.IsAsciiLetter(name[0]) || name[0] is '_' or '.') && !name.AsSpan().ContainsAnyExcept(NameChars);
}
