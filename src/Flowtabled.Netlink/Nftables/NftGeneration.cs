namespace Flowtabled.Netlink.Nftables;

/// <summary>The generation of the namespace's ruleset (NFT_MSG_NEWGEN): every batch that changes something begins another.</summary>
/// <param name="Id">NFTA_GEN_ID. Never 0.</param>
/// <param name="ProcessId">NFTA_GEN_PROC_PID: the thread that sent the batch, or asks; its id in the first pid namespace.</param>
/// <param name="ProcessName">NFTA_GEN_PROC_NAME: that thread's name, at most 15 chars.</param>
public readonly record struct NftGeneration(uint Id, uint ProcessId, string ProcessName);
