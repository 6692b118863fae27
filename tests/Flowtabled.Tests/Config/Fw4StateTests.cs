using System.Text;
using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.Config;

/// <summary>The state file that fw4 wrote, and ones that it would not write.</summary>
public class Fw4StateTests
{
    private static readonly byte[] Recorded = Fixture.Read("fw4/state.json");

    [Fact]
    public void A_recorded_state_has_its_networks_and_zones()
    {
        var state = Fw4State.Parse(Recorded);

        Assert.Equal(
            [
                "guest br-guest", "iot br-lan.20", "lan br-lan", "loopback lo", "tun 6rd-tun", "vpn wg0", "wan pppoe-wan",
                "wan6 pppoe-wan",
            ],
            state.Networks.Bindings.Select(binding => $"{binding.Network} {binding.L3Device}"));
        Assert.All(state.Networks.Bindings, binding => Assert.Equal(BindingSource.Fw4State, binding.Source));
        Assert.Equal(
            [
                "lan: lan: br-lan",
                "wan: wan wan6 lte tun: pppoe-wan wwan0 6rd-tun",
                "guest: guest: br-guest tun*",
                "vpn: vpn: wg0",
                "dmz: : ",
            ],
            state.Zones.Select(zone => $"{zone.Name}: {string.Join(' ', zone.Networks)}: {string.Join(' ', zone.Devices)}"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "zones": null, "networks": null }""")]
    [InlineData("""{ "zones": [], "networks": {}, "includes": [ { "a": [ 1 ] } ] }""")]
    [InlineData("""{ "networks": { "a": null, "b": { "up": null, "device": "x" } } }""")]
    [InlineData("""{ "networks": { "a": { "up": true, "device": null }, "b": { "up": true } } }""")]
    [InlineData("""{ "networks": { "down": { "up": false, "device": "wan.7" } } }""")]
    public void What_fw4_does_not_know_is_not_there(string json)
    {
        var state = Fw4State.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Empty(state.Networks.Bindings);
        Assert.Empty(state.Zones);
    }

    [Fact]
    public void What_a_zone_does_not_have_is_not_there()
    {
        var zone = Assert.Single(Fw4State.Parse("""
            { "zones": [ { "name": "a",
                "network": [ null, { "device": null }, {}, { "invert": null, "device": "x" } ],
                "match_devices": null } ] }
            """u8).Zones);

        Assert.Equal(("a", "x", ""), (zone.Name, string.Join(' ', zone.Networks), string.Join(' ', zone.Devices)));
        Assert.Empty(Assert.Single(Fw4State.Parse("""{ "zones": [ { "network": null, "name": "a" } ] }"""u8).Zones).Networks);
    }

    [Fact]
    public void Names_are_bytes()
    {
        byte[] json = [.. "{ \"networks\": { \"a\\u00fc\\/\": { \"up\": true, \"device\": \"ü"u8, 0xff, .. "\" } } }"u8];
        var expected = new NetworkBinding("a\u00c3\u00bc/", Encoding.Latin1.GetString([.. "ü"u8, 0xff]), BindingSource.Fw4State);

        Assert.Equal([expected], Fw4State.Parse(json).Networks.Bindings);
    }

    [Theory]
    [InlineData("", "malformed JSON", 0)]
    [InlineData("{", "malformed JSON", 1)]
    [InlineData("{} x", "malformed JSON", 3)]
    [InlineData("""{ "zones": [ { "name": "a" } }""", "malformed JSON", 29)]
    [InlineData("null", "the state is of the wrong kind (Null)", 0)]
    [InlineData("[]", "the state is of the wrong kind (StartArray)", 0)]
    [InlineData("""{"networks":[]}""", "networks is of the wrong kind (StartArray)", 12)]
    [InlineData("""{"networks":{"a":1}}""", "a network is of the wrong kind (Number)", 17)]
    [InlineData("""{"networks":{"a":{"up":1}}}""", "a network's up is of the wrong kind (Number)", 23)]
    [InlineData("""{"networks":{"a":{"device":{}}}}""", "a network's device is of the wrong kind (StartObject)", 27)]
    [InlineData("""{"networks":{"a":{"up":true,"device":"\ud800"}}}""", "a string that is not UTF-8", 37)]
    [InlineData("""{"\ud800":1}""", "a string that is not UTF-8", 1)]
    [InlineData("""{"networks":{"a":{"\udc00":1}}}""", "a string that is not UTF-8", 18)]
    [InlineData("""{"zones":{}}""", "zones is of the wrong kind (StartObject)", 9)]
    [InlineData("""{"zones":[null]}""", "a zone is of the wrong kind (Null)", 10)]
    [InlineData("""{"zones":["a"]}""", "a zone is of the wrong kind (String)", 10)]
    [InlineData("""{"zones":[{}]}""", "a zone without a name", 10)]
    [InlineData("""{"zones":[{"name":null}]}""", "a zone without a name", 10)]
    [InlineData("""{"zones":[{"name":[]}]}""", "a zone's name is of the wrong kind (StartArray)", 18)]
    [InlineData("""{"zones":[{"network":{}}]}""", "a zone's network is of the wrong kind (StartObject)", 21)]
    [InlineData("""{"zones":[{"network":["lan"]}]}""", "a zone's network is of the wrong kind (String)", 22)]
    [InlineData("""{"zones":[{"network":[{"device":1}]}]}""", "the name of a zone's network is of the wrong kind (Number)", 32)]
    [InlineData("""{"zones":[{"network":[{"invert":"x"}]}]}""", "a zone's network's invert is of the wrong kind (String)", 32)]
    [InlineData("""{"zones":[{"match_devices":{}}]}""", "match_devices is of the wrong kind (StartObject)", 27)]
    [InlineData("""{"zones":[{"match_devices":[null]}]}""", "a device of a zone is of the wrong kind (Null)", 28)]
    public void What_fw4_would_not_write_is_refused_with_its_place(string json, string reason, long offset)
    {
        var error = Assert.Throws<Fw4StateException>(() => Fw4State.Parse(Encoding.UTF8.GetBytes(json)));

        Assert.Equal((reason, offset), (error.Reason, error.Offset));
        Assert.Equal($"{reason} at byte {offset}", error.Message);
    }

    [Fact]
    public void Every_cut_is_refused()
    {
        for (var length = 0; length < Recorded.AsSpan().TrimEnd("\n"u8).Length; length++)
            Assert.Throws<Fw4StateException>(() => Fw4State.Parse(Recorded.AsSpan(0, length)));
    }

    [Fact]
    public void Mutants_are_read_or_refused()
    {
        byte[] small = """
            {"networks":{"a":{"up":true,"device":"x\u0001"}},"zones":[{"name":"z","network":[{"device":"a"}],"match_devices":["x"]}]}
            """u8.ToArray();
        string[] words =
        [
            "{", "}", "[", "]", ",", ":", "null", "true", "1", "\"", "\"\\ud800\"", "\\u00e9", "\u00ff",
            "\"device\":", "\"up\":", "\"name\":", "{}", "[]",
        ];

        Property.Holds(Mutant.Of([Recorded, small, small, small], [.. words.Select(Encoding.Latin1.GetBytes)]), mutant =>
        {
            try
            {
                Assert.DoesNotContain(null, Fw4State.Parse(mutant.Bytes).Zones);
            }
            catch (Fw4StateException e)
            {
                Assert.InRange(e.Offset, 0, mutant.Bytes.Length);
            }
        });
    }
}
