using System.Text.Json;
using Flowtabled.Kernel;

namespace Flowtabled.Flows;

/// <summary>What came of a kick; what it did not have to do is null.</summary>
internal sealed record KickResult
{
    /// <summary>Those that were to leave their flowtable.</summary>
    public Exodus? Exodus { get; init; }

    /// <summary>How many are held on the slow path.</summary>
    public int? Held { get; init; }

    /// <summary>How many were ended.</summary>
    public int? Ended { get; init; }

    /// <summary>How many are meant: nothing was done.</summary>
    public int? Meant { get; init; }

    /// <summary>Writes it as members: <c>moved</c>, <c>staying</c> and <c>why</c> (string or null), <c>held</c>; <c>ended</c>; <c>meant</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (Exodus is { } exodus)
        {
            json.WriteNumber("moved", exodus.Moved);
            json.WriteNumber("staying", exodus.Staying);
            json.WriteString("why", exodus.Why);
        }

        Write("held", Held);
        Write("ended", Ended);
        Write("meant", Meant);

        void Write(string name, int? value)
        {
            if (value is { } number)
                json.WriteNumber(name, number);
        }
    }
}
