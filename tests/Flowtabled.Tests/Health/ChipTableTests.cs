using System.Text;
using Flowtabled.Engine.Health;
using Flowtabled.Kernel;

namespace Flowtabled.Tests.Health;

/// <summary>What the drivers of MediaTek's and Airoha's chips show in debugfs is counted, whatever becomes of the text.</summary>
public sealed class ChipTableTests : IDisposable
{
    private static readonly string s_mtk = Encoding.ASCII.GetString(Fixture.Read("ppe/mtk.txt"));
    private static readonly string s_airoha = Encoding.ASCII.GetString(Fixture.Read("ppe/airoha.txt"));

    private readonly string _debug = Directory.CreateTempSubdirectory("flowtabled-debugfs").FullName;

    public void Dispose() => Directory.Delete(_debug, recursive: true);

    [Fact]
    public void Entries_are_counted_by_state()
    {
        Assert.Equal(new ChipTable(2, 2, 16384), ChipTable.Parse(s_mtk));
        Assert.Equal(new ChipTable(1, 1, 8192), ChipTable.Parse(s_airoha));
        Assert.Equal(new ChipTable(0, 0, 8192), ChipTable.Parse(""));
        Assert.Equal("2 bound, 2 unbound of at least 16384", ChipTable.Parse(s_mtk).ToString());
    }

    [Theory]
    [InlineData("00001 INV IPv4 5T")]
    [InlineData("00001 UNK IPv4 5T")]
    [InlineData("0000x BND IPv4 5T")]
    [InlineData("-0001 BND IPv4 5T")]
    [InlineData("00001_BND IPv4 5T")]
    [InlineData("00001 BN")]
    [InlineData("nonsense\n\n")]
    public void What_is_no_entry_is_passed_over(string line) => Assert.Equal(new ChipTable(0, 0, 8192), ChipTable.Parse(line));

    [Fact]
    public void A_number_that_no_entry_has_makes_no_table_without_end() => Assert.Equal(1 << 20, ChipTable.Parse("fffff BND").Capacity);

    [Fact]
    public void Cut_text_is_counted_as_far_as_it_goes()
    {
        var previous = 0;
        for (var length = 0; length <= s_mtk.Length; length++)
        {
            var table = ChipTable.Parse(s_mtk.AsSpan(0, length));
            Assert.InRange(table.Bound + table.Unbound, previous, previous + 1);
            previous = table.Bound + table.Unbound;
        }

        Assert.Equal(4, previous);
    }

    [Fact]
    public void The_tables_of_all_engines_are_added()
    {
        Write("ppe0", s_mtk);
        Write("ppe1", s_airoha);
        Directory.CreateDirectory(Path.Combine(_debug, "ppe2"));

        Assert.Equal(new ChipTable(3, 3, 16384 + 8192), new ChipWitness(_debug).Ask());
    }

    [Fact]
    public void Where_no_driver_shows_a_table_there_is_no_witness()
    {
        Assert.Null(new ChipWitness(_debug).Ask());
        Assert.Null(new ChipWitness(Path.Combine(_debug, "missing")).Ask());
    }

    private void Write(string engine, string entries)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_debug, engine)).FullName;
        File.WriteAllText(Path.Combine(directory, "entries"), entries);
    }
}
