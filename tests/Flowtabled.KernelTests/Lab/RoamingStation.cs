namespace Flowtabled.KernelTests.Lab;

/// <summary>
/// A station that can be behind either of the router's LAN ports, as one that roams from access point to access point is: what was client has the cables
/// of both clients, and one of them at a time leads to it. The cables stay up.
/// </summary>
internal static class RoamingStation
{
    /// <summary>
    /// Takes client2's cable to client; the station is behind lan1 as before. It has one more port, so that it never is without any: then it would forget
    /// its neighbours.
    /// </summary>
    public static void SetUp()
    {
        Command.Run("sh", "-euc", """
            ip -n client2 link set eth0 down
            ip -n client2 link set eth0 name eth1
            ip -n client2 link set eth1 netns client
            ip -n client link add sta address $(ip netns exec client cat /sys/class/net/eth0/address) type bridge forward_delay 0 mcast_snooping 0
            ip -n client addr flush dev eth0
            ip -n client link set eth1 address 02:00:00:00:00:99
            ip -n client -batch - <<END
            link set eth0 master sta
            link set eth1 up
            link add spare type dummy
            link set spare up master sta
            link set sta up
            address add 192.168.1.2/24 dev sta
            address add fd00:1::2/64 dev sta
            route replace default via 192.168.1.1
            route replace default via fd00:1::1
            END
            """);
        // The router's bridge hears of a link that came back up to a second late, and drops what comes there until then: a lost question for an
        // address is asked again after a second only.
        Eventually.Is(
            static () => Topology.InRouter("bridge", "link", "show", "dev", "lan2").Contains("state forwarding", StringComparison.Ordinal),
            "the bridge takes packets from lan2");
    }

    /// <summary>Moves it behind lan2.</summary>
    public static void ToSecondPort() => Move("eth0", "eth1");

    /// <summary>Moves it back behind lan1.</summary>
    public static void ToFirstPort() => Move("eth1", "eth0");

    private static void Move(string from, string to) =>
        Command.Run("sh", "-euc", $"printf 'link set {from} nomaster\\nlink set {to} master sta\\n' | ip -n client -batch -");
}
