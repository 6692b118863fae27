using System.Diagnostics;
using System.Runtime.InteropServices;
using Flowtabled.Config;
using Flowtabled.Daemon.Bus;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Topology;
using Flowtabled.Kernel;
using Flowtabled.Logging;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Route;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Flowtabled.Daemon;

/// <summary>
/// The thread that keeps the kernel's tables right: it waits for links, the ruleset, addresses, the configuration and signals in one poll, marks what
/// changed, and runs a pass when the events have settled.
/// </summary>
internal sealed unsafe class ControlThread(
    RunOptions options, ThreadMail mail, LogdLoggerProvider log, IHostApplicationLifetime lifetime, ILogger<ControlThread> logger)
    : DedicatedThread("control", StackSize, lifetime, logger), ILinkListener, INftListener, IBusTarget
{
    private const int StackSize = 512 * 1024;

    private readonly PassSchedule _schedule = new(Now);
    private volatile bool _reload;
    private int _pardons;
    private Reconciler? _reconciler;
    private ConfigFiles? _files;
    private long _resyncs;
    private uint _port;
    private DeviceGraph? _devices;
    private FlowWatch _orders = FlowWatch.Nothing;

    /// <inheritdoc/>
    protected override void Run(CancellationToken stopping)
    {
        using var stop = stopping.Register(mail.Control.Signal);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangup);
        var (nftTrace, routeTrace) = (DatagramTrace.Nfnetlink(logger), DatagramTrace.Rtnetlink(logger));
        using var kernel = KernelSession.Open(options.PlainTable, nftTrace, routeTrace);
        _port = kernel.Port;
        using var links = new LinkMonitor { Trace = routeTrace };
        using var ruleset = new NftMonitor { Trace = nftTrace };
        using var addresses = new AddressFollower(kernel, routeTrace, logger);
        using var files = new FileWatcher(options.Paths.Watched);
        using var firewall = new FileWatcher([options.Paths.Fw4State]);
        var config = _files = new ConfigFiles(options.Paths);
        var reconciler = _reconciler = new Reconciler(kernel, config, logger);
        using var kicks = new KickClerk(kernel, options.Paths.RunDirectory, logger);
        using var bus = new BusLink(options.Paths, this, logger);
        var published = new BusObject(bus.Connection, config, kernel, new FlowCalls(mail), this);
        var accounting = new AccountingSwitch(logger);
        var state = new StatePublisher(options, kernel.Port, logger);
        var restart = new RestartNotice(options.Paths.RunDirectory);
        restart.Remove();

        var flags = kernel.Features.PersistentTables ? "owner and persist" : "none";
        var build = BuildVersion.Current;
        var surroundings = $"{build.Number} on Linux {KernelSession.Release}, table flags {flags}, {build.Runtime}";
        logger.Starting(surroundings);
        files.WatchDirectories();
        firewall.WatchDirectories();
        Loop();
        var keep = options.Keep || restart.IsThere;
        logger.Ending(keep ? "the table stays" : "the table goes");
        try
        {
            if (!keep)
                reconciler.Retire();
        }
        finally
        {
            reconciler.End();
        }

        state.Remove();

        void Loop()
        {
            var descriptors = stackalloc pollfd[]
            {
                new() { fd = mail.Control.Descriptor, events = POLLIN },
                new() { fd = links.Descriptor, events = POLLIN },
                new() { fd = ruleset.Descriptor, events = POLLIN },
                new() { fd = files.Descriptor, events = POLLIN },
                new() { fd = addresses.Descriptor, events = POLLIN },
                new() { fd = kicks.Descriptor, events = POLLIN },
                new() { fd = firewall.Descriptor, events = POLLIN },
                default, // ubus: it comes and goes
            };
            bus.AwaitNetworks(PollBus);
            Pass();
            kicks.Begin();
            // Starting up leaves garbage that the loop, which allocates little, would carry along for days.
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            while (!stopping.IsCancellationRequested)
            {
                descriptors[7] = BusDescriptor();
                _ = poll(descriptors, 8, DueIn());
                mail.Control.Clear();
                if (_reload)
                {
                    _reload = false;
                    ReadConfig();
                }

                var heard = Now;
                links.Read(this);
                ruleset.Read(this);
                reconciler.Hear(heard);
                addresses.Read();
                bus.Serve();
                if (published.HasSubscribers != _orders.HasSubscribers)
                    Order(_orders);
                kicks.Serve();
                if (files.Read())
                {
                    files.WatchDirectories();
                    ReadConfig();
                }

                // It loads with each address that comes: that asks nothing of hardware that was given up.
                if (firewall.Read())
                {
                    firewall.WatchDirectories();
                    ReadFiles();
                }

                if (mail.Reports.Take() is { } report)
                    Hear(report);
                if (mail.Strays.Take() is { } strays)
                    reconciler.Gather(strays);
                if (mail.Summaries.Take() is { } summary)
                    state.Publish(reconciler, _resyncs, summary);
                if (mail.Censuses.Take() is { } census)
                    published.NotifyFlows(census);
                published.AnswerFlows();

                var now = Now;
                if (_schedule.TakeResync(now))
                    ReadFiles();
                if (_schedule.PassDueIn(now) == 0 || reconciler.DueIn(now) == 0)
                    Pass();
            }
        }

        int DueIn()
        {
            var now = Now;
            long due = _schedule.DueIn(now);
            due = Math.Min(due, reconciler.DueIn(now) ?? due);
            return (int)Math.Min(due, bus.Connection.DueIn() ?? due);
        }

        pollfd BusDescriptor() => new() { fd = bus.Connection.Descriptor, events = bus.Connection.WantedEvents };

        void PollBus(int timeout)
        {
            var wait = BusDescriptor();
            _ = poll(&wait, 1, timeout);
        }

        void Hear(HardwareReport report)
        {
            var known = reconciler.Health;
            reconciler.Health = report;
            if (report.Distrust != known.Distrust || !report.Findings.AsSpan().SequenceEqual(known.Findings.AsSpan()))
                Mark();
            else if (!report.HasSameCounts(known))
                state.Publish(reconciler, _resyncs);
        }

        void Order(FlowWatch orders)
        {
            _orders = orders with { HasSubscribers = published.HasSubscribers };
            mail.Orders.Post(_orders);
        }

        void Pass()
        {
            _schedule.Begin(Now);
            var (batches, refusal) = (reconciler.Batches, reconciler.Refusal);
            var result = reconciler.Pass(Now);
            _schedule.End(result, Now);
            _devices = reconciler.Devices;
            addresses.FollowStations(reconciler.UsesHardware);
            if (reconciler.Settled is { } settled)
            {
                accounting.Follow(settled.Config.Flowtabled);
                Order(FlowWatch.Of(settled, _pardons) with { Takeover = reconciler.Takeover });
            }

            log.Level = LevelOf(reconciler.Verbosity);
            state.Publish(reconciler, _resyncs);
            if (reconciler.Batches != batches || reconciler.Refusal != refusal)
                published.NotifyChange(reconciler);
        }
    }

    /// <summary>Reads the configuration. Whoever changes something or asks wants hardware that was given up to be tried again.</summary>
    public void ReadConfig()
    {
        _pardons++;
        ReadFiles();
    }

    void IBusTarget.Networks(List<NetifdNetwork> networks)
    {
        _files!.Netifd = networks;
        ReadFiles();
    }

    void IBusTarget.ExclusionsChanged() => ReadFiles();

    void ILinkListener.Handle(scoped in LinkEvent change)
    {
        if (LinkNews.IsNews(_devices, in change))
            Mark();
    }

    void ILinkListener.Lost() => Resync("rtnetlink");

    void INftListener.Handle(scoped in NftEvent change)
    {
        // Others' tables change by the thousand, the firewall's sets too: its rule never comes without its flowtable. Our own changes are no news.
        if (change.Port == _port)
            return;
        var isOurs = change.Concerns(NftFamily.Inet, SoftwareTable) || change.Concerns(NftFamily.Inet, HardwareTable);
        var isFirewalls = change.Concerns(NftFamily.Inet, FirewallTable) && change.Subject is NftEventSubject.Table or NftEventSubject.Flowtable;
        if (isFirewalls)
            _reconciler!.MarkFirewall();
        if (isOurs || isFirewalls)
            Mark();
    }

    void INftListener.Lost()
    {
        _reconciler!.MarkFirewall();
        Resync("nftables");
    }

    private static ReadOnlySpan<byte> SoftwareTable => "flowtabled"u8;

    private static ReadOnlySpan<byte> HardwareTable => "flowtabled_hw"u8;

    private static ReadOnlySpan<byte> FirewallTable => "fw4"u8;

    // Not Environment.TickCount64: it moves with the kernel's tick, every 4 or 10 ms, which would round the settle time up to that.
    private static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    private static LogLevel LevelOf(LogVerbosity verbosity) => verbosity switch
    {
        LogVerbosity.Error => LogLevel.Error,
        LogVerbosity.Warning => LogLevel.Warning,
        LogVerbosity.Debug => LogLevel.Debug,
        LogVerbosity.Trace => LogLevel.Trace,
        _ => LogLevel.Information,
    };

    private void ReadFiles()
    {
        _reconciler!.MarkConfig();
        Mark();
    }

    private void Mark() => _schedule.Mark(Now);

    private void Resync(string source)
    {
        _resyncs++;
        logger.EventsLost(source);
        Mark();
    }

    private void OnHangup(PosixSignalContext context)
    {
        context.Cancel = true;
        _reload = true;
        mail.Control.Signal();
    }
}
