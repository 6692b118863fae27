using System.Collections.Immutable;

namespace Flowtabled.Engine.Config;

/// <summary>What fw4 knew when it last loaded its ruleset: /var/run/fw4.state (firewall4, fw4.uc).</summary>
/// <param name="Networks">The l3 devices of the networks that were up. Of the others fw4 may have known only the device below.</param>
/// <param name="Zones">The zones that it made.</param>
public sealed record Fw4State(NetworkDevices Networks, ImmutableArray<Fw4Zone> Zones)
{
    /// <summary>Parses the file.</summary>
    /// <param name="json">The file's bytes. Names keep them as they are, one char for each byte (Latin-1).</param>
    /// <exception cref="Fw4StateException">It is not JSON, or not of the shape that fw4 writes.</exception>
    public static Fw4State Parse(ReadOnlySpan<byte> json) => new Fw4StateReader(json).Read();
}
