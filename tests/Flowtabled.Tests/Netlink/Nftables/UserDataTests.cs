using static Flowtabled.Netlink.Nftables.NftUserData;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What programs leave with an object for themselves may be anything.</summary>
public class UserDataTests
{
    // A set's: byte order, auto-merge, the expression that its keys are, a comment.
    private static readonly byte[] s_recorded = Convert.FromHexString("000402000000" + "020401000000" + "0304000401ff" + "070361620a");

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0005616263")] // Longer than there is.
    [InlineData("0003616263")] // Without a NUL.
    [InlineData("0100")] // Another type.
    [InlineData("ffffffff")]
    public void User_data_of_others_has_no_comment(string hex) =>
        Assert.Null(FindComment(Convert.FromHexString(hex), NFTNL_UDATA_COMMENT));

    [Fact]
    public void User_data_is_found_by_its_type()
    {
        var data = Convert.FromHexString("0500" + "02040100ff00" + "0003616200");
        Assert.Equal("ab", FindComment(data, 0));
        Assert.Equal(0xff0001u, FindUInt32(data, 2));
        Assert.Equal(0u, FindUInt32(data, 0)); // Another size.
        Assert.Equal(0u, FindUInt32(data, 9));
    }

    [Fact]
    public void Mutated_user_data_is_read()
    {
        byte[][] pieces = [[0, 4], [7, 255], [0, 0], [3, 1, 0], "comment\0"u8.ToArray()];
        Property.Holds(Mutant.Of([s_recorded, Convert.FromHexString("0003616200")], pieces), mutant =>
        {
            foreach (var type in (byte[])[0, 1, 2, 3, 7, 255])
            {
                if (TryFind(mutant.Bytes, type, out var value))
                    Assert.InRange(value.Length, 0, mutant.Bytes.Length - 2);
                Assert.DoesNotContain('\0', FindComment(mutant.Bytes, type) ?? "");
                _ = FindUInt32(mutant.Bytes, type);
            }
        });
    }
}
