using System.Globalization;
using System.Text;

namespace Flowtabled.Engine.Topology;

/// <summary>
/// The PPPoE sessions of a network namespace (/proc/net/pppoe; pppoe_seq_show in drivers/net/ppp/pppoe.c), and what they tell about the device
/// below a PPP device.
/// </summary>
public static class PppoeSessions
{
    private const int AddressLength = 17;

    /// <summary>Parses the file: the device below each session, in its order. Lines that do not look like a session, as its heading does not, are
    /// passed over.</summary>
    /// <param name="text">The file's bytes.</param>
    /// <returns>Names as they were when the sessions began; one character for each byte.</returns>
    public static IReadOnlyList<string> Devices(ReadOnlySpan<byte> text)
    {
        var devices = new List<string>();
        foreach (var line in Encoding.Latin1.GetString(text).Split('\n'))
        {
            if (DeviceOf(line) is { } device)
                devices.Add(device);
        }

        return devices;
    }

    /// <summary>
    /// The name of the device below a PPP device, or <see langword="null"/> where that is not certain. Neither rtnetlink nor this file connects
    /// a PPP device with its session; certain is a device that both the configuration names and a session runs on, and, with one PPP device
    /// and one session, that session's.
    /// </summary>
    /// <param name="sessions">The device below each running session.</param>
    /// <param name="configured">The device that the configuration of the PPP device's network names, or <see langword="null"/>.</param>
    /// <param name="pppDevices">How many PPP devices there are, of whatever protocol.</param>
    public static string? DeviceBelow(IReadOnlyList<string> sessions, string? configured, int pppDevices)
    {
        if (configured is not null && sessions.Contains(configured))
            return configured;
        return sessions.Count == 1 && pppDevices == 1 ? sessions[0] : null;
    }

    // "%08X %pM %8s\n", once with more spaces: session id, peer's address, device. Names have no spaces, but may have bytes that are spaces to others.
    private static string? DeviceOf(string line)
    {
        return line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var id, { Length: AddressLength } address, var device]
            && uint.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            && number <= ushort.MaxValue
            && address[2] == ':'
            ? device
            : null;
    }
}
