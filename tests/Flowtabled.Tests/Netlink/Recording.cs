using Flowtabled.Netlink;

namespace Flowtabled.Tests.Netlink;

/// <summary>Datagrams that were recorded from a reference tool and the kernel; tests/fixtures/nft/record says how.</summary>
internal static class Recording
{
    /// <summary>The datagrams of a fixture, in order.</summary>
    public static IReadOnlyList<byte[]> Datagrams(string fixture)
    {
        var datagrams = new List<List<byte>>();
        foreach (var line in System.Text.Encoding.ASCII.GetString(Fixture.Read(fixture)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
                continue;
            if (line[0] is '<' or '>')
                datagrams.Add([]);
            datagrams[^1].AddRange(Convert.FromHexString(line[2..]));
        }

        return [.. datagrams.Select(bytes => bytes.ToArray())];
    }

    /// <summary>The messages of a fixture's datagrams, in order.</summary>
    public static IReadOnlyList<byte[]> Messages(string fixture) => [.. Datagrams(fixture).SelectMany(datagram => Split(datagram))];

    /// <summary>The messages of a datagram.</summary>
    public static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> datagram)
    {
        var messages = new List<byte[]>();
        var reader = new MessageReader(datagram);
        while (reader.Read())
            messages.Add(reader.Message.ToArray());
        return messages;
    }
}
