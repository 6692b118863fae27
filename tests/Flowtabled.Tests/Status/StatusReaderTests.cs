using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Status;

namespace Flowtabled.Tests.Status;

public sealed class StatusReaderTests
{
    private static readonly Plan Nothing = new([], []);
    private static readonly PlanStep Change = new RemoveDevices("flowtabled", "sw", ["wan"], "");
    private static readonly PlanStep Adoption = new AdoptTable("flowtabled", TableFlags.Owner | TableFlags.Persist, "");

    [Fact]
    public void No_table_is_absent_and_in_sync_when_none_is_wanted()
        => Assert.Equal(new TableStatus(TableState.Absent, null, 0), StatusReader.Table(null, Nothing));

    [Fact]
    public void A_table_of_the_daemons_is_ours()
    {
        var table = Table(TableFlags.Owner | TableFlags.Persist, new TableOwner(uint.MaxValue, IsUs: true));

        Assert.Equal(new TableStatus(TableState.Ours, "netlink port 4294967295", 1), StatusReader.Table(table, new Plan([Change], [])));
    }

    [Fact]
    public void How_far_a_table_of_another_program_is_from_what_it_should_be_nobody_knows()
    {
        var table = Table(TableFlags.Owner, new TableOwner(uint.MaxValue, IsUs: false));

        Assert.Equal(new TableStatus(TableState.Foreign, "netlink port 4294967295", null), StatusReader.Table(table, Nothing));
    }

    [Fact]
    public void Adopting_an_orphan_changes_nothing_in_it()
    {
        var table = Table(TableFlags.Persist, null);

        Assert.Equal(new TableStatus(TableState.Orphan, null, 0), StatusReader.Table(table, new Plan([Adoption], [])));
        Assert.Equal(new TableStatus(TableState.Orphan, null, 1), StatusReader.Table(table, new Plan([Adoption, Change], [])));
    }

    [Fact]
    public void Without_a_plan_it_is_not_known_what_is_pending()
        => Assert.Equal(new TableStatus(TableState.Plain, null, null), StatusReader.Table(Table(TableFlags.None, null), null));

    [Fact]
    public void Devices_are_those_decided_on_and_those_that_the_kernel_has_besides()
    {
        var (lan, wan, none) = (Decision("br-lan"), Decision("wan"), Decision(null));
        var table = Table(TableFlags.None, null, "wan", "tun0", "eth9");

        Assert.Equal(
            [
                new DeviceStatus("br-lan", lan, false),
                new DeviceStatus("wan", wan, true),
                new DeviceStatus(null, none, false),
                new DeviceStatus("eth9", null, true),
                new DeviceStatus("tun0", null, true),
            ],
            StatusReader.Devices(new Decision(DesiredState.Untouched, [lan, wan, none], []), table));
    }

    [Fact]
    public void Without_a_decision_there_are_still_the_kernels_devices()
    {
        Assert.Equal([new DeviceStatus("wan", null, true)], StatusReader.Devices(null, Table(TableFlags.None, null, "wan")));
        Assert.Empty(StatusReader.Devices(null, null));
    }

    private static ObservedTable Table(TableFlags flags, TableOwner? owner, params string[] devices) =>
        new("flowtabled", flags, owner, [], [new FlowtableSpec("sw", 0, FlowtableFlags.None, [.. devices])], [], []);

    private static DeviceDecision Decision(string? device) =>
        new() { Device = device, Outcome = Outcome.In, Code = ReasonCode.Port, Reason = "" };
}
