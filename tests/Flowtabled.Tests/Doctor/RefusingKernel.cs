using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Tests.Doctor;

/// <summary>A kernel that refuses messages of one type, or all, and says nothing to the others.</summary>
internal sealed class RefusingKernel(int errno, ushort? type = null) : INetlinkChannel
{
    private const int HeaderSize = 16;

    private readonly Queue<byte[]> _answers = [];

    public uint Port => 42;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        while (datagram.Length >= HeaderSize)
        {
            if (type is null || MemoryMarshal.Read<ushort>(datagram[4..]) == type)
                _answers.Enqueue(Refusal(datagram[..HeaderSize]));
            datagram = datagram[((MemoryMarshal.Read<int>(datagram) + 3) & ~3)..];
        }
    }

    public ReceiveStatus Receive(Span<byte> buffer, int timeout, out int length)
    {
        if (!_answers.TryDequeue(out var answer))
        {
            length = 0;
            return ReceiveStatus.Empty;
        }

        answer.CopyTo(buffer);
        length = answer.Length;
        return ReceiveStatus.Datagram;
    }

    public void Dispose()
    {
    }

    // struct nlmsgerr (linux/netlink.h): the negative error, then the header of what was refused.
    private byte[] Refusal(ReadOnlySpan<byte> header)
    {
        var answer = new byte[HeaderSize + sizeof(int) + HeaderSize];
        BitConverter.TryWriteBytes(answer, answer.Length);
        BitConverter.TryWriteBytes(answer.AsSpan(4), (ushort)NetlinkUapi.NLMSG_ERROR);
        BitConverter.TryWriteBytes(answer.AsSpan(6), (ushort)NetlinkUapi.NLM_F_CAPPED);
        header[8..12].CopyTo(answer.AsSpan(8)); // nlmsg_seq
        BitConverter.TryWriteBytes(answer.AsSpan(12), Port);
        BitConverter.TryWriteBytes(answer.AsSpan(HeaderSize), -errno);
        header.CopyTo(answer.AsSpan(HeaderSize + sizeof(int)));
        return answer;
    }
}
