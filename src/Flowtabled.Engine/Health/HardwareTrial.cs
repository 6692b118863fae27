namespace Flowtabled.Engine.Health;

/// <summary>
/// The trial of hardware. A chip or its driver that takes the whole machine down would do so at every start; so before hardware is used the
/// trial is recorded where it outlives the machine's end, and an end that is none of an orderly reboot leaves the record behind. Once
/// passed, nothing is recorded any more.
/// </summary>
/// <param name="Subject">What is on trial.</param>
/// <param name="Boot">The boot in which hardware was last used on trial (/proc/sys/kernel/random/boot_id): a later one finds that it ended.</param>
/// <param name="State">How it stands.</param>
/// <param name="Starts">The boots in which hardware was used on trial, none of which but the last one ended in order.</param>
public sealed record HardwareTrial(TrialSubject Subject, string Boot, TrialState State, int Starts)
{
    /// <summary>So many boots may use hardware on trial and not end in order: one may be a power cut.</summary>
    public const int MaxStarts = 2;

    /// <summary>Why hardware is not to be used, for people; null when it may be.</summary>
    public string? Distrust =>
        State == TrialState.Distrusted ? $"{Starts} times in a row the system went down without an orderly end while hardware was on trial" : null;

    /// <summary>The trial as it must be recorded before hardware is used; <paramref name="recorded"/> itself when nothing is to be written.</summary>
    /// <param name="recorded">What is recorded; null for nothing.</param>
    /// <param name="subject">What is to be used.</param>
    /// <param name="boot">This boot.</param>
    public static HardwareTrial Begin(HardwareTrial? recorded, TrialSubject subject, string boot)
    {
        if (recorded is null || !recorded.Subject.Concerns(subject))
            return new HardwareTrial(subject, boot, TrialState.Running, 1);
        // A port that joins is no reason to trust the others again.
        if (recorded.State == TrialState.Distrusted)
            return recorded;

        var wider = recorded.Subject.With(subject);
        var trial = ReferenceEquals(wider, recorded.Subject) ? recorded : recorded with { Subject = wider };
        return trial switch
        {
            { State: TrialState.Passed } => ReferenceEquals(trial, recorded) ? recorded : new HardwareTrial(wider, boot, TrialState.Running, 1),
            _ when trial.Boot == boot => trial,
            { Starts: < MaxStarts } => trial with { Boot = boot, Starts = trial.Starts + 1 },
            _ => trial with { State = TrialState.Distrusted },
        };
    }

    /// <summary>The trial as it must be recorded once hardware has been well for as long as it takes.</summary>
    public HardwareTrial Pass() => this with { State = TrialState.Passed };

    /// <summary>Whether the record must go when this boot ends in order, or hardware is no longer used in it.</summary>
    /// <param name="boot">This boot.</param>
    public bool IsRunningIn(string boot) => State == TrialState.Running && Boot == boot;
}

/// <summary>How a trial stands. The names are those of the record, in lower case.</summary>
public enum TrialState
{
    /// <summary>It goes on, or the machine went down in the middle of it.</summary>
    Running,

    /// <summary>Hardware is trusted.</summary>
    Passed,

    /// <summary>Hardware is not used any more.</summary>
    Distrusted,
}
