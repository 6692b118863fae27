using System.Collections.Immutable;
using Flowtabled.Cli;
using Flowtabled.Config;
using Flowtabled.Daemon;
using Flowtabled.Engine.Config;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Flows;

/// <summary>Lists connections, and finds out where the ends of those that are shown are.</summary>
internal sealed class FlowsReader : IDisposable
{
    private readonly ConfigPaths _paths;
    private readonly KernelSession _kernel;
    private readonly ConntrackClient _conntrack = ConntrackClient.Open();
    private readonly RouteClient _route = RouteClient.Open();
    private ConnectionPlaces? _places;

    /// <param name="paths">Where the configuration is.</param>
    /// <exception cref="CommandException">The process may not read the kernel's tables.</exception>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public FlowsReader(ConfigPaths paths)
    {
        _paths = paths;
        _kernel = CommandKernel.Open(new StateFile(paths.RunDirectory).ReadIfRunning()?.PlainTable ?? false);
        Assess();
    }

    /// <summary>The firewall's zones; null when the configuration cannot be read.</summary>
    public ImmutableArray<FirewallZone>? Zones { get; private set; }

    /// <summary>Reads the configuration, the devices and the table anew.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or changes faster than it can be read (EINTR).</exception>
    public void Assess()
    {
        var daemon = new StateFile(_paths.RunDirectory).ReadIfRunning();
        var config = ConfigFiles.OfCommand(_paths, daemon).Read();
        Zones = config.IsComplete ? config.Firewall.Zones : null;
        _kernel.Distrust = daemon?.Distrust;
        var assessment = config.IsComplete ? _kernel.Assess(config, daemon?.Port ?? _kernel.Port) : null;
        _places = assessment is null ? null
            : new ConnectionPlaces(_route, assessment.Devices, assessment.Decision, assessment.Observed.Table is not null) { Held = _kernel.ReadHeld() };
    }

    /// <summary>Notes what each connection has carried by now.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public void Note(EarlierBytes bytes)
    {
        bytes.Restart();
        _conntrack.Dump(default, ref bytes);
    }

    /// <summary>Lists connections.</summary>
    /// <param name="choice">Which.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="order">Which come first.</param>
    /// <param name="earlier">What they had carried some time ago; null when rates are not known.</param>
    /// <param name="next">Notes what those chosen have carried by now; null where nobody asks.</param>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public FlowListing Read(ConnectionChoice choice, int limit, Comparison<Connection> order, EarlierBytes? earlier, EarlierBytes? next = null)
    {
        var list = new ConnectionList(choice, limit, order, _places) { Earlier = earlier, Next = next };
        list.Restart();
        _conntrack.Dump(default, ref list);
        foreach (var connection in list.Connections)
            _places?.Place(connection);
        return new FlowListing(list.Totals, list.Connections, list.Chosen, earlier is not null || next is not null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _route.Dispose();
        _conntrack.Dispose();
        _kernel.Dispose();
    }
}
