using System.Collections.Immutable;
using System.Diagnostics;
using Flowtabled.Config;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Daemon;

/// <summary>How a pass ended.</summary>
internal enum PassResult
{
    /// <summary>The kernel has what it should have, or nothing may be concluded for now; the next event decides.</summary>
    Settled,

    /// <summary>The kernel refused, or another program owns our table: try again later.</summary>
    Refused,

    /// <summary>All that could be done is done, but a port could not be bound to hardware for now: ask again later.</summary>
    Waiting,

    /// <summary>
    /// Flows, or the firewall, are leaving the hardware; what is to be done when they have left comes with one of the next passes. What stays for long is
    /// looked at less and less often: <see cref="PassSchedule.ClosestLook"/>.
    /// </summary>
    Emptying,
}

/// <summary>Makes the kernel's tables what the configuration and the devices ask for, one pass at a time. It is the only writer.</summary>
internal sealed class Reconciler(KernelSession kernel, ConfigFiles files, ILogger logger)
{
    // Devices come and go, and other programs commit, while a pass reads and plans; it then reads and plans again.
    private const int Attempts = 10;

    /// <summary>Milliseconds between two looks at flows that are leaving the hardware, at first.</summary>
    public const int EmptyingInterval = 250;

    private readonly TrialRun _trial = new(new TrialFile(files.Paths.Trial), logger);
    private readonly FirewallWatch _firewall = new(kernel.IsFirewallStopped);
    private readonly FlowtableTimeouts _timeouts = new(files.Paths.RunDirectory);
    private ConfigSnapshot? _config;
    private bool _configIsDirty = true;
    private bool _hasNewlyExcluded;
    private bool _hasNewHardware;
    private string? _whyStaying;
    private string? _whyNoTimeouts;
    private bool _hasSetTimeouts;
    private string? _whyNoTrial;
    private HashSet<string> _reported = [];
    private bool _firewallMayOffload = true;
    private long _firewallOffloadedNothing = long.MinValue;
    private long? _straysSince;

    public long Passes { get; private set; }

    public long Batches { get; private set; }

    /// <summary>How many passes could not do what they should.</summary>
    public long Refusals { get; private set; }

    public long ConfigReads { get; private set; }

    /// <summary>Why the last pass could not do what it should; null when it could.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What other programs exclude.</summary>
    public ImmutableArray<NamedExclusion> Exclusions => files.Exclusions;

    public ImmutableArray<ConfigProblem> Problems => _config?.Problems ?? [];

    /// <summary>How connections fare in hardware, for the next pass.</summary>
    public HardwareReport Health { get; set; } = HardwareReport.Nothing;

    /// <summary>What the last pass that could do what it should went by; null before.</summary>
    public Assessment? Settled { get; private set; }

    /// <summary>The devices as the last pass found them; null before the first, and while no pass looks at them.</summary>
    public DeviceGraph? Devices { get; private set; }

    /// <summary>Whether connections go into hardware, as the last pass decided.</summary>
    public bool UsesHardware { get; private set; }

    /// <summary>Why hardware is not used, when only this knows.</summary>
    public string? Distrust => kernel.Distrust;

    /// <summary>The trial of hardware: whoever finds that something is wrong with it says so there.</summary>
    public TrialRun Trial => _trial;

    /// <summary>The last takeover that may have left connections in the firewall's flowtable; null when <see cref="Gather"/> has heard which.</summary>
    public Takeover? Takeover { get; private set; }

    /// <summary>Milliseconds until something is to be concluded from what did not happen, 0 when it is time for a pass; null when nothing is.</summary>
    public long? DueIn(long now) => (_trial.DueIn(now), _firewall.DueIn(now)) switch
    {
        ({ } trial, { } firewall) => Math.Min(trial, firewall),
        var (trial, firewall) => trial ?? firewall,
    };

    /// <summary>What the configuration wants logged.</summary>
    public LogVerbosity Verbosity => _config?.Flowtabled.LogLevel ?? LogVerbosity.Info;

    /// <summary>The configuration may have changed: the next pass reads it.</summary>
    public void MarkConfig() => _configIsDirty = true;

    /// <summary>The firewall's table has changed, or may have.</summary>
    public void MarkFirewall() => _firewallMayOffload = true;

    /// <summary>Until <paramref name="now"/>, every change of the firewall's table was marked.</summary>
    public void Hear(long now)
    {
        if (!_firewallMayOffload)
            _firewallOffloadedNothing = now;
    }

