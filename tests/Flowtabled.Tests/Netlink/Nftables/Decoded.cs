using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using static Flowtabled.Netlink.Uapi.NfTables;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>Everything in a datagram, read by the decoder that its message is for.</summary>
internal sealed class Decoded
{
    public List<NftTable> Tables { get; } = [];

    public List<NftChain> Chains { get; } = [];

    public List<NftRule> Rules { get; } = [];

    public List<NftSet> Sets { get; } = [];

    public List<NftFlowtable> Flowtables { get; } = [];

    public List<NftObject> Objects { get; } = [];

    public List<NftGeneration> Generations { get; } = [];

    /// <summary>Elements, a list for each message that has some.</summary>
    public List<List<SetElementCodec.Raw>> Elements { get; } = [];

    public static Decoded Recorded(string fixture)
    {
        var decoded = new Decoded();
        foreach (var datagram in Recording.Datagrams(fixture))
            decoded.Read(datagram);
        return decoded;
    }

    public void Read(ReadOnlySpan<byte> datagram)
    {
        var message = new MessageReader(datagram);
        while (message.Read())
        {
            switch (message.Header.Type & 0xff)
            {
                case NFT_MSG_NEWTABLE:
                    Tables.Add(TableCodec.Read(in message));
                    break;
                case NFT_MSG_NEWCHAIN:
                    Chains.Add(ChainCodec.Read(in message));
                    break;
                case NFT_MSG_NEWRULE:
                    Rules.Add(RuleCodec.Read(in message));
                    break;
                case NFT_MSG_NEWSET:
                    Sets.Add(SetCodec.Read(in message));
                    break;
                case NFT_MSG_NEWSETELEM:
                    Elements.Add([]);
                    SetElementCodec.Read(in message, Elements[^1]);
                    break;
                case NFT_MSG_NEWFLOWTABLE:
                    Flowtables.Add(FlowtableCodec.Read(in message));
                    break;
                case NFT_MSG_NEWOBJ:
                    Objects.Add(ObjectCodec.Read(in message));
                    break;
                case NFT_MSG_NEWGEN:
                    Generations.Add(GenerationCodec.Read(in message));
                    break;
            }
        }
    }
}
