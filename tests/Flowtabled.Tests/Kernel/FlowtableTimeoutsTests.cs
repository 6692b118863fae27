using Flowtabled.Kernel;

namespace Flowtabled.Tests.Kernel;

/// <summary>What the kernel had is put back, whoever took it.</summary>
public sealed class FlowtableTimeoutsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-timeouts").FullName;
    private readonly string _sysctls;

    public FlowtableTimeoutsTests()
    {
        _sysctls = Path.Combine(_root, "sys");
        Directory.CreateDirectory(Path.Combine(_sysctls, "net", "netfilter"));
        Kernel = ("30\n", "31\n");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void They_are_set_and_put_back()
    {
        var timeouts = New();

        timeouts.Set(5);
        Assert.Equal(("5", "5"), Kernel);
        timeouts.Set(0);
        Assert.Equal(("0", "0"), Kernel);
        timeouts.Restore();

        Assert.Equal(("30", "31"), Kernel);
        Assert.False(File.Exists(timeouts.FilePath));
    }

    [Fact]
    public void Without_a_change_nothing_is_put_back()
    {
        var timeouts = New();
        timeouts.Restore();
        Assert.Equal(("30\n", "31\n"), Kernel);
    }

    [Fact]
    public void After_a_kill_the_next_start_has_the_old_values()
    {
        New().Set(0);

        var next = New();
        next.Set(5);
        Assert.Equal(("5", "5"), Kernel);
        next.Restore();
        Assert.Equal(("30", "31"), Kernel);

        New().Set(0);
        New().Restore();
        Assert.Equal(("30", "31"), Kernel);
    }

    [Fact]
    public void Set_again_after_they_were_put_back()
    {
        var timeouts = New();
        timeouts.Set(5);
        timeouts.Restore();
        timeouts.Set(5);
        Assert.Equal(("5", "5"), Kernel);
    }

    [Fact]
    public void What_cannot_be_kept_is_not_changed()
    {
        File.WriteAllText(Path.Combine(_root, "flowtabled"), "a file where the directory should be");

        Assert.ThrowsAny<IOException>(() => New().Set(5));
        Assert.Equal(("30\n", "31\n"), Kernel);
    }

    [Fact]
    public void A_kernel_without_them_is_an_error_and_nothing_is_kept()
    {
        Directory.Delete(_sysctls, recursive: true);

        Assert.ThrowsAny<IOException>(() => New().Set(5));
        Assert.False(File.Exists(New().FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("net/netfilter/nf_conntrack_max 1\n../../escape 1\n")]
    public void Nothing_else_is_written(string text)
    {
        var timeouts = New();
        timeouts.Set(5);
        File.WriteAllText(timeouts.FilePath, text);

        timeouts.Restore();

        Assert.Equal(("5", "5"), Kernel);
        Assert.Equal(2, Directory.GetFiles(_root, "*", SearchOption.AllDirectories).Length);
    }

    private (string Tcp, string Udp) Kernel
    {
        get => (File.ReadAllText(Switch("tcp")), File.ReadAllText(Switch("udp")));
        set
        {
            File.WriteAllText(Switch("tcp"), value.Tcp);
            File.WriteAllText(Switch("udp"), value.Udp);
        }
    }

    private string Switch(string protocol) => Path.Combine(_sysctls, "net", "netfilter", $"nf_flowtable_{protocol}_timeout");

    private FlowtableTimeouts New() => new(_root, _sysctls);
}
