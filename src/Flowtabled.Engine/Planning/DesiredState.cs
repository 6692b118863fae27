namespace Flowtabled.Engine.Planning;

/// <summary>What the kernel should have of us.</summary>
public sealed record DesiredState
{
    private DesiredState(TableIntent intent, TableSpec? table)
    {
        Intent = intent;
        Table = table;
    }

    /// <summary>Observe mode: whatever is there is none of our business.</summary>
    public static DesiredState Untouched { get; } = new(TableIntent.Untouched, null);

    /// <summary>Nothing is to be offloaded: no table.</summary>
    public static DesiredState Absent { get; } = new(TableIntent.Absent, null);

    /// <summary>What is to become of our table.</summary>
    public TableIntent Intent { get; }

    /// <summary>The table, when it is to be <see cref="TableIntent.Present"/>; otherwise <see langword="null"/>.</summary>
    public TableSpec? Table { get; }

    /// <summary>The table is to be there and to be exactly this.</summary>
    public static DesiredState Present(TableSpec table) => new(TableIntent.Present, table);
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
