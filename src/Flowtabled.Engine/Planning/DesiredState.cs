namespace Flowtabled.Engine.Planning;

/// <summary>What the kernel should have of us.</summary>
public sealed record DesiredState
{
    private DesiredState(TableIntent intent, TableSpec? table, TableSpec? hardware)
    {
        Intent = intent;
        Table = table;
        Hardware = hardware;
    }

    /// <summary>Observe mode: whatever is there is none of our business.</summary>
    public static DesiredState Untouched { get; } = new(TableIntent.Untouched, null, null);

    /// <summary>Nothing is to be offloaded: no tables.</summary>
    public static DesiredState Absent { get; } = new(TableIntent.Absent, null, null);

    /// <summary>What is to become of our tables.</summary>
    public TableIntent Intent { get; }

    /// <summary>The table for software, when it is to be <see cref="TableIntent.Present"/>; otherwise <see langword="null"/>.</summary>
    public TableSpec? Table { get; }

    /// <summary>The table for hardware; <see langword="null"/> when there is to be none.</summary>
    public TableSpec? Hardware { get; }

    /// <summary>The tables are to be there and to be exactly these.</summary>
    public static DesiredState Present(TableSpec table, TableSpec? hardware = null) => new(TableIntent.Present, table, hardware);
}

/// <summary>What is to become of a table of ours.</summary>
public enum TableIntent
{
    /// <summary>Nothing: it is neither made nor changed nor deleted.</summary>
    Untouched,

    /// <summary>It is deleted where it is found.</summary>
    Absent,

    /// <summary>It is made, or made right.</summary>
    Present,
}
