namespace Flowtabled.Netlink.Nftables;

/// <summary>How a commit ended that the kernel did not refuse.</summary>
public enum NftCommitResult
{
    /// <summary>All of it is in effect.</summary>
    Committed,

    /// <summary>
    /// Somebody else changed the ruleset since the generation that the batch was made for (ERESTART): read again, plan again.
    /// </summary>
    GenerationMoved,
}
