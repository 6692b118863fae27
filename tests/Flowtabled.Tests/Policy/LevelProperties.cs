using System.Collections.Immutable;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Tests.Topology;
using FsCheck;
using FsCheck.Fluent;
using Outcome = Flowtabled.Engine.Policy.Outcome;

namespace Flowtabled.Tests.Policy;

/// <summary>
/// What holds for every stack of devices, judged by where the kernel would take the packets: at the end of the path where that is in the
/// flowtable, else at the l3 device (nft_dev_forward_path).
/// </summary>
public class LevelProperties
{
    // Each number makes one device on the ones before it.
    private static readonly Gen<ImmutableArray<int>> Stacks =
        from count in Gen.Choose(1, 9)
        from seeds in Gen.ArrayOf(Gen.Choose(0, 9999), count)
        select seeds.ToImmutableArray();

    [Fact]
    public void No_packet_passes_a_shaper_by_and_no_entry_is_resolved_to_a_bridge_port() => Check((graph, decision) =>
    {
        var hooked = decision.State.Table!.Flowtable.Devices;
        foreach (var l3 in L3(graph, decision, static outcome => outcome is Outcome.In or Outcome.Moved))
        {
            foreach (var stack in Stacked(graph, l3, []))
            {
                var isAtEnd = hooked.Contains(stack[^1].Name);
                var passedBy = isAtEnd ? stack[..^1] : [];
                Assert.DoesNotContain(passedBy, static device => device.Kind == DeviceKind.Bridge);
                Assert.DoesNotContain(passedBy, static device => device.Qdiscs.Contains("cake"));
                Assert.True(!isAtEnd || stack.Length <= 3, "more headers than a flowtable takes off");
            }
        }
    });

    [Fact]
    public void Every_device_that_is_not_left_out_is_taken_somewhere() => Check((graph, decision) =>
    {
        var hooked = decision.State.Table!.Flowtable.Devices;
        foreach (var l3 in L3(graph, decision, static outcome => outcome != Outcome.Out))
            Assert.True(hooked.Contains(l3.Name) || Stacked(graph, l3, []).All(stack => hooked.Contains(stack[^1].Name)), l3.Name);
    });

    [Fact]
    public void A_device_is_left_out_only_where_something_stands_on_it() => Check((graph, decision) =>
    {
        foreach (var l3 in L3(graph, decision, static outcome => outcome == Outcome.Out))
            Assert.Contains(graph.Devices, device => device != l3 && Stacked(graph, device, []).Any(stack => stack.Contains(l3)));
    });

    [Fact]
    public void What_is_in_the_flowtable_has_a_decision_that_says_so() => Check((_, decision) =>
        Assert.Equal(
            decision.State.Table!.Flowtable.Devices,
            decision.Devices.Where(static device => device.Outcome == Outcome.In).Select(static device => device.Device!)));

    private static void Check(Action<DeviceGraph, Decision> property) => Property.Holds(
        Stacks.ToArbitrary(),
        seeds =>
        {
            var net = Build(seeds);
            var router = new Router(net);
            foreach (var device in net.Graph.Devices.Where(device => seeds[device.Index % seeds.Length] % 3 != 0))
                router.Network(device.Name, device.Name);
            property(net.Graph, router.Decide());
        },
        runs: 2000);

    private static Net Build(ImmutableArray<int> seeds)
    {
        var net = new Net().Port("d1");
        foreach (var seed in seeds)
        {
            var devices = net.Graph.Devices;
            var name = $"d{devices.Length + 1}";
            var on = devices[seed / 10 % devices.Length];
            switch (seed % 10)
            {
                case 0 or 1:
                    net.Port(name);
                    break;
                case 2 or 3 or 4 or 5:
                    net.Vlan(name, on.Name, 5);
                    break;
                case 6:
                    net.Pppoe(name, on.Name);
                    break;
                case 7:
                    net.Dsa(name, on.Name);
                    break;
                default:
                    var ports = devices.Where(port => port.MasterIndex is null && (seed >> port.Index) % 2 == 0);
                    net.Bridge(name, [.. ports.Select(static port => port.Name)]);
                    break;
            }

            if (seed % 4 == 1)
                net.Qdiscs(name, "cake");
        }

        return net;
    }

    private static IEnumerable<Device> L3(DeviceGraph graph, Decision decision, Func<Outcome, bool> outcome) =>
        decision.Devices.Where(device => outcome(device.Outcome) && !device.Networks.IsEmpty).Select(device => graph.Find(device.Device!)!);

    // Every way down from a device, as the kernel goes it.
    private static IEnumerable<ImmutableArray<Device>> Stacked(DeviceGraph graph, Device device, ImmutableArray<Device> above)
    {
        if (above.Contains(device))
            return [];

        var stack = above.Add(device);
        IEnumerable<Device> below = device switch
        {
            { Kind: DeviceKind.Vlan } => graph.Devices.Where(lower => lower.Index == device.LowerIndex),
            { Kind: DeviceKind.Ppp } => graph.Devices.Where(lower => lower.Index == device.PppoeParentIndex),
            { Kind: DeviceKind.Bridge } => graph.Devices.Where(port => port.MasterIndex == device.Index),
            _ => [],
        };
        return device.Kind is DeviceKind.Vlan or DeviceKind.Ppp or DeviceKind.Bridge
            ? below.SelectMany(lower => Stacked(graph, lower, stack))
            : [stack];
    }
}
