using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Uapi;
using static Flowtabled.Netlink.Uapi.NfTables;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>A kernel that knows what one once listed for nft, and answers requests from it.</summary>
internal sealed class RecordedKernel(string fixture)
{
    private readonly IReadOnlyList<byte[]> _messages = Recording.Messages(fixture);

    /// <summary>Generations to tell one after the other, the last one again and again; none: the recorded one.</summary>
    public Queue<uint> Generations { get; init; } = [];

    /// <summary>Types of the requests so far.</summary>
    public List<int> Requests { get; } = [];

    public ScriptedChannel Channel() => new() { Otherwise = request => Answer(Assert.Single(request)) };

    private IEnumerable<ScriptedChannel.Received> Answer(byte[] request)
    {
        var header = MemoryMarshal.Read<NetlinkHeader>(request);
        Requests.Add(header.Type & 0xff);
        if ((header.Type & 0xff) == NFT_MSG_GETGEN)
            return [Generation(request), KernelMessage.Error(request, 0)];

        // Requests and answers: NFT_MSG_GET* is NFT_MSG_NEW* and 1.
        var table = Strings(request, 1);
        var set = Strings(request, 2);
        var found = _messages.Where(message => MemoryMarshal.Read<NetlinkHeader>(message).Type == header.Type - 1)
            .Where(message => request[16] is 0 || message[16] == request[16])
            .Where(message => table is null || table == Strings(message, 1))
            .Where(message => set is null || set == Strings(message, 2))
            .Select(message => (ScriptedChannel.Received)Readdressed(message, request));
        if ((header.Flags & NetlinkUapi.NLM_F_DUMP) == NetlinkUapi.NLM_F_DUMP)
            return [.. found, KernelMessage.Done(request)];
        return found.Any() ? [found.First(), KernelMessage.Error(request, 0)] : [KernelMessage.Error(request, Errno.ENOENT, offset: 20)];
    }

    private byte[] Generation(byte[] request)
    {
        var recorded = _messages.First(message => message[4] == NFT_MSG_NEWGEN);
        var answer = Readdressed(recorded, request);
        if (Generations.Count > 0)
            answer[27] = (byte)(Generations.Count > 1 ? Generations.Dequeue() : Generations.Peek()); // NFTA_GEN_ID comes first.
        return answer;
    }

    private static byte[] Readdressed(byte[] message, byte[] request) =>
        KernelMessage.Readdressed(message, ScriptedChannel.SequenceOf(request));

    private static string? Strings(byte[] message, int type)
    {
        var reader = new MessageReader(message);
        reader.Read();
        var attributes = reader.Attributes(NfGenMessage.Size);
        while (attributes.Read())
        {
            if (attributes.Type == type)
                return attributes.GetString();
        }

        return null;
    }
}
