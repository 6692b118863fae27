using Flowtabled.Netlink;

namespace Flowtabled.Tests.Netlink;

/// <summary>Keeps the first byte of each message's payload; throws at the byte <paramref name="fault"/>.</summary>
internal struct FirstBytes(List<byte> bytes, int fault = -1) : IMessageHandler
{
    public readonly List<byte> Bytes => bytes;

    /// <summary>How often what came was void.</summary>
    public int Restarts { get; private set; }

    public void Restart()
    {
        Restarts++;
        bytes.Clear();
    }

    public readonly void Handle(scoped in MessageReader message)
    {
        if (message.Payload[0] == fault)
            throw new NetlinkFormatException(message.Header.Type, null, 0, "a fault");
        bytes.Add(message.Payload[0]);
    }
}
