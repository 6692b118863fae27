using System.Collections.Immutable;
using Flowtabled.Engine.Health;

namespace Flowtabled.Engine.Config;

/// <summary>What we take from /etc/config/firewall, read as fw4 reads it (firewall4, fw4.uc).</summary>
/// <param name="FlowOffloading">fw4's own switch for software offloading.</param>
/// <param name="FlowOffloadingHw">Its switch for hardware; without <paramref name="FlowOffloading"/> fw4 ignores it.</param>
/// <param name="Zones">The zones that fw4 would make, the disabled ones too.</param>
public sealed record FirewallConfig(bool FlowOffloading, bool FlowOffloadingHw, ImmutableArray<FirewallZone> Zones)
{
    // The booleans of 'defaults'. fw4 cannot go on after a bad one: it stumbles over the options that it then does not have.
    private static readonly string[] DefaultsBooleans =
    [
        "flow_offloading", "flow_offloading_hw", "drop_invalid", "syn_flood", "synflood_protect", "tcp_syncookies", "tcp_window_scaling",
        "accept_redirects", "accept_source_route", "auto_helper", "custom_chains", "disable_ipv6", "auto_includes",
    ];

    /// <summary>Reads the package. A value that stops fw4 is an error here and counts as off.</summary>
    /// <param name="package">The firewall package; null when there is no such file.</param>
    public static (FirewallConfig Config, ImmutableArray<ConfigFinding> Findings) Read(UciPackage? package)
    {
        if (package is null)
            return (new(false, false, []), []);

        var findings = new FindingCollector(package);
        var zones = ImmutableArray.CreateBuilder<FirewallZone>();
        UciSection? defaults = null;
        foreach (var section in package.Sections)
        {
            if (section.Type == "zone")
            {
                if (FirewallZone.Read(section, findings) is { } zone)
                    zones.Add(zone);
            }
            else if (section.Type == "defaults" && defaults is not null)
            {
                findings.Add(
                    FindingSeverity.Warning, section, null, "fw4 takes the first 'defaults' section and ignores this one; so do we");
            }
            else if (section.Type == "defaults")
            {
                defaults = section;
            }
        }

        var (software, hardware) = ReadDefaults(defaults, findings);
        return (new(software, hardware, zones.ToImmutable()), findings.ToImmutable());
    }

    private static (bool Software, bool Hardware) ReadDefaults(UciSection? defaults, FindingCollector findings)
    {
        if (defaults is null)
            return (false, false);

        foreach (var name in DefaultsBooleans)
        {
            if (defaults.FindOption(name) is { } option && Fw4Option.Boolean(option) is null)
            {
                findings.Add(
                    FindingSeverity.Error,
                    defaults,
                    option,
                    $"{Fw4Option.Complaint(option)}: fw4 stops here (a reload keeps the old rules, a restart is refused, after a boot "
                    + "there is no firewall); read as off");
            }
        }

        var software = IsOn("flow_offloading");
        var hardware = IsOn("flow_offloading_hw");
        if (hardware && !software)
        {
            findings.Add(
                FindingSeverity.Warning,
                defaults,
                defaults.FindOption("flow_offloading_hw")!,
                "has no effect while flow_offloading is off; set both, as LuCI does");
        }

        return (software, hardware);

        bool IsOn(string name) => defaults.FindOption(name) is { } option && Fw4Option.Boolean(option) == true;
    }
}
