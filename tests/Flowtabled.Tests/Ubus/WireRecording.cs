using System.Text;

namespace Flowtabled.Tests.Ubus;

/// <summary>What ubus clients and ubusd said to each other, recorded on OpenWrt's own programs.</summary>
internal static class WireRecording
{
    public static readonly string[] Names =
    [
        "add-object", "call-args", "call-invalid-arg", "call-missing-method", "call-missing-object", "call-noargs", "list-device", "list-missing",
        "list-system", "list-wildcard", "listen", "listen-network-interface", "send-all-types", "subscribe-network-device",
        "subscribe-network-interface", "subscribe-service-config-change",
    ];

    /// <summary>The messages that the client sent, or those that ubusd did.</summary>
    public static byte[][] Messages(string name, bool sent) =>
        [.. Lines(name).Where(line => line[0] == (sent ? '>' : '<')).Select(line => Convert.FromHexString(line[2..]))];

    /// <summary>Every message of every recording.</summary>
    public static byte[][] All => [.. Names.SelectMany(name => (byte[][])[.. Messages(name, true), .. Messages(name, false)])];

    /// <summary>What the client printed.</summary>
    public static string[] Output(string name) => [.. Lines(name).Where(line => line.StartsWith("#= ", StringComparison.Ordinal)).Select(line => line[3..])];

    private static string[] Lines(string name) =>
        Encoding.UTF8.GetString(Fixture.Read($"ubus/{name}.hex")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
