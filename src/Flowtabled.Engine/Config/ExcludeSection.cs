using System.Collections.Immutable;
using Flowtabled.Engine.Health;

namespace Flowtabled.Engine.Config;

/// <summary>A section <c>exclude</c>: hosts and ports whose connections stay on the slow path.</summary>
internal static class ExcludeSection
{
    /// <summary>Reads it; null when it names nothing. A value that cannot be read is left out, with a finding.</summary>
    /// <param name="section">The section.</param>
    /// <param name="reference">What it is called when it has no name.</param>
    /// <param name="findings">Gets what is wrong.</param>
    public static NamedExclusion? Read(UciSection section, string reference, FindingCollector findings)
    {
        var options = new OptionReader(section, findings, FlowtabledConfig.ExcludeOptions);
        var hosts = ImmutableArray.CreateBuilder<HostRange>();
        foreach (var text in Words("host"))
        {
            if (HostRange.TryParse(text) is { } host)
                hosts.Add(host);
            else
                Complain("host", $"{UciOption.Quote(text)} is neither an address nor a network (192.0.2.1, 2001:db8::/32); it is left out");
        }

        var ports = ImmutableArray.CreateBuilder<PortRange>();
        foreach (var text in Words("port"))
        {
            if (PortRange.TryParse(text) is { } port)
                ports.Add(port);
            else
                Complain("port", $"{UciOption.Quote(text)} is neither a port nor a range of ports (443, 5000-6000); it is left out");
        }

        var name = options.Text("name") ?? (section.IsAnonymous ? reference : section.Name);
        var exclusion = new NamedExclusion(name, []) { Hosts = hosts.ToImmutable(), Ports = ports.ToImmutable() };
        if (exclusion.HasTraffic)
            return exclusion;
        findings.Add(FindingSeverity.Warning, section, null, "excludes nothing: it names neither a host nor a port");
        return null;

        ImmutableArray<string> Words(string option) => section.FindOption(option)?.Words ?? [];

        void Complain(string option, string message) => findings.Add(FindingSeverity.Error, section, section.FindOption(option), message);
    }
}
