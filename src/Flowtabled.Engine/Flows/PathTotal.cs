namespace Flowtabled.Engine.Flows;

/// <summary>What the connections of a path, a host or a zone carried together.</summary>
public struct PathTotal
{
    /// <summary>How many there are.</summary>
    public int Flows { get; private set; }

    /// <summary>How many of them are not counted: they began without accounting.</summary>
    public int Unmeasured { get; private set; }

    /// <summary>Packets in both directions of those that are counted.</summary>
    public ulong Packets { get; private set; }

    /// <summary>Bytes in both directions of those that are counted, IP headers included.</summary>
    public ulong Bytes { get; private set; }

    /// <summary>Whether the numbers say anything: some connection is counted, or there is none.</summary>
    public readonly bool IsMeasured => Flows == 0 || Unmeasured < Flows;

    /// <summary>One more that is counted.</summary>
    public void Add(ulong packets, ulong bytes)
    {
        Flows++;
        Packets += packets;
        Bytes += bytes;
    }

    /// <summary>What connections that are there already carried besides.</summary>
    public void AddEarlier(ulong packets, ulong bytes)
    {
        Packets += packets;
        Bytes += bytes;
    }

    /// <summary>One more that is not.</summary>
    public void AddUnmeasured()
    {
        Flows++;
        Unmeasured++;
    }
}
