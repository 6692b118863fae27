using Flowtabled.Native;

namespace Flowtabled.Tests.Native;

public class UnameTests
{
    [Fact]
    public void Release_is_the_kernels() =>
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").TrimEnd('\n'), Uname.Release);
}
