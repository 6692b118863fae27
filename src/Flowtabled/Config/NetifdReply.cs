using Flowtabled.Engine.Config;
using Flowtabled.Ubus;

namespace Flowtabled.Config;

/// <summary>What <c>ubus call network.interface dump</c> answers.</summary>
internal static class NetifdReply
{
    /// <summary>The object and the method that tell it.</summary>
    public const string Object = "network.interface";

    /// <summary>The method.</summary>
    public const string Method = "dump";

    // More than any router has: what goes beyond is left to lesser sources.
    private const int MaxNetworks = 1000;

    /// <summary>Reads the answer.</summary>
    /// <exception cref="UbusFormatException">It is malformed.</exception>
    public static List<NetifdNetwork> Read(BlobReader answer)
    {
        var networks = new List<NetifdNetwork>();
        while (answer.Read())
        {
            if (!answer.Is("interface"u8))
                continue;
            for (var entry = answer.GetArray(); entry.Read() && networks.Count < MaxNetworks;)
            {
                if (ReadNetwork(entry.GetTable()) is { } network)
                    networks.Add(network);
            }
        }

        return networks;
    }

    private static NetifdNetwork? ReadNetwork(BlobReader table)
    {
        var (isUp, proto) = (false, "none");
        string? name = null, l3Device = null, device = null;
        while (table.Read())
        {
            if (table.Is("interface"u8))
                name = table.GetString();
            else if (table.Is("up"u8))
                isUp = table.GetBoolean();
            else if (table.Is("proto"u8))
                proto = table.GetString();
            else if (table.Is("l3_device"u8))
                l3Device = table.GetString();
            else if (table.Is("device"u8))
                device = table.GetString();
        }

        return name is null ? null : new NetifdNetwork(name, isUp, proto, l3Device, device);
    }
}