    /// <summary>Has connections leave the firewall's flowtable: their next packets bring them into ours.</summary>
    public void Gather(Strays strays)
    {
        Takeover = null;
        if (_firewallMayOffload)
            return; // They would go back. The pass that is due asks again.
        try
        {
            var exodus = KernelSession.MoveOutStrays(strays.Contain);
            _straysSince = null;
            Tell(MoveText.TakenOver, exodus);
        }
        catch (NetlinkException e)
        {
            logger.NotGathered(e.Message);
        }
    }

    /// <summary>Reads what changed, plans, and sends one batch if one is needed.</summary>
    /// <param name="now">Milliseconds of a monotonic clock.</param>
    public PassResult Pass(long now)
    {
        Passes++;
        _firewall.Expire(now);
        var config = ReadConfig();
        if (!config.IsComplete)
        {
            Report(config, []);
            PutBackTimeouts();
            return PassResult.Settled;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                kernel.IsFirewallStopped = _firewall.IsStopped;
                kernel.Distrust = Health.Distrust ?? _whyNoTrial;
                var assessment = kernel.Assess(config with { Trial = _trial.Recorded });
                _firewall.Observe(assessment.Observed.Firewall is not null, now);
                if (!Record(assessment))
                    continue;
                Devices = assessment.Devices;
                UsesHardware = assessment.Decision.State.Hardware is not null;
                Report(config, assessment.Decision.Findings.AddRange(Health.Findings));
                if (assessment.Plan.Findings.FirstOrDefault(static finding => finding.Severity == FindingSeverity.Error) is { } obstacle)
                    return Refuse(obstacle.Message);
                if (!assessment.Plan.IsEmpty)
                {
                    kernel.Commit(assessment);
                    Batches++;
                    var changes = PlanSummary.Of(assessment.Plan);
                    logger.Applied(changes);
                    _hasNewlyExcluded |= assessment.Plan.ExcludesTraffic;
                    _hasNewHardware |= assessment.Plan.WidensHardware && Settled?.IsDistrusted != true;
                    if (assessment.LeavesStrays)
                        (_straysSince, Takeover) = (Math.Min(_straysSince ?? long.MaxValue, _firewallOffloadedNothing), null);
                }

                _firewallMayOffload = assessment.Decision.State.Intent != TableIntent.Present;
                if (_straysSince is { } since)
                    Takeover ??= new Takeover(since);
                if (_hasNewlyExcluded)
                    MoveOutExcluded(assessment);
                if (_hasNewHardware)
                    MoveIn(assessment);
                if (assessment.Plan.EmptiesHardware)
                    Empty();
                else
                    Follow(assessment, now);
                Settled = assessment;
                return Settle(Result(assessment));
            }
            catch (NetlinkException e) when (attempt < Attempts && KernelSession.IsOutrun(e))
            {
                logger.Outrun(e.Message);
            }
            catch (NetlinkException e)
            {
                kernel.DoubtPorts();
                return Refuse(e.Message);
            }
        }
    }

    /// <summary>
    /// Takes our tables away: for a clean end. Flows that are in hardware are moved out first, and those that cannot be moved are let go to the
    /// slow path; with what has not left in time the table for hardware stays, without a rule, and the next start finds it.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refuses.</exception>
    public void Retire()
    {
        var began = Stopwatch.GetTimestamp();
        var timeout = TimeSpan.FromSeconds((_config?.Flowtabled ?? FlowtabledConfig.Default).DrainTimeout);
        while (true)
        {
            var plan = kernel.PlanRetirement();
            if (!plan.IsEmpty)
                kernel.Commit(plan, generation: 0);
            if (!plan.EmptiesHardware)
                return;
            if (Stopwatch.GetElapsedTime(began) > timeout)
            {
                logger.HardwareStays(HardwareTable.Name);
                return;
            }

            if (Empty().Staying > 0)
                SetTimeouts(0);
            Thread.Sleep(EmptyingInterval);
        }
    }

    /// <summary>Puts back, and forgets, what would make the next start think that this end was none in order.</summary>
    public void End()
    {
        SetTimeouts(null);
        _trial.End();
    }

    private Exodus Empty()
    {
        _trial.Unwell();
        var exodus = kernel.EmptyHardware();
        Tell(MoveText.OutOfHardware, exodus);
        if (exodus.Staying > 0 && exodus.Why != _whyStaying)
            logger.StaysInHardware(exodus.StayingText);
        _whyStaying = exodus.Why;
        return exodus;
    }

    // What a port waited for may be what the firewall has just been relieved of.
    private static PassResult Result(Assessment assessment)
    {
        var isWaiting = assessment.Decision.Devices.Any(static device => device.Hardware is { Code: HardwareCode.Waiting });
        if (assessment.Plan.EmptiesHardware || (isWaiting && assessment.Plan.ChangesFirewall))
            return PassResult.Emptying;
        return isWaiting ? PassResult.Waiting : PassResult.Settled;
    }

    // False: it cannot be recorded that hardware is on trial. Without that a chip that takes the machine down would do so at every start.
    private bool Record(Assessment assessment)
    {
        var state = assessment.Decision.State;
        if (assessment.Trial is not { } trial || state.Intent != TableIntent.Present || (state.Hardware is null && trial.Distrust is null))
            return true;
        if (_trial.Record(trial) is not { } problem || trial.Distrust is not null)
            return true;
        _whyNoTrial = $"its trial cannot be recorded ({problem}), which option hw_trial '0' does without";
        return false;
    }

    // Where the kernel does not answer the next pass tries again.
    private void MoveOutExcluded(Assessment assessment)
    {
        var exodus = kernel.MoveOutExcluded(assessment);
        _hasNewlyExcluded = false;
        Tell(MoveText.Excluded, exodus);
    }

    private void MoveIn(Assessment assessment)
    {
        var exodus = kernel.MoveIn(assessment);
        _hasNewHardware = false;
        Tell(MoveText.IntoHardware, exodus);
    }

    private void Tell(string move, Exodus exodus)
    {
        if (MoveText.Of(move, exodus) is { } text)
            logger.Moved(text);
    }

    // The kernel has what it should have.
    private void Follow(Assessment assessment, long now)
    {
        var (config, stands) = (assessment.Config.Flowtabled, assessment.Decision.State.Hardware is not null);
        SetTimeouts(stands ? config.HwFlowTimeout : null);
        if (Health.IsTroubled)
            _trial.Unwell();
        if (stands && assessment.Trial is not null)
            _trial.Stand(config.HwTrial, now);
        else
            _trial.End();
    }

    // What a kill left holds until a pass knows better: with longer ones in between, flows that were let go would stay.
    private void PutBackTimeouts()
    {
        if (!_hasSetTimeouts)
            SetTimeouts(null);
    }

    // Null: as the kernel had them.
    private void SetTimeouts(int? seconds)
    {
        _hasSetTimeouts = true;
        try
        {
            if (seconds is { } value)
                _timeouts.Set(value);
            else
                _timeouts.Restore();
            _whyNoTimeouts = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (e.Message != _whyNoTimeouts)
                logger.TimeoutsNotSet(e.Message);
            _whyNoTimeouts = e.Message;
        }
    }

    private ConfigSnapshot ReadConfig()
    {
        if (_config is { } config && !_configIsDirty)
            return config;
        _config = files.Read();
        _configIsDirty = false;
        ConfigReads++;
        _trial.Adopt(_config.Trial);
        _whyNoTrial = null; // What was in the way may have gone.
        return _config;
    }

    private PassResult Settle(PassResult result)
    {
        if (Refusal is not null)
            logger.RefusalOver(Refusal);
        Refusal = null;
        return result;
    }

    private PassResult Refuse(string reason)
    {
        if (reason != Refusal)
            logger.Refused(reason);
        PutBackTimeouts();
        _trial.Unwell();
        Refusal = reason;
        Refusals++;
        return PassResult.Refused;
    }

    // Each problem and finding is logged when it appears, and a problem again when it is gone.
    private void Report(ConfigSnapshot config, ImmutableArray<Finding> findings)
    {
        var now = new HashSet<string>();
        foreach (var problem in config.Problems)
            Say(problem.ToString(), static (log, text) => log.ConfigProblem(text));
        foreach (var finding in config.Findings)
            Say(finding.ToString(), static (log, text) => log.ConfigFinding(text));
        foreach (var finding in findings.Where(static finding => finding.Severity != FindingSeverity.Info))
            Say(finding.Place is null ? finding.Message : $"{finding.Place}: {finding.Message}", static (log, text) => log.Finding(text));
        foreach (var gone in _reported.Except(now))
            logger.Healed(gone);
        _reported = now;

        void Say(string text, Action<ILogger, string> write)
        {
            if (now.Add(text) && !_reported.Contains(text))
                write(logger, text);
        }
    }
}
