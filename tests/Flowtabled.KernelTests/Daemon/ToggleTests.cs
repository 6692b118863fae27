using System.Text;
using Flowtabled.KernelTests.Lab;
using Flowtabled.Tests.Ubus;
using Flowtabled.Ubus;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>The firewall's switch behind LuCI's toggle, thrown both ways, on a bus with a procd that tells of it.</summary>
public sealed class ToggleTests : IDisposable
{
    private const string Off = "flow_offloading '0'";
    private const string On = "flow_offloading '1'";

    private readonly Topology _topology = new("--nat");
    private readonly TestUbusd _ubusd;
    private readonly UbusEnd _router;
    private readonly UbusObject _service = new("service", [], (_, _, _) => { });
    private readonly string _firewall;

    public ToggleTests()
    {
        _ubusd = new TestUbusd(Path.Combine(_topology.RunDirectory, "ubus"));
        _router = new UbusEnd(_ubusd);
        _router.Connection.Publish(_service);
        _router.Until(() => _service.Id != 0);
        _firewall = _topology.ReadPackage("firewall");
        Assert.Contains(On, _firewall, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _router.Dispose();
        _ubusd.Dispose();
        _topology.Dispose();
    }

    [Fact]
    public void Committed_and_told_of_it_takes_effect_both_ways_in_one_batch_each()
    {
        using var daemon = Start();

        Assert.Equal(1, daemon.Cost(() => Apply(Off, "none")).Batches);
        Assert.Equal(1, daemon.Cost(() => Apply(On, "lan wan")).Batches);

        void Apply(string value, string devices)
        {
            _topology.Commit("firewall", Firewall(value));
            Tell();
            Eventually.Is(() => Topology.FlowtableDevices() == devices, value, otherwise: () => daemon.Process.Output);
        }
    }

    /// <summary>Without a confirmation rpcd writes the old file over the new one, in place, and tells of it again (rpcd, uci.c).</summary>
    [Fact]
    public void Rolled_back_it_is_as_it_was_and_connections_go_on()
    {
        using var daemon = Start();
        using var flow = new RunningFlow();

        Assert.Equal(1, daemon.Cost(() => Change(Off, "none")).Batches);
        Assert.Equal(1, daemon.Cost(() => Change(On, "lan wan")).Batches);

        Topology.AwaitNothingSeen();
        flow.WasNotDisturbed();

        void Change(string value, string devices)
        {
            var file = Path.Combine(_topology.ConfigDirectory, "firewall");
            if (value == Off)
                _topology.Commit("firewall", Firewall(value));
            else
                File.WriteAllText(file, Firewall(value));
            Tell();
            Eventually.Is(() => Topology.FlowtableDevices() == devices, value, otherwise: () => daemon.Process.Output);
        }
    }

    /// <summary>The file is a link to where nobody watches.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_signal_or_the_bus_alone_is_enough_and_takes_one_pass(bool isSignal)
    {
        var (link, file) = (Path.Combine(_topology.ConfigDirectory, "firewall"), Path.Combine(_topology.RunDirectory, "firewall"));
        File.Delete(link);
        File.WriteAllText(file, _firewall);
        File.CreateSymbolicLink(link, file);
        using var daemon = Start();

        Assert.Equal((0, 0), daemon.Cost(() => File.WriteAllText(file, Firewall(Off))));
        Assert.Equal((1, 1), daemon.Cost(() => Say("none")));
        File.WriteAllText(file, _firewall);
        Assert.Equal((1, 1), daemon.Cost(() => Say("lan wan")));

        void Say(string devices)
        {
            if (isSignal)
                daemon.Process.Signal("HUP");
            else
                Tell();
            Eventually.Is(() => Topology.FlowtableDevices() == devices, devices, otherwise: () => daemon.Process.Output);
        }
    }

    private string Firewall(string value) => _firewall.Replace(On, value, StringComparison.Ordinal);

    private RunningDaemon Start()
    {
        var daemon = new RunningDaemon(_topology);
        _router.Until(() => _service.HasSubscribers);
        daemon.AwaitCalm();
        return daemon;
    }

    // As procd does for "ubus call service event", which rpcd and reload_config make.
    private void Tell()
    {
        var data = new BlobBuffer();
        BlobJson.Add(new BlobWriter(data), Encoding.UTF8.GetBytes("""{"config":"firewall"}"""));
        _router.Connection.Notify(_service, "config.change", data);
        _router.Until(() => (_router.Connection.WantedEvents & Tmds.Linux.LibC.POLLOUT) == 0);
    }
}
