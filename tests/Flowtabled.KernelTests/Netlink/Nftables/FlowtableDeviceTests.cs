using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;

namespace Flowtabled.KernelTests.Netlink.Nftables;

/// <summary>Many devices in a flowtable, and devices with odd names.</summary>
public sealed class FlowtableDeviceTests : IDisposable
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    private readonly NetworkNamespace _namespace = new();
    private readonly NftClient _client;

    public FlowtableDeviceTests() => _client = _namespace.OpenNft();

    public void Dispose()
    {
        _client.Dispose();
        _namespace.Dispose();
    }

    [Fact]
    public void Three_hundred_devices_come_and_go_in_place()
    {
        var names = Enumerable.Range(0, 300).Select(i => $"d{i}").ToArray();
        AddDummies(names);
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftFlowtable(T, "sw") { Devices = [.. names] });
        _client.Commit(batch);
        var handle = Assert.Single(_client.GetFlowtables()).Handle;
        AssertDevices(names);

        batch.Clear();
        batch.RemoveDevices(T, "sw", names.AsSpan(10));
        _client.Commit(batch);
        AssertDevices(names[..10]);

        batch.Clear();
        batch.UpdateFlowtable(T, "sw", NftFlowtableFlags.Counter, names.AsSpan(10));
        _client.Commit(batch);
        AssertDevices(names);

        var flowtable = Assert.Single(_client.GetFlowtables(T));
        Assert.Equal((handle, NftFlowtableFlags.Counter), (flowtable.Handle, flowtable.Flags));
    }

    [Fact]
    public void A_device_that_is_deleted_leaves_the_flowtable()
    {
        AddDummies("d0", "d1");
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftFlowtable(T, "sw") { Devices = ["d0", "d1"] });
        _client.Commit(batch);

        _namespace.Run("ip link delete d0");

        AssertDevices("d1");
    }

    [Theory]
    [InlineData("'")]
    [InlineData("\"quoted\"")]
    [InlineData("back\\slash")]
    [InlineData("$x`id`")]
    [InlineData("a;b{}#")]
    [InlineData("caf\u00c3\u00a9")] // In UTF-8.
    [InlineData("a\u00ff\u0080")] // In none.
    [InlineData("123456789012345")]
    [InlineData("*-")]
    public void A_device_has_the_name_that_ip_gave_it(string name)
    {
        _namespace.Run($"ip link add name \"$(printf '{string.Concat(name.Select(Octal))}')\" type dummy");
        var set = new NftSet(T, "names", NftSetKey.Of(NftDataType.InterfaceName));
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(set);
        batch.AddElements(set, [new NftSetElement(NftValue.InterfaceName(name))]);
        batch.Add(new NftFlowtable(T, "sw") { Devices = [name] });
        _client.Commit(batch);

        Assert.Equal([name], Assert.Single(_client.GetFlowtables(T)).Devices);
        Assert.Equal(name, NftValue.ToInterfaceName(Assert.Single(_client.GetElements(set)).Key));
        Assert.Contains($"devices = {{ {name} }}", _namespace.Run("nft list flowtables"), StringComparison.Ordinal);

        batch.Clear();
        batch.RemoveDevices(T, "sw", [name]);
        _client.Commit(batch);
        Assert.Empty(Assert.Single(_client.GetFlowtables(T)).Devices);

        batch.Clear();
        batch.UpdateFlowtable(T, "sw", NftFlowtableFlags.None, [name[..^1]]);
        Assert.Equal(Errno.ENOENT, Assert.Throws<NftBatchException>(() => _client.Commit(batch)).Errno);
    }

    private static string Octal(char letter) => $"\\{(letter >> 6) & 7}{(letter >> 3) & 7}{letter & 7}";

    private void AddDummies(params string[] names)
    {
        var commands = string.Concat(names.Select(name => $"link add {name} type dummy\n"));
        _namespace.Run($"ip -batch - <<'END'\n{commands}END\n");
    }

    private void AssertDevices(params string[] expected)
    {
        Assert.Equal(expected.Order(StringComparer.Ordinal), Assert.Single(_client.GetFlowtables()).Devices.Order(StringComparer.Ordinal));
        var listed = Assert.Single(NftListing.Objects(_namespace.ListRuleset(), "flowtable")).GetProperty("dev");
        string[] devices = listed.ValueKind == System.Text.Json.JsonValueKind.String
            ? [listed.GetString()!]
            : [.. listed.EnumerateArray().Select(device => device.GetString()!)];
        Assert.Equal(expected.Order(StringComparer.Ordinal), devices.Order(StringComparer.Ordinal));
    }
}
