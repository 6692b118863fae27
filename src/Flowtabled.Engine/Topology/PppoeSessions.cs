using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Flowtabled.Engine.Topology;

/// <summary>The PPPoE sessions of a network namespace, and what they tell about the device below a PPP device.</summary>
public static class PppoeSessions
{
    private const int AddressLength = 17;

    /// <summary>Parses /proc/net/pppoe. Lines that do not look like a session, as its heading does not, are passed over.</summary>
    /// <param name="text">The file's bytes.</param>
    public static ImmutableArray<PppoeSession> Parse(ReadOnlySpan<byte> text)
    {
        var sessions = ImmutableArray.CreateBuilder<PppoeSession>();
        foreach (var line in text.Split((byte)'\n'))
        {
            if (TryParseLine(text[line], out var session))
                sessions.Add(session);
        }

        return sessions.ToImmutable();
    }

    /// <summary>
    /// The name of the device below a PPP device, or <see langword="null"/> where that is not certain. Neither rtnetlink nor this file connects
    /// a PPP device with its session; certain is a device that both the configuration names and a session runs on, and, with one PPP device
    /// and one session, that session's.
    /// </summary>
    /// <param name="sessions">The running sessions.</param>
    /// <param name="configured">The device that the configuration of the PPP device's network names, or <see langword="null"/>.</param>
    /// <param name="pppDevices">How many PPP devices there are, of whatever protocol.</param>
    public static string? DeviceBelow(ImmutableArray<PppoeSession> sessions, string? configured, int pppDevices)
    {
        foreach (var session in sessions)
        {
            if (session.Device == configured)
                return configured;
        }

        return sessions.Length == 1 && pppDevices == 1 ? sessions[0].Device : null;
    }

    // "%08X %pM %8s\n", once with more spaces. Names have no spaces, but may have bytes that are spaces to others.
    private static bool TryParseLine(ReadOnlySpan<byte> line, out PppoeSession session)
    {
        session = default;
        Span<Range> words = stackalloc Range[4];
        var text = Encoding.Latin1.GetString(line);
        if (text.AsSpan().Split(words, ' ', StringSplitOptions.RemoveEmptyEntries) != 3)
            return false;
        if (!uint.TryParse(text[words[0]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) || id > ushort.MaxValue)
            return false;
        var address = text[words[1]];
        if (address.Length != AddressLength || address[2] != ':')
            return false;
        session = new PppoeSession(FromPrinted((ushort)id), address, text[words[2]]);
        return true;
    }

    // The kernel prints the number's two bytes as they came from the network, without turning them into the host's order.
    private static ushort FromPrinted(ushort id) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(id) : id;
}
