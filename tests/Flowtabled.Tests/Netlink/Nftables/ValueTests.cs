using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using static Flowtabled.Netlink.Uapi.NfTables;

namespace Flowtabled.Tests.Netlink.Nftables;

public class ValueTests
{
    [Fact]
    public void Arrays_compare_by_what_they_hold()
    {
        ValueArray<string> one = ["a", "b"], same = ["a", "b"], swapped = ["b", "a"], empty = [];
        Assert.True(one == same);
        Assert.True(one != swapped);
        Assert.True(one.Equals((object)same));
        Assert.False(one.Equals("a"));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.True(empty == default);
        Assert.Empty(default(ValueArray<int>));
        Assert.Equal(default(ValueArray<string>).GetHashCode(), empty.GetHashCode());
        Assert.Equal("b", one[1]);
        Assert.Equal(["a", "b"], one);
        Assert.Empty((System.Collections.IEnumerable)default(ValueArray<int>));
        Assert.Equal(one, ((System.Collections.IEnumerable)one).Cast<string>());
    }

    [Fact]
    public void Arrays_print_what_they_hold()
    {
        Assert.Equal("c0a80105", Sample.Element("c0a80105").Key.ToString());
        Assert.Equal("[a, b]", ((ValueArray<string>)["a", "b"]).ToString());
        Assert.Equal("[]", default(ValueArray<string>).ToString());
    }

    [Theory]
    [InlineData("lo")]
    [InlineData("a23456789012345")]
    [InlineData("\u0001\u00ff\"'`$(x)")]
    public void Names_of_devices_survive(string name)
    {
        var value = NftValue.InterfaceName(name);
        Assert.Equal(16, value.Count);
        Assert.Equal(name, NftValue.ToInterfaceName(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a234567890123456")]
    [InlineData("a\0b")]
    [InlineData("\u0100")]
    public void What_is_no_name_of_a_device_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => NftValue.InterfaceName(name));

    [Theory]
    [InlineData("00000000000000000000000000000000")] // Empty.
    [InlineData("65746830")] // Too short.
    [InlineData("61616161616161616161616161616161")] // Without a NUL.
    [InlineData("61000000000000000000000000000061")] // Something after it.
    public void What_holds_no_name_of_a_device_gives_none(string hex) =>
        Assert.Null(NftValue.ToInterfaceName([.. Convert.FromHexString(hex)]));

    [Fact]
    public void Numbers_have_the_byte_order_of_their_name()
    {
        Assert.Equal("01bb", NftValue.Network(443).ToString());
        Assert.Equal(0x01020304u, BitConverter.ToUInt32(NftValue.Host(0x01020304).Span));
    }

    [Theory]
    [InlineData("00", "01", null)]
    [InlineData("00ff", "0100", "00fe")]
    [InlineData("0100", "0101", "00ff")]
    [InlineData("ffff", null, "fffe")]
    [InlineData("0000", "0001", null)]
    [InlineData("", null, null)]
    public void Ranges_count_bytes_as_one_number(string hex, string? next, string? previous)
    {
        var key = Sample.Element(hex).Key;
        Assert.Equal(next, ByteRange.Next(key)?.ToString());
        Assert.Equal(previous, ByteRange.Previous(key)?.ToString());
        Assert.Equal(hex, key.ToString()); // Itself unchanged.
    }

    [Fact]
    public void Times_that_do_not_fit_become_the_longest()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), Milliseconds.Read(1000));
        Assert.Equal(TimeSpan.MaxValue, Milliseconds.Read(ulong.MaxValue));
        Assert.Equal(TimeSpan.MaxValue, Milliseconds.Read((ulong)TimeSpan.MaxValue.TotalMilliseconds));
    }

    [Theory]
    [InlineData(129, 'a')]
    [InlineData(1, '\u0100')]
    [InlineData(1, '\0')]
    public void A_comment_that_nft_would_not_take_is_refused(int length, char letter) =>
        Assert.Throws<ArgumentException>(() => new NftBatch().Add(Sample.Table with { Comment = new string(letter, length) }));

    [Fact]
    public void A_comment_of_the_longest_kind_is_taken() =>
        new NftBatch().Add(Sample.Table with { Comment = new string('\u00ff', 128) });

    [Fact]
    public void Families_have_the_names_that_nft_gives_them()
    {
        Assert.Equal(
            ["any", "inet", "ip", "arp", "netdev", "bridge", "ip6", "family 77"],
            Enum.GetValues<NftFamily>().Append((NftFamily)77).Select(family => family.ToNft()));
        Assert.Equal("inet flowtabled", Sample.Name.ToString());
    }

    [Fact]
    public void Keys_of_metadata_are_those_that_sets_are_made_of()
    {
        Assert.Equal(41u, NftSetKey.OfMeta(NFT_META_IIFNAME).Type);
        Assert.Throws<ArgumentOutOfRangeException>(() => NftSetKey.OfMeta(NFT_META_MARK));
    }

    [Theory]
    [InlineData(Errno.ENOENT, "ENOENT")]
    [InlineData(Errno.ERESTART, "ERESTART")]
    [InlineData(4000, "errno 4000")]
    public void Error_numbers_have_names(int errno, string name) => Assert.Equal(name, Errno.Name(errno));
}
