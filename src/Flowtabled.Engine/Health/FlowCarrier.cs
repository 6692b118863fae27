using Flowtabled.Engine.Flows;

namespace Flowtabled.Engine.Health;

/// <summary>Who carries a flow, by its counters.</summary>
internal enum FlowCarrier
{
    /// <summary>The stack, as it should or for a reason that is no fault.</summary>
    Stack,

    /// <summary>The stack, though hardware could for as long as it is judged.</summary>
    StackInstead,

    /// <summary>The chip, or nothing says otherwise.</summary>
    Chip,

    /// <summary>The chip in one direction, the stack in the other.</summary>
    Half,

    /// <summary>The stack, though the kernel says that hardware has it.</summary>
    StackBeside,

    /// <summary>The chip, in one direction; in the other nothing comes.</summary>
    ChipOneWay,

    /// <summary>The chip, or nobody: nothing comes.</summary>
    Silent,
}

/// <summary>Tells who carries a flow.</summary>
internal static class FlowCarriers
{
    public static FlowCarrier Of(Flow flow, HardwareSetting setting, long now)
    {
        var isMeasured = setting.IsCounted && flow.Original.IsMeasured && flow.Reply.IsMeasured;
        if (!flow.IsInHardware)
            return flow.IsEligible && !flow.IsOlder && IsInUse(flow, isMeasured, setting, now) ? FlowCarrier.StackInstead : FlowCarrier.Stack;
        if (!isMeasured || now - flow.Since < setting.Window)
            return FlowCarrier.Chip;

        var (original, reply) = (Moves(in flow.Original, setting, now), Moves(in flow.Reply, setting, now));
        return (original, reply) switch
        {
            (Movement.None, Movement.None) => FlowCarrier.Silent,
            (Movement.Steady, Movement.Steady) => FlowCarrier.StackBeside,
            (Movement.Steady, Movement.None) or (Movement.None, Movement.Steady) => FlowCarrier.Half,
            (_, Movement.None) or (Movement.None, _) => FlowCarrier.ChipOneWay,
            _ => FlowCarrier.Chip,
        };
    }

    // Uncounted, it would have left the flowtable by now if no packet had come.
    private static bool IsInUse(Flow flow, bool isMeasured, HardwareSetting setting, long now) => isMeasured
        ? now - flow.Since >= setting.Window && flow.Original.Moves + flow.Reply.Moves > 1 && now - flow.MovedAt < setting.Window
        : now - flow.Since >= setting.Window + setting.FlowTimeout;

    private static Movement Moves(in FlowDirection direction, HardwareSetting setting, long now) =>
        setting.TellsCarrier && direction.Run >= HardwareSetting.Rounds ? Movement.Steady
        : now - direction.MovedAt < setting.Silence ? Movement.Some
        : Movement.None;

    private enum Movement
    {
        None,
        Some,
        Steady,
    }
}
