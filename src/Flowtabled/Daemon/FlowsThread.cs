using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Flowtabled.Config;
using Flowtabled.Daemon.Watch;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Health;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Flowtabled.Daemon;

/// <summary>
/// The thread that looks at connections: while hardware is used it lists those in flowtables again and again, and tells <em>control</em> how
/// they fare; and it watches all of them for whoever asks. It changes nothing.
/// </summary>
internal sealed unsafe class FlowsThread(RunOptions options, ThreadMail mail, IHostApplicationLifetime lifetime, ILogger<FlowsThread> logger)
    : DedicatedThread("flows", StackSize, lifetime, logger)
{
    private const int StackSize = 256 * 1024;

    // Milliseconds that the firewall must have left its table alone: while it is loaded again and again what is moved would only come back.
    private const int Calm = 250;

    // Connections beyond these are only counted.
    private const int Capacity = 4096;

    private readonly FlowTable _flows = new(Capacity);
    private readonly PortCounters _ports = new();
    private readonly HardwareTrust _trust = new(options.Window);
    private readonly FlowWatcher _watcher = new(mail, logger);
    private FlowWatch _watch = FlowWatch.Nothing;
    private ImmutableArray<FlowDevice> _devices = [];
    private HardwareHealth? _health;
    private FlowReader? _reader;
    private string? _failure;
    private long? _lookAt;
    private long? _strayAfter;
    private long? _siftAt;

    /// <inheritdoc/>
    protected override void Run(CancellationToken stopping)
    {
        using var stop = stopping.Register(mail.Flows.Signal);
        var descriptor = new pollfd { fd = mail.Flows.Descriptor, events = POLLIN };
        while (!stopping.IsCancellationRequested)
        {
            _ = poll(&descriptor, 1, Timeout());
            mail.Flows.Clear();
            if (mail.Orders.Take() is { } watch)
                Follow(watch);
            if (mail.Questions.Take() is { } questions)
                _watcher.Ask(questions, Now);
            if (Now >= _lookAt)
                Look();
            if (Now >= _siftAt)
                Sift();
            if (_watcher.DueIn(Now) == 0)
                _watcher.Look(Now);
        }

        _watcher.Dispose();
        _reader?.Dispose();
    }

    private static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    private int Timeout()
    {
        var now = Now;
        var due = _watcher.DueIn(now) ?? int.MaxValue;
        if (_lookAt is { } at)
            due = Math.Min(due, Math.Max(0, at - now));
        if (_siftAt is { } sift)
            due = Math.Min(due, Math.Max(0, sift - now));
        return due < int.MaxValue ? (int)due : -1;
    }

    private void Follow(FlowWatch watch)
    {
        var (isNew, isPardoned) = (!watch.IsLike(_watch), watch.Pardons != _watch.Pardons);
        if (watch.Takeover is { } takeover && takeover != _watch.Takeover)
            (_strayAfter, _siftAt) = (takeover.Before, Now + Calm);
        _watch = watch;
        if (isPardoned)
            _trust.Pardon();
        if (watch.Settled is { } settled)
            _watcher.Follow(settled, FlowTimeout);
        _watcher.HasSubscribers = watch.HasSubscribers;
        if (isNew && !watch.Devices.IsEmpty)
        {
            _devices = watch.Devices;
            _flows.Restart();
            _health = new HardwareHealth(ReadSetting(), _trust);
        }

        // While hardware is distrusted the thread goes on by itself.
        if (isNew || isPardoned)
            _lookAt = Now;
    }

    private void Look()
    {
        var now = Now;
        var isUsed = !_watch.Devices.IsEmpty || _trust.IsTesting;
        if (!isUsed)
            Rest(now);
        else if (TryRead(now))
            Report(_health!.Judge(_flows, [.. _devices.Select(static device => device.Name)], _ports.Sum(_watch.Ports), now), now);
        else
            _lookAt = now + options.Window;
    }

    // Who was not in a flowtable before the firewall could have taken it; where some are only counted, all that are not known to have been. Once
    // more soon after: those that were moved are known then, and the firewall's next run does not make strays of them again.
    private void Sift()
    {
        var now = Now;
        if (!TryRead(now))
        {
            _siftAt = now + options.Window;
            return;
        }

        _siftAt = null;
        if (_strayAfter is not { } after)
            return;
        (_strayAfter, _siftAt) = (null, now + Calm);
        var areAllOthers = _flows.Others > 0;
        mail.Strays.Post(new Strays(_flows.CertainAfter(after, areAllOthers), areAllOthers));
    }

    // Hardware is not used: there is nothing to look at until the time of a ban is over.
    private void Rest(long now)
    {
        _flows.Clear();
        _trust.Expire(now);
        Report(HardwareReport.Nothing with { Distrust = _trust.Distrust }, now);
        _lookAt = _trust.DueIn(now) is { } due ? now + due : null;
    }

    private void Report(HardwareReport report, long now)
    {
        mail.Reports.Post(report);
        // More slowly while there is nothing to see.
        _lookAt = now + (_flows.Count > 0 ? options.Window / HardwareSetting.Rounds : options.Window);
    }

    private bool TryRead(long now)
    {
        try
        {
            _reader ??= new FlowReader();
            _reader.Read(_flows, _devices, FlowReader.PlacedARound, now);
            _flows.EndRound(Now);
            _failure = null;
            return true;
        }
        catch (NetlinkException e)
        {
            if (e.Message != _failure)
                logger.FlowsNotRead(e.Message);
            _failure = e.Message;
            return false;
        }
    }

    private HardwareSetting ReadSetting() =>
        new(options.Window, FlowTimeout, _watch.IsCounted);

    private static long FlowTimeout => Math.Min(ReadTimeout("tcp"), ReadTimeout("udp"));

    private static long ReadTimeout(string protocol)
    {
        var text = FileBytes.ReadTextIfExists($"/proc/sys/net/netfilter/nf_flowtable_{protocol}_timeout");
        return long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? seconds * 1000 : 0;
    }
}
