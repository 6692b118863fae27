using System.Reflection;
using System.Runtime.Loader;
using Tmds.Linux;

namespace Flowtabled.Tests.Package;

/// <summary>The seam is a part of the package. Compiled in only where the package has the seam's place; tests/check-tmds runs it.</summary>
public class SeamTests
{
    private static readonly Assembly s_package = typeof(LibC).Assembly;

    private static readonly Assembly s_seam = new AssemblyLoadContext("seam").LoadFromAssemblyPath(
        Environment.GetEnvironmentVariable("TMDS_LIBC_SEAM")
            ?? throw new InvalidOperationException("TMDS_LIBC_SEAM is not set: run tests/check-tmds"));

    [Fact]
    public void The_package_has_every_member_of_the_seam()
    {
        string[] missing = [.. PublicApi.Of(s_seam).Except(PublicApi.Of(s_package))];
        Assert.True(missing.Length == 0, string.Join('\n', missing));
    }

    [Theory]
    [InlineData("struct msghdr: 56 bytes")]
    [InlineData("size_t : System.IEquatable`1[Tmds.Linux.size_t]")]
    [InlineData("LibC.SOL_NETLINK = 270")]
    [InlineData("LibC: static System.Int32 poll(Tmds.Linux.pollfd* fds, Tmds.Linux.ulong_t nfds, System.Int32 timeout)")]
    [InlineData("LibC: static System.Int32 close(System.Int32 fd) [errno]")]
    public void Members_are_compared_with_all_that_callers_rely_on(string member)
    {
        Assert.Contains(member, PublicApi.Of(s_seam));
        Assert.Contains(member, PublicApi.Of(s_package));
    }
}
