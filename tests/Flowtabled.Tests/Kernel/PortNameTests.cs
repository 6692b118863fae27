using Flowtabled.Kernel;

namespace Flowtabled.Tests.Kernel;

public sealed class PortNameTests
{
    [Fact]
    public void A_port_of_a_process_has_its_name()
    {
        var name = File.ReadAllText("/proc/self/comm").TrimEnd();

        Assert.Equal($"pid {Environment.ProcessId} ({name})", PortName.Of((uint)Environment.ProcessId));
    }

    [Fact]
    public void A_process_that_is_not_there_has_none() => Assert.Equal("pid 2147483647", PortName.Of(int.MaxValue));

    [Fact]
    public void A_further_socket_of_a_process_does_not_tell_which_one()
        => Assert.Equal("netlink port 4294963198", PortName.Of(unchecked((uint)-4098)));
}
