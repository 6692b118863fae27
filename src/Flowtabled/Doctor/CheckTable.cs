using Flowtabled.Doctor.Checks;

namespace Flowtabled.Doctor;

/// <summary>Every check, in the order in which they are printed. A new one is a file in Checks and a line here.</summary>
internal static class CheckTable
{
    public static Check[] All { get; } =
    [
        new("kernel", KernelCheck.Run),
        new("runtime", RuntimeCheck.Run),
        new("capability", CapabilityCheck.Run),
        new("nftables", NftablesCheck.Run),
        new("flow_offload", FlowOffloadCheck.Run),
        new("conntrack", ConntrackCheck.Run),
        new("owned_table", OwnedTableCheck.Run),
        new("sysctls", SysctlCheck.Run),
        new("configuration", ConfigurationCheck.Run),
        new("uncommitted", UncommittedCheck.Run),
        new("daemon", DaemonCheck.Run),
        new("devices", DevicesCheck.Run),
        new("chip", ChipCheck.Run),
        new("foreign_flowtables", ForeignFlowtableCheck.Run),
        new("later_chains", LaterChainCheck.Run),
    ];
}
