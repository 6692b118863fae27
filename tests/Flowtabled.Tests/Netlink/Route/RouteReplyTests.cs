using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Route;

/// <summary>Routes as the kernel told them to ip.</summary>
public class RouteReplyTests
{
    private static readonly IReadOnlyList<byte[]> s_routes =
        [.. Recording.Messages("rt/routes.hex").Where(message => MemoryMarshal.Read<NetlinkHeader>(message).Type == RtNetlink.RTM_NEWROUTE)];

    [Fact]
    public void Each_route_has_its_device() => Assert.Equal([7, 11, 2, 1, 7, 2], s_routes.Select(Decode));

    [Fact]
    public void What_is_no_route_is_passed_over()
    {
        var message = s_routes[0].ToArray();
        message[4] = RtNetlink.RTM_NEWLINK;

        Assert.Null(Decode(message));
    }

    [Fact]
    public void A_mutated_route_is_read_or_refused() => StructuredMutation.Check(s_routes, RouteMessage.Size, d => Decode(d));

    [Fact]
    public void A_cut_route_is_read_or_refused() => StructuredMutation.Cut(s_routes, RouteMessage.Size, d => Decode(d));

    private static int? Decode(byte[] datagram)
    {
        var reply = default(RouteReply);
        var reader = new MessageReader(datagram);
        while (reader.Read())
            reply.Handle(in reader);
        return reply.Device;
    }
}
