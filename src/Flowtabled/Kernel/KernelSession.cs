using System.Collections.Immutable;
using Flowtabled.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Flows;
using Flowtabled.Native;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Kernel;

/// <summary>
/// The sockets to the kernel of this network namespace. An owned table belongs to the nftables one: the daemon keeps it open as long as it runs.
/// </summary>
internal sealed class KernelSession : IDisposable
{
    private static readonly NftTableName[] OurTables = [BatchMapper.Inet(OffloadTable.Name), BatchMapper.Inet(HardwareTable.Name)];

    private readonly NftClient _nft;
    private readonly RouteClient _route;
    private readonly DeviceReader _devices;
    private readonly HardwareProbe _hardware;
    private readonly PortDrivers _drivers = new();
    private readonly HardwareExit _exit = new();
    private readonly NftBatch _batch = new();

    private KernelSession(NftClient nft, RouteClient route, bool plainTable)
    {
        _nft = nft;
        _route = route;
        _devices = new DeviceReader(route);
        _hardware = new HardwareProbe(nft);
        Features = new KernelFeatures(PersistentTables: !plainTable && CanPersist());
    }

    /// <summary>What the kernel can do, as found by asking it.</summary>
    public KernelFeatures Features { get; }

    /// <summary>The port of the socket that sends changes.</summary>
    public uint Port => _nft.Port;

    /// <summary>The kernel's release: 6.12.71.</summary>
    public static string Release => Uname.Release;

    /// <summary>Why hardware is not to be used, whatever its trial says; null when it may be.</summary>
    public string? Distrust { get; set; }

    /// <summary>Whether a firewall without a table is one that is stopped; else there is none.</summary>
    public bool IsFirewallStopped { get; set; } = FirewallReader.IsInstalled;

