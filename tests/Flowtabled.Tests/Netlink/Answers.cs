using Flowtabled.Netlink;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Tests.Netlink;

/// <summary>Messages with which the kernel ends its answers.</summary>
internal static class Answers
{
    /// <summary>NLMSG_DONE: the end of a dump.</summary>
    public static byte[] Done(int error = 0, int flags = 0) => Message(NetlinkUapi.NLMSG_DONE, flags | NetlinkUapi.NLM_F_MULTI, error);

    /// <summary>NLMSG_ERROR: a refusal, or with 0 an ack.</summary>
    public static byte[] Error(int errno) =>
        Message(NetlinkUapi.NLMSG_ERROR, NetlinkUapi.NLM_F_CAPPED, new ErrorMessage(-errno, default));

    private static byte[] Message<T>(int type, int flags, T payload) where T : unmanaged
    {
        var buffer = new MessageBuffer();
        var writer = new MessageWriter(buffer);
        writer.End(writer.Begin((ushort)type, (ushort)flags, 0, in payload));
        return buffer.Written.ToArray();
    }

    private readonly record struct ErrorMessage(int Error, NetlinkHeader Request);
}
