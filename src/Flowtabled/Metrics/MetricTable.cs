namespace Flowtabled.Metrics;

/// <summary>Every metric, in the order in which they are printed. What grows with a router are its devices and zones; no label is of a host or a flow.</summary>
internal static class MetricTable
{
    public static readonly Metric Build = new("flowtabled_build_info", "1, with the program's version, commit and runtime", "version", "commit", "runtime");

    public static readonly Metric Up = new("flowtabled_up", "whether the daemon runs");

    public static readonly Metric Uptime = new("flowtabled_uptime_seconds", "for how long the daemon has been running") { Unit = "seconds" };

    public static readonly Metric Passes = new("flowtabled_passes", "how often the daemon compared what is with what should be") { IsCounter = true };

    public static readonly Metric Batches = new("flowtabled_batches", "how often the daemon changed the kernel, in one batch each time") { IsCounter = true };

    public static readonly Metric Refusals = new("flowtabled_refusals", "how often a pass of the daemon could not do what it should") { IsCounter = true };

    public static readonly Metric Resyncs =
        new("flowtabled_resyncs", "how often events of the kernel were lost and everything was read again") { IsCounter = true };

    public static readonly Metric EventLosses =
        new("flowtabled_event_losses", "how often the ends of connections were not heard for want of room") { IsCounter = true };

    public static readonly Metric FellOut =
        new("flowtabled_fell_out_flows", "connections that fell out of hardware or software since the daemon began", "path") { IsCounter = true };

    public static readonly Metric ConfigReads = new("flowtabled_config_reads", "how often the daemon read the configuration") { IsCounter = true };

    public static readonly Metric Refused = new("flowtabled_refused", "whether the daemon's last pass could not do what it should");

    public static readonly Metric HardwareDistrusted =
        new("flowtabled_hardware_distrusted", "whether the daemon keeps out of hardware because it found it at fault or cannot record its trial");

    public static readonly Metric Problems = new("flowtabled_config_problems", "files of the configuration that cannot be read");

    public static readonly Metric Findings = new("flowtabled_findings", "what flowtabled status finds, by how bad it is", "severity");

    public static readonly Metric FindingCodes = new("flowtabled_findings_by_code", "what flowtabled status finds, by what it is; only codes that are found", "code");

    public static readonly Metric Wanted = new("flowtabled_offload_wanted", "whether the configuration wants offloading, and flowtabled to do it");

    public static readonly Metric Table = new("flowtabled_table_state", "1 for whose the table in the kernel is, 0 for the others", "state");

    public static readonly Metric Pending = new("flowtabled_table_pending_changes", "how many changes make the table what it should be");

    public static readonly Metric Trial = new("flowtabled_hardware_trial_state", "1 for how the trial of hardware stands, 0 for the others", "state");

    public static readonly Metric Flows = new("flowtabled_flows", "connections now", "path");

    public static readonly Metric Unmeasured =
        new("flowtabled_flows_unmeasured", "connections now that conntrack does not count: what these carry is in no other metric", "path");

    public static readonly Metric Bytes =
        new("flowtabled_flows_carried_bytes", "bytes that the connections of now have carried since they began; it falls when one ends", "path")
        {
            Unit = "bytes",
        };

    public static readonly Metric Packets = new("flowtabled_flows_carried_packets", "packets that the connections of now have carried since they began; it falls when one ends", "path") { Unit = "packets" };

    public static readonly Metric Offloaded =
        new("flowtabled_offloaded_flows", "connections that went into a flowtable since our rule was made") { IsCounter = true };

    public static readonly Metric Entries = new("flowtabled_conntrack_entries", "connections that the kernel tracks");

    public static readonly Metric EntriesLimit = new("flowtabled_conntrack_entries_limit", "how many connections the kernel can track: sysctl nf_conntrack_max");

    public static readonly Metric Device =
        new("flowtabled_device_info", "1 for each device and zone that it is in, with the code of what was decided", "device", "zone", "code");

    public static readonly Metric DeviceState = new("flowtabled_device_state", "1 for what was decided for a device, 0 for the others", "device", "state");

    public static readonly Metric DeviceHooked = new("flowtabled_device_hooked", "whether the kernel has the device in the flowtable", "device");

    public static readonly Metric DeviceHardware =
        new("flowtabled_device_hardware", "whether connections of the device may go into hardware, where that is wanted", "device");

    public static readonly Metric NoDevice = new("flowtabled_networks_without_device", "networks that have no device yet");

    public static readonly Metric HardwareFlows =
        new("flowtabled_hardware_flows", "connections of the device that hardware has by the kernel's word; each counts at both its ends", "device");

    public static readonly Metric HalfFlows =
        new("flowtabled_hardware_half_flows", "connections of the device in hardware of which the chip carries one direction only", "device");

    public static readonly Metric UnusedFlows =
        new("flowtabled_hardware_unused_flows", "connections of the device in hardware that the processor carries all the same", "device");

    public static readonly Metric SilentFlows =
        new("flowtabled_hardware_silent_flows", "connections of the device in hardware of which no packet was counted lately", "device");

    public static readonly Metric MissedFlows =
        new("flowtabled_hardware_missed_flows", "connections of the device in software although both their ends may be in hardware", "device");

    public static readonly Metric Chip = new("flowtabled_chip_entries", "entries that the chip itself says it has, two for a connection", "state");

    public static readonly Metric ChipCapacity = new("flowtabled_chip_capacity_entries", "how many entries the chip has room for at least");

    public static Metric[] All { get; } =
    [
        Build, Up, Uptime, Passes, Batches, Refusals, Resyncs, EventLosses, FellOut, ConfigReads, Refused, HardwareDistrusted, Problems, Findings, FindingCodes, Wanted,
        Table, Pending, Trial, Flows, Unmeasured, Bytes, Packets, Offloaded, Entries, EntriesLimit, Device, DeviceState, DeviceHooked,
        DeviceHardware, NoDevice, HardwareFlows, HalfFlows, UnusedFlows, SilentFlows, MissedFlows, Chip, ChipCapacity,
    ];
}
