using Flowtabled.Doctor;
using Flowtabled.Doctor.Checks;

namespace Flowtabled.Tests.Doctor;

public sealed class SysctlCheckTests : IDisposable
{
    private readonly PatientFiles _files = new();

    public SysctlCheckTests()
    {
        Set("ipv4/ip_forward", 1);
        Set("ipv6/conf/all/forwarding", 1);
        Set("netfilter/nf_conntrack_acct", 1);
        Set("netfilter/nf_flowtable_tcp_timeout", 30);
        Set("netfilter/nf_flowtable_udp_timeout", 30);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_router_has_them_set()
        => Assert.Equal([Diagnosis.Ok("packets are forwarded, flows are counted and stay offloaded")], SysctlCheck.Run(_files.Patient));

    [Theory]
    [InlineData("ipv4/ip_forward", "warning", "no IPv4 packet is forwarded", "=1")]
    [InlineData("ipv6/conf/all/forwarding", "info", "no IPv6 packet is forwarded", null)]
    [InlineData("netfilter/nf_conntrack_acct", "warning", "connections do not count", "=1, or option accounting 0 in /etc/config/flowtabled")]
    [InlineData("netfilter/nf_flowtable_tcp_timeout", "warning", "flows leave the flowtable at once", "=30")]
    [InlineData("netfilter/nf_flowtable_udp_timeout", "warning", "flows leave the flowtable at once", "=30")]
    public void One_that_is_0_is_told(string name, string verdict, string meaning, string? value)
    {
        var sysctl = "net." + name.Replace('/', '.');
        Set(name, 0);

        var found = Assert.Single(SysctlCheck.Run(_files.Patient));

        Assert.Equal(Enum.Parse<Verdict>(verdict, ignoreCase: true), found.Verdict);
        Assert.StartsWith($"{sysctl} is 0: {meaning}", found.Message, StringComparison.Ordinal);
        Assert.Equal(value is null ? null : $"sysctl -w {sysctl}{value}", found.Remedy);
    }

    [Fact]
    public void Accounting_is_not_missed_where_nobody_wants_it()
    {
        Set("netfilter/nf_conntrack_acct", 0);
        _files.Write("config/flowtabled", "config flowtabled 'main'\n\toption accounting '0'\n");

        Assert.Equal(Verdict.Info, Assert.Single(SysctlCheck.Run(_files.Patient)).Verdict);
    }

    [Fact]
    public void A_kernel_without_conntrack_is_told()
    {
        using var bare = new PatientFiles();

        var found = Assert.Single(SysctlCheck.Run(bare.Patient));

        Assert.Equal(Verdict.Warning, found.Verdict);
        Assert.StartsWith("there is no net.netfilter.nf_conntrack_acct", found.Message);
    }

    private void Set(string name, int value) => _files.Write($"sys/net/{name}", $"{value}\n");
}
