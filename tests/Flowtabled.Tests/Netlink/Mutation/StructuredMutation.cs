using Flowtabled.Netlink;
using FsCheck.Fluent;

namespace Flowtabled.Tests.Netlink.Mutation;

/// <summary>
/// Feeds a decoder with recorded datagrams that were cut or changed. It may refuse them with a <see cref="NetlinkFormatException"/> and do
/// nothing else that is not in its contract; any other exception fails the test, with the bytes to make a fixture of.
/// </summary>
internal static class StructuredMutation
{
    private const int Most = 6;

    /// <summary>
    /// Runs random mutations that keep lengths consistent; <see cref="Property"/> says how to have the same again.
    /// </summary>
    /// <param name="recorded">Datagrams as they came.</param>
    /// <param name="fixedHeaderSize">
    /// Bytes between nlmsghdr and the attributes: 4 for nfnetlink and genetlink, 16 for links, 20 for qdiscs.
    /// </param>
    /// <param name="decode">Reads one datagram with all decoders that it is for.</param>
    /// <param name="runs">How many.</param>
    public static void Check(IReadOnlyList<byte[]> recorded, int fixedHeaderSize, Action<byte[]> decode, int runs = Property.Runs)
    {
        Assert.NotEmpty(recorded);
        var number = Gen.Choose(0, int.MaxValue);
        var mutation =
            from kind in number
            from place in number
            from value in number
            select new Mutation(kind, place, value);
        var input =
            from datagram in Gen.Choose(0, recorded.Count - 1)
            from message in number
            from size in Gen.Choose(1, Most)
            from mutations in mutation.ArrayOf(size)
            select (Datagram: datagram, Message: message, Mutations: mutations);
        Property.Holds(
            Arb.From(input, failed => FewerMutations(failed.Mutations).Select(mutations => failed with { Mutations = mutations })),
            value => Decode(decode, Mutate(recorded[value.Datagram], fixedHeaderSize, value.Message, value.Mutations)),
            runs);
    }

    /// <summary>
    /// Cuts at every byte: each datagram as it is; each message with a length that fits; each nest with lengths around it that fit.
    /// </summary>
    public static void Cut(IReadOnlyList<byte[]> recorded, int fixedHeaderSize, Action<byte[]> decode)
    {
        Assert.NotEmpty(recorded);
        foreach (var datagram in recorded)
        {
            for (var length = 0; length < datagram.Length; length++)
                Decode(decode, datagram[..length]);
            foreach (var message in MessageNode.Parse(datagram, fixedHeaderSize))
                CutMessage(message, decode);
        }
    }

    private static void CutMessage(MessageNode message, Action<byte[]> decode)
    {
        var body = message.ToArray()[NetlinkHeader.Size..];
        for (var length = 0; length < body.Length; length++)
            Decode(decode, message.Frame(body.AsSpan()[..length]));
        foreach (var attribute in message.AllAttributes)
        {
            var (value, children) = (attribute.Value, attribute.Children);
            var content = attribute.Content();
            attribute.Children = null;
            for (var length = 0; length < content.Length; length++)
            {
                attribute.Value = content[..length];
                Decode(decode, message.ToArray());
            }

            (attribute.Value, attribute.Children) = (value, children);
        }
    }

    private static byte[] Mutate(byte[] datagram, int fixedHeaderSize, int which, Mutation[] mutations)
    {
        var messages = MessageNode.Parse(datagram, fixedHeaderSize);
        foreach (var mutation in mutations)
            mutation.Apply(messages[which % messages.Count]);
        return [.. messages.SelectMany(message => message.ToArray())];
    }

    private static IEnumerable<Mutation[]> FewerMutations(Mutation[] mutations) =>
        mutations.Length < 2 ? [] : mutations.Select((_, i) => mutations.Where((_, j) => j != i).ToArray());

    private static void Decode(Action<byte[]> decode, byte[] datagram)
    {
        try
        {
            decode(datagram);
        }
        catch (NetlinkFormatException)
        {
            // The documented refusal.
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.GetType().Name} from {Convert.ToHexStringLower(datagram)}: {e.Message}", e);
        }
    }
}
