using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Flowtabled.Cli;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Flows;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Nftables;

namespace Flowtabled.Kernel;

/// <summary>The connections that our tables hold on the slow path: elements of two sets in each, which the kernel takes out when their time is over.</summary>
/// <param name="nft">Its socket may change the tables: where they have an owner, it is that.</param>
internal sealed class HeldConnections(NftClient nft)
{
    // Messages of one send: below what a socket takes at once.
    private const int Lot = 256;

    // Elements expire between being read and being replaced.
    private const int Attempts = 10;

    private static readonly NftTableName[] Tables = [BatchMapper.Inet(OffloadTable.Name), BatchMapper.Inet(HardwareTable.Name)];

    /// <summary>The element that holds a connection of TCP or UDP; its zone is no part of it.</summary>
    public static NftSetElement Element(in ConntrackTuple tuple, int seconds)
    {
        var size = tuple.Source.Size;
        var key = new byte[(2 * size) + 12];
        tuple.Source.CopyTo(key);
        tuple.Destination.CopyTo(key.AsSpan(size));
        key[2 * size] = tuple.Protocol; // Each field begins at a multiple of four.
        BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan((2 * size) + 4), tuple.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan((2 * size) + 8), tuple.DestinationPort);
        return new NftSetElement([.. key]) { Timeout = TimeSpan.FromSeconds(seconds) };
    }

    /// <summary>What names a connection in <see cref="Read"/>.</summary>
    public static string NameOf(in ConntrackTuple tuple) => Element(in tuple, 0).Key.ToString();

    /// <summary>The names of those that are held now.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public HashSet<string> Read()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (set, _) in Sets(nft.TryGetTable(Tables[0])))
        {
            if (IsThere(set))
                names.UnionWith(Names(set));
        }

        return names;
    }

    /// <summary>Holds connections from now on, also those that are held already.</summary>
    /// <param name="connections">All of TCP or UDP.</param>
    /// <param name="seconds">For how long.</param>
    /// <exception cref="CommandException">It cannot be done, and none is held that was not before.</exception>
    /// <exception cref="NetlinkException">The kernel refuses.</exception>
    public void Add(List<Connection> connections, int seconds)
    {
        var (four, six) = (Elements(connections, isV6: false, seconds), Elements(connections, isV6: true, seconds));
        var sets = new List<(NftSet Set, bool IsV6)>();
        foreach (var table in Tables)
            sets.AddRange(Sets(nft.TryGetTable(table)));
        if (sets.Count == 0)
            throw new CommandException("flowtabled has no table now, so there is nothing to hold connections out of");
        foreach (var (set, isV6) in sets)
            RequireRoom(set, isV6 ? six : four);
        foreach (var (set, isV6) in sets)
        {
            var elements = isV6 ? six : four;
            for (var next = 0; next < elements.Count; next += Lot)
                Replace(set, elements.GetRange(next, Math.Min(Lot, elements.Count - next)));
        }
    }

    private static List<NftSetElement> Elements(List<Connection> connections, bool isV6, int seconds)
    {
        var elements = new List<NftSetElement>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var connection in connections)
        {
            ref readonly var tuple = ref connection.Entry.Original;
            if (tuple.Source.IsV6 == isV6 && names.Add(NameOf(in tuple)))
                elements.Add(Element(in tuple, seconds));
        }

        return elements;
    }

    private static List<(NftSet Set, bool IsV6)> Sets(NftTable? table)
    {
        if (table is null)
            return [];
        return
        [
            (SetMapper.ToKernel(table.Id.Name, KeptOut.Held4, SetType.Connection4), false),
            (SetMapper.ToKernel(table.Id.Name, KeptOut.Held6, SetType.Connection6), true),
        ];
    }

    private bool IsThere(NftSet set) => nft.GetSets(set.Table).Any(found => found.Name == set.Name);

    private HashSet<string> Names(NftSet set) =>
        new(nft.GetElements(set).Select(static element => element.Key.ToString()), StringComparer.Ordinal);

    private void RequireRoom(NftSet set, List<NftSetElement> elements)
    {
        if (nft.TryGetTable(set.Table) is { Owner: not 0 and var owner } && owner != nft.Port)
            throw new CommandException($"table {set.Table} is owned by {PortName.Of(owner)}: nobody else can hold connections");
        if (!IsThere(set))
            throw new CommandException($"table {set.Table} is another version's, and has no set for connections to hold: 'flowtabled apply' makes it");
        var all = Names(set);
        all.UnionWith(elements.Select(static element => element.Key.ToString()));
        if (all.Count > SetSpec.MaxTimed)
            throw new CommandException($"no more than {SetSpec.MaxTimed} connections can be held over {(set.Name == KeptOut.Held6 ? "IPv6" : "IPv4")}, and these make {all.Count}");
    }

    // Before Linux 6.12 an element that is there keeps its time, so it goes and comes again.
    private void Replace(NftSet set, List<NftSetElement> elements)
    {
        for (var attempt = 1; ; attempt++)
        {
            var names = Names(set);
            var batch = new NftBatch();
            batch.DeleteElements(set, CollectionsMarshal.AsSpan(elements.Where(element => names.Contains(element.Key.ToString()))));
            batch.AddElements(set, CollectionsMarshal.AsSpan(elements));
            try
            {
                nft.Commit(batch);
                return;
            }
            catch (NftBatchException e) when (e.Errno == Errno.ENOENT && attempt < Attempts)
            {
                // One has expired meanwhile.
            }
        }
    }
}
