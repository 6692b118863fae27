using Flowtabled.Native;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Tests.Abi;

/// <summary>Constants that are C's have the values of the headers that their classes name.</summary>
public class ConstantTests
{
    /// <summary>Constants of programs, not of the kernel or the C library: no header to include has them.</summary>
    private static readonly Type[] s_headerless = [typeof(NftUserData)];

    /// <summary>Every class with a constant of C's, by its capitals, and all of Uapi.</summary>
    private static readonly Type[] s_classes =
    [
        .. new[] { typeof(NetlinkHeader).Assembly, typeof(Inotify).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => CConstant.Of(t).Length > 0 || t.Namespace == typeof(NetlinkUapi).Namespace)
            .Except(s_headerless),
    ];

    public static TheoryData<string> Names => new(s_classes.Select(c => c.FullName!));

    [Theory]
    [MemberData(nameof(Names))]
    public void Constants_have_the_values_of_the_header_that_the_summary_names(string name)
    {
        var type = s_classes.Single(c => c.FullName == name);
        var headers = Documentation.HeadersOf(type);

        Assert.NotEmpty(headers);
        CCompiler.AssertAccepts(CConstant.Program(headers, CConstant.Of(type)));
    }

    [Fact]
    public void Every_constant_of_Uapi_has_a_C_name() =>
        Assert.All(
            s_classes.Where(t => t.Namespace == typeof(NetlinkUapi).Namespace),
            t => Assert.Equal(t.GetFields().Select(f => f.Name), CConstant.Of(t).Select(c => c.Name)));

    [Theory]
    [InlineData("CAP_NET_ADMIN", 13)]
    [InlineData("CAP_NET_ADMIN", -12)]
    [InlineData("CAP_NET_ADMIN", 12UL + (1UL << 32))]
    [InlineData("CAP_NET_ADMINS", 12)]
    [InlineData("XATTR_NAME_CAPS", "security.capabilities")]
    public void A_constant_that_is_not_in_the_header_is_found(string name, object value)
    {
        var program = CConstant.Program(["linux/capability.h", "linux/xattr.h"], [new CConstant(name, value, "Here")]);

        Assert.NotEqual("", CCompiler.Check(program));
    }

    [Theory]
    [InlineData("CAP_NET_ADMIN", 12)]
    [InlineData("CAP_NET_ADMIN", 12UL)]
    [InlineData("CAP_NET_ADMIN", (byte)12)]
    [InlineData("XATTR_NAME_CAPS", "security.capability")]
    public void A_constant_of_any_type_is_compared(string name, object value)
    {
        var program = CConstant.Program(["linux/capability.h", "linux/xattr.h"], [new CConstant(name, value, "Here")]);

        CCompiler.AssertAccepts(program);
    }
}
