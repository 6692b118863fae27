using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Flowtabled.Engine.Config;
using FsCheck;

namespace Flowtabled.Tests.Config;

/// <summary>Whatever is in the files: they are read or refused, soon, and what is read is not lost again.</summary>
public class UciMutantTests
{
    private static readonly string[] Files =
    [
        """
        config defaults
        	option syn_flood '1'
        	option input 'REJECT'
        	option flow_offloading '1'
        	option flow_offloading_hw 'on'

        config zone 'lan'
        	option name 'lan'
        	list network 'lan'
        	list network '!guest'
        	list device 'tun+'
        	option masq '0'
        config zone
        	option name wan # comment
        	option network 'wan wan6'
        	list subnet "10.0.0.0/8"; option enabled '1'

        """,
        """
        config interface 'loopback'
        	option device 'lo'
        	option proto 'static'
        config device
        	option name 'br-lan'
        	option type 'bridge'
        	list ports 'lan1'
        	list ports 'lan2'
        config device
        	option name eth0.7
        	option type 8021q
        	option ifname eth0
        	option vid 7
        config interface wan
        	option device 'eth0.7'
        	option proto 'pppoe'
        	option username "it's"
        config interface wan6
        	option device '@wan'
        config interface 'old'
        	option type bridge
        	option ifname 'eth1 \
        eth2'
        	option disabled 0

        """,
        """
        c flowtabled main
        	o enabled 1
        	o mode 'manage'
        	o counter "0"
        	o log_level debug

        c device
        	o name 'multi
        line'
        	o exclude yes
        	o level port
        package p

        """,
    ];

    private static readonly string[] Words =
    [
        "config", "option", "list", "package", "c", "o", "l", "p", " ", "\t", "\n", "\r\n", "\v", "'", "\"", "''", "\\", "\\\n", "#", ";",
        "; ", "\0", "a", "zone", "interface", "device", "name", "network", "@wan", "wan", "enabled", "1", "on", "x y", "-", "!", "\u00e9",
        "config defaults\n", "config device\n", "\tlist name 'x'\n", "\toption device '@wan6'\n", "cfg01e63d",
    ];

    private static Arbitrary<Mutant> Mutants => Mutant.Of(
        [.. Files.Select(Encoding.Latin1.GetBytes)], [.. Words.Select(Encoding.Latin1.GetBytes)]);

    [Fact]
    public void Files_are_read_or_refused_with_a_place_in_them()
    {
        Property.Holds(Mutants, mutant =>
        {
            var time = Stopwatch.StartNew();
            if (Read(mutant) is UciParseException error)
            {
                Assert.InRange(error.Line, 0, mutant.Bytes.Count(value => value == '\n'));
                Assert.InRange(error.Byte, 0, mutant.Bytes.Length);
            }

            Assert.InRange(time.ElapsedMilliseconds, 0, 10_000);
        });
    }

    [Fact]
    public void What_was_read_and_is_written_again_reads_the_same()
    {
        var read = 0;
        Property.Holds(Mutants, mutant =>
        {
            if (Read(mutant) is not UciPackage package)
                return;
            read++;
            var again = UciParser.Parse("t", Export(package));
            Assert.Equal(UciShow.Render(package), UciShow.Render(again));
            Assert.Equal(UciShow.Render(package, generatedNames: true), UciShow.Render(again, generatedNames: true));
        });
        Assert.InRange(read, Property.Runs / 5, Property.Runs);
    }

    [Fact]
    public void Lines_point_at_what_is_there()
    {
        Property.Holds(Mutants, mutant =>
        {
            if (Read(mutant) is not UciPackage package)
                return;
            var last = mutant.Bytes.Count(value => value == '\n') + 1;
            Assert.All(package.Sections, section => Assert.InRange(section.Line, 1, last));
            Assert.All(package.Sections.SelectMany(section => section.Options), option => Assert.InRange(option.Line, 1, last));
        });
    }

    [Fact]
    public void Whatever_a_package_holds_it_makes_a_configuration()
    {
        Property.Holds(Mutants, mutant =>
        {
            if (Read(mutant) is not UciPackage package)
                return;
            ImmutableArray<ConfigFinding> findings =
            [
                .. FirewallConfig.Read(package).Findings,
                .. NetworkConfig.Read(package).Findings,
                .. FlowtabledConfig.Read(package).Findings,
            ];
            Assert.All(findings, finding => Assert.DoesNotContain(finding.ToString(), char.IsControl));
            Assert.All(
                NetworkGuess.From(NetworkConfig.Read(package).Config).Bindings, binding => Assert.False(binding.L3Device.StartsWith('@')));
        });
    }

    // A package, or the one exception that there is.
    private static object Read(Mutant mutant)
    {
        try
        {
            return UciParser.Parse("t", mutant.Bytes);
        }
        catch (UciParseException e)
        {
            return e;
        }
    }

    // As 'uci commit' writes it, but that a list keeps its place and an anonymous section is one again.
    private static byte[] Export(UciPackage package)
    {
        var text = new StringBuilder();
        foreach (var section in package.Sections)
        {
            text.Append($"config {Quote(section.Type)} {(section.IsAnonymous ? "" : Quote(section.Name))}\n");
            foreach (var option in section.Options)
            {
                foreach (var value in option.Values)
                    text.Append($"\t{(option.IsList ? "list" : "option")} {option.Name} {Quote(value)}\n");
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static string Quote(string value) => $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
