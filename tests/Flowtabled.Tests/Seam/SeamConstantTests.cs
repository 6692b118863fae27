using System.Reflection;
using Flowtabled.Tests.Abi;
using Tmds.Linux;

namespace Flowtabled.Tests.Seam;

/// <summary>
/// The seam's constants have the C library's values. (That the package's have the seam's is compared where the package is.)
/// </summary>
public class SeamConstantTests
{
    private static readonly string[] s_headers = ["errno.h", "fcntl.h", "poll.h", "signal.h", "sys/eventfd.h", "sys/socket.h", "unistd.h"];

    [Fact]
    public void Constants_have_the_values_of_the_C_library()
    {
        CConstant[] constants =
        [
            .. typeof(LibC).GetProperties(BindingFlags.Static | BindingFlags.Public)
                .Where(p => p.Name != nameof(LibC.errno))
                .Select(p => new CConstant(p.Name, Number(p.GetValue(null)!), $"LibC.{p.Name}")),
        ];

        Assert.NotEmpty(constants);
        CCompiler.AssertAccepts(CConstant.Program(s_headers, constants));
    }

    private static object Number(object value) => value is sa_family_t family ? (int)family : value;
}
