namespace Flowtabled.Netlink.Conntrack;

/// <summary>What ties a connection to something that only the kernel can make: an entry made anew would not have it.</summary>
[Flags]
public enum ConntrackBond : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>CTA_HELP: a helper reads along (FTP, SIP).</summary>
    Helper = 1,

    /// <summary>CTA_TUPLE_MASTER: another connection announced it.</summary>
    Master = 2,

    /// <summary>CTA_SEQ_ADJ_ORIG, CTA_SEQ_ADJ_REPLY: TCP sequence numbers are shifted.</summary>
    SequenceAdjustment = 4,

    /// <summary>CTA_SYNPROXY with numbers in it: the kernel itself answered the SYN, and shifts sequence numbers.</summary>
    Synproxy = 8,

    /// <summary>CTA_SECCTX: a security module labelled it.</summary>
    SecurityContext = 16,
}
