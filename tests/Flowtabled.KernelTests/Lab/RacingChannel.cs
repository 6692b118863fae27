using Flowtabled.Netlink;

namespace Flowtabled.KernelTests.Lab;

/// <summary>A socket whose first datagram of several messages the kernel gets one message at a time, so that something can happen in between.</summary>
/// <param name="channel">The socket.</param>
/// <param name="afterFirst">What happens after the first message of that datagram.</param>
internal sealed class RacingChannel(INetlinkChannel channel, Action afterFirst) : INetlinkChannel
{
    private bool _isOver;

    public uint Port => channel.Port;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        var reader = new MessageReader(datagram);
        reader.Read();
        if (_isOver || reader.Message.Length == datagram.Length)
        {
            channel.Send(datagram);
            return;
        }

        _isOver = true;
        channel.Send(reader.Message);
        afterFirst();
        while (reader.Read())
            channel.Send(reader.Message);
    }

    public ReceiveStatus Receive(Span<byte> buffer, int timeout, out int length) => channel.Receive(buffer, timeout, out length);

    public void Dispose() => channel.Dispose();
}
