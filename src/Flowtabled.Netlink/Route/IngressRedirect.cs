using System.Runtime.InteropServices;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>
/// Reads where a filter sends packets (RTM_NEWTFILTER with the action "mirred egress redirect"): how a shaper (sqm-scripts, qosify) gets at what a
/// device receives, by way of an ifb device with a qdisc of its own.
/// </summary>
internal static class IngressRedirect
{
    /// <summary>
    /// Index of the device that the filter redirects to; false for one that redirects nothing, or of a kind whose actions are not known here.
    /// </summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryDecode(scoped in MessageReader message, out int target)
    {
        var actionsType = 0;
        var options = default(AttributeReader);
        var attributes = message.Attributes(TrafficControlMessage.Size);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case RtNetlink.TCA_KIND:
                    actionsType = ActionsOf(attributes.GetStringBytes());
                    break;
                case RtNetlink.TCA_OPTIONS:
                    options = attributes.GetNested(); // What its types mean depends on the kind.
                    break;
            }
        }

        target = actionsType == 0 ? 0 : FindTarget(options, actionsType);
        return target != 0;
    }

    /// <summary>Where a classifier's options keep its actions; each has its own place.</summary>
    private static int ActionsOf(ReadOnlySpan<byte> kind)
    {
        if (kind.SequenceEqual("u32"u8))
            return PktCls.TCA_U32_ACT;
        if (kind.SequenceEqual("matchall"u8))
            return PktCls.TCA_MATCHALL_ACT;
        if (kind.SequenceEqual("flower"u8))
            return PktCls.TCA_FLOWER_ACT;
        if (kind.SequenceEqual("basic"u8))
            return PktCls.TCA_BASIC_ACT;
        if (kind.SequenceEqual("fw"u8))
            return PktCls.TCA_FW_ACT;
        if (kind.SequenceEqual("bpf"u8))
            return PktCls.TCA_BPF_ACT;
        return 0;
    }

    private static int FindTarget(AttributeReader options, int actionsType)
    {
        while (options.Read())
        {
            if (options.Type != actionsType)
                continue;
            var actions = options.GetNested(); // Numbered by their order, from 1.
            while (actions.Read())
            {
                if (ReadTarget(actions.GetNested()) is not 0 and var target)
                    return target;
            }
        }

        return 0;
    }

    private static int ReadTarget(AttributeReader action)
    {
        var isMirred = false;
        var options = default(AttributeReader);
        while (action.Read())
        {
            switch (action.Type)
            {
                case PktCls.TCA_ACT_KIND:
                    isMirred = action.GetStringBytes().SequenceEqual("mirred"u8);
                    break;
                case PktCls.TCA_ACT_OPTIONS:
                    options = action.GetNested();
                    break;
            }
        }

        if (!isMirred)
            return 0;
        while (options.Read())
        {
            if (options.Type != PktCls.TCA_MIRRED_PARMS)
                continue;
            if (options.Value.Length < Mirred.Size)
                throw options.Fault($"{options.Value.Length} bytes are less than a struct tc_mirred");
            var mirred = MemoryMarshal.Read<Mirred>(options.Value);
            return mirred.Action == PktCls.TCA_EGRESS_REDIR ? mirred.Index : 0;
        }

        return 0;
    }

    /// <summary>struct tc_mirred (linux/tc_act/tc_mirred.h); the first five are tc_gen, common to all actions.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Mirred
    {
        public const int Size = 28;

        public uint ActionIndex;
        public uint Capabilities;
        public int Verdict;
        public int References;
        public int Bindings;
        public int Action;
        public int Index;
    }
}
