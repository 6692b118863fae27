using System.Net;
using System.Net.Sockets;

namespace Flowtabled.KernelTests;

/// <summary>
/// A client and a server on two sides of a router's namespace, which has a software flowtable "f" over its devices "lan" and "wan" and counts what
/// connections carry.
/// </summary>
internal sealed class RoutedPair : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly NetworkNamespace _client = new();
    private readonly NetworkNamespace _server = new();

    public RoutedPair(NetworkNamespace router)
    {
        router.Run($$"""
            ip link add lan type veth peer name eth0 netns {{_client.Name}}
            ip link add wan type veth peer name eth0 netns {{_server.Name}}
            ip address add 192.0.2.1/24 dev lan
            ip address add 198.51.100.1/24 dev wan
            ip link set lan up
            ip link set wan up
            sysctl -q net.ipv4.ip_forward=1 net.netfilter.nf_conntrack_acct=1
            nft -f - <<'END'
            table inet test {
                flowtable f {
                    hook ingress priority 0
                    devices = { lan, wan }
                    counter
                }
                chain forward {
                    type filter hook forward priority 0
                    meta l4proto { tcp, udp } flow add @f
                }
            }
            END
            """);
        _client.Run("ip address add 192.0.2.2/24 dev eth0; ip link set eth0 up; ip route add default via 192.0.2.1");
        _server.Run("ip address add 198.51.100.2/24 dev eth0; ip link set eth0 up; ip route add default via 198.51.100.1");
    }

    /// <summary>Sends UDP packets of 100 bytes from the client, each answered before the next.</summary>
    public void Exchange(int packets)
    {
        using var client = _client.Inside(() => Bind("192.0.2.2", 40000));
        using var server = _server.Inside(() => Bind("198.51.100.2", 50000));
        var buffer = new byte[100];
        for (var i = 0; i < packets; i++)
        {
            client.SendTo(buffer, new IPEndPoint(IPAddress.Parse("198.51.100.2"), 50000));
            EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
            server.ReceiveFrom(buffer, ref sender);
            server.SendTo(buffer, sender);
            client.Receive(buffer);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private static Socket Bind(string address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = (int)s_patience.TotalMilliseconds,
        };
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        return socket;
    }
}