    /// <summary>Opens the sockets.</summary>
    /// <param name="plainTable">Whether to do without owner and persist where the kernel has them.</param>
    /// <param name="nftTrace">Sees each datagram of nfnetlink, or null.</param>
    /// <param name="routeTrace">Sees each datagram of rtnetlink, or null.</param>
    /// <exception cref="NetlinkException">EPERM without CAP_NET_ADMIN; a kernel without nftables.</exception>
    public static KernelSession Open(bool plainTable = false, NetlinkTrace? nftTrace = null, NetlinkTrace? routeTrace = null)
    {
        var nft = new NftClient(new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER) { Trace = nftTrace });
        RouteClient? route = null;
        try
        {
            route = RouteClient.Open(routeTrace);
            return new KernelSession(nft, route, plainTable);
        }
        catch
        {
            route?.Dispose();
            nft.Dispose();
            throw;
        }
    }

    /// <summary>Reads devices and tables, asks for hardware where it is wanted, decides, and plans.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or changes faster than it can be read (EINTR).</exception>
    public Assessment Assess(ConfigSnapshot config) => Assess(config, Port);

    /// <summary>The same as the socket of port <paramref name="sender"/> would find and plan: only the owner may change a table.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or changes faster than it can be read (EINTR).</exception>
    public Assessment Assess(ConfigSnapshot config, uint sender)
    {
        var devices = _devices.Read(config.Network);
        var (observed, generation) = ReadTables(sender);
        var candidates = OffloadPolicy.HardwareCandidates(config.Firewall, config.Flowtabled, config.Networks, devices);
        var trial = BeginTrial(config, candidates, devices);
        // A driver that is not trusted is not even asked: that binds the port for a moment.
        var hardware = (Distrust ?? trial?.Distrust) is { } distrust
            ? HardwareCapabilities.NotAsked with { Distrust = distrust }
            : _hardware.Ask(candidates, devices, observed.Hardware);
        var decision = OffloadPolicy.Decide(
            config.Firewall, config.Flowtabled, config.Networks, devices, Features, hardware, IsFirewallStopped && observed.Firewall is null);
        var plan = Planner.Plan(decision.State, observed);
        if (observed.BindsHardware && !plan.IsEmpty)
            (observed, plan) = PlanAround(decision.State, observed);
        return new Assessment(config, devices, decision, observed, generation, plan) { Trial = trial };
    }

    /// <summary>What the kernel has of us and of the firewall's offloading, and the generation of the ruleset at that moment.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or changes faster than it can be read (EINTR).</exception>
    public (ObservedState State, uint Generation) ReadTables() => ReadTables(Port);

    /// <summary>The same as the socket of port <paramref name="sender"/> would find it.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or changes faster than it can be read (EINTR).</exception>
    public (ObservedState State, uint Generation) ReadTables(uint sender)
    {
        var generation = _nft.GetGeneration().Id;
        var firewall = FirewallReader.Read(_nft);
        var snapshots = _nft.ReadTables(OurTables);
        var state = new ObservedState(TableReader.Read(snapshots[0], sender), TableReader.Read(snapshots[1], sender)) { Firewall = firewall };
        return (state, generation);
    }

    /// <summary>How many flows our rules have offloaded since they were made; null when there is none that counts.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public ulong? CountOffloads() => OffloadCounter.Sum(_nft.GetRules().Where(static rule => OurTables.Contains(rule.Table)));

    /// <summary>The next step on the way to no tables of ours.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or changes faster than it can be read (EINTR).</exception>
    public Plan PlanRetirement()
    {
        var observed = ReadTables().State;
        return observed.Hardware is null ? Planner.Plan(DesiredState.Absent, observed) : PlanAround(DesiredState.Absent, observed).Plan;
    }

    /// <summary>Moves all connections out of hardware, with nothing lost. Our rule has gone: no other goes in.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public Exodus EmptyHardware() => _exit.Empty();

    /// <summary>Moves some out of hardware, with nothing lost. Their next packets bring them in again.</summary>
    /// <param name="only">Which.</param>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public Exodus MoveOutOfHardware(ConnectionFilter only) => _exit.MoveOut(only);

    /// <summary>
    /// Moves connections out of the firewall's flowtable, to which nothing is added any more, and has the driver forget them: its next run deletes it.
    /// </summary>
    /// <param name="only">Which of those in any flowtable; null for all.</param>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public static Exodus MoveOutStrays(ConnectionFilter? only)
    {
        var exodus = MoveOut(only);
        if (exodus.Moved > 0)
            FlowCollection.TryRun();
        return exodus;
    }

    /// <summary>
    /// Moves the connections that excluded hosts, ports and devices have in a flowtable out of it: the rules that keep them out are there. Where no
    /// device leads to an end any more nothing says that it was none of those.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public Exodus MoveOutExcluded(Assessment assessment)
    {
        var devices = assessment.ExcludedDevices;
        return MoveOut((in ConntrackEntry entry) =>
            KeptOutTraffic.WhoExcludes(assessment.Decision.Exclusions, in entry) is not null
            || (devices.Length > 0 && (IsExcluded(_route.FindClient(in entry)) || IsExcluded(_route.FindServer(in entry)))));

        bool IsExcluded(int? found) => found is not { } index || (assessment.Devices.Find(index) is { } device && devices.Contains(device.Name));
    }

    /// <summary>
    /// Moves connections out of the software flowtable whose ends are both at devices of the hardware one: their next packets bring them into
    /// that.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public Exodus MoveIn(Assessment assessment)
    {
        var devices = FlowDevice.Of(assessment);
        return MoveOut(
            (in ConntrackEntry entry) => IsThere(_route.FindClient(in entry)) && IsThere(_route.FindServer(in entry)),
            ConntrackStatus.Offload | ConntrackStatus.HardwareOffload);

        bool IsThere(int? index) => devices.Any(device => device.Index == index);
    }

    /// <summary>Holds connections of TCP and UDP on the slow path for a while.</summary>
    /// <exception cref="Cli.CommandException">It cannot be done, and none is held that was not before.</exception>
    /// <exception cref="NetlinkException">The kernel refuses.</exception>
    public void Hold(List<Connection> connections, int seconds) => new HeldConnections(_nft).Add(connections, seconds);

    /// <summary>The names of the connections that are held: <see cref="HeldConnections.NameOf"/>.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public HashSet<string> ReadHeld() => new HeldConnections(_nft).Read();

    /// <summary>Hands every station around to <paramref name="listener"/>.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or stations change faster than they can be read (EINTR).</exception>
    public void ReadStations(IAddressListener listener) => _route.DumpStations(listener);

    /// <summary>Ends the connections that are translated to addresses which are gone; how many there were.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public static int EndTranslatedTo(IReadOnlyList<AddressLoss> losses)
    {
        using var conntrack = ConntrackClient.Open();
        return LostTranslations.End(conntrack, losses);
    }

    /// <summary>Sends a plan that is not empty as one batch.</summary>
    /// <exception cref="NftBatchException">The kernel refuses; nothing of it took effect.</exception>
    /// <exception cref="NetlinkException">ERESTART: somebody else committed since the plan's table was read; or the socket failed.</exception>
    public void Commit(Assessment assessment)
    {
        // A table that we own is changed by nobody else, and other tables' changes, which come by the thousand, must not hold us up.
        var isOurs = assessment is { Observed.Table.Owner.IsUs: true, Plan.ChangesFirewall: false };
        Commit(assessment.Plan, isOurs ? 0 : assessment.Generation);
    }

    /// <summary>Sends a plan that is not empty as one batch.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="generation">The generation of the ruleset that it is for; 0 when any will do.</param>
    /// <exception cref="NftBatchException">The kernel refuses; nothing of it took effect.</exception>
    /// <exception cref="NetlinkException">ERESTART: the generation has passed; or the socket failed.</exception>
    public void Commit(Plan plan, uint generation)
    {
        _batch.Clear();
        BatchMapper.Add(_batch, plan);
        if (_nft.Commit(_batch, generation) == NftCommitResult.GenerationMoved)
            throw new NetlinkException("commit", Errno.ERESTART);
    }

    /// <summary>The kernel refused a plan: the next one asks every port again whether it can be bound.</summary>
    public void DoubtPorts() => _hardware.Doubt();

    /// <summary>
    /// Whether to read and plan again. ENOENT and EEXIST: a device or an object went or came after it was read; ERESTART: somebody else
    /// committed; EINTR: the kernel changed faster than it could be read.
    /// </summary>
    public static bool IsOutrun(NetlinkException e) => e.Errno is Errno.ENOENT or Errno.EEXIST or Errno.ERESTART or Errno.EINTR;

    /// <inheritdoc/>
    public void Dispose()
    {
        _exit.Dispose();
        _drivers.Dispose();
        _route.Dispose();
        _nft.Dispose();
    }

    private static Exodus MoveOut(ConnectionFilter? only, ConntrackStatus mask = ConntrackStatus.Offload)
    {
        using var conntrack = ConntrackClient.Open();
        using var mover = new FlowMover(conntrack);
        return mover.MoveOut(ConntrackStatus.Offload, mask, only);
    }

    private HardwareTrial? BeginTrial(ConfigSnapshot config, ImmutableArray<string> candidates, DeviceGraph devices)
    {
        if (candidates.IsEmpty || config.Flowtabled.HwTrial == 0 || _drivers.Read(candidates, devices) is not { IsEmpty: false } ports)
            return null;
        return HardwareTrial.Begin(config.Trial, TrialSubject.Of(Release, config.Flowtabled, ports), BootId.Current);
    }

    // Flows in hardware are looked for only where something is to be changed.
    private (ObservedState Observed, Plan Plan) PlanAround(DesiredState desired, ObservedState observed)
    {
        observed = observed with { HardwareFlows = _exit.Remaining() };
        var plan = Planner.Plan(desired, observed);
        // Until the rule has gone flows go in, so none of what was seen counts. Taking a table over changes nothing in it.
        var isLeaving = plan.EmptiesHardware || observed.Firewall is { BindsHardware: true, Rules: [] };
        if (!isLeaving || !plan.Steps.All(static step => step is AdoptTable))
            _exit.Restart();
        return (observed, plan);
    }

    // Kernels before 6.9 do not know the flag and answer EOPNOTSUPP. The name is nobody's, and a check leaves nothing behind.
    private bool CanPersist()
    {
        _batch.Clear();
        _batch.Add(new NftTable(BatchMapper.Inet("flowtabled-probe")) { Flags = NftTableFlags.Owner | NftTableFlags.Persist }, exclusive: true);
        try
        {
            _nft.Check(_batch);
            return true;
        }
        catch (NftBatchException e) when (e.Errno is Errno.EOPNOTSUPP or Errno.EINVAL)
        {
            return false;
        }
    }
}
