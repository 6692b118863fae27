using System.Collections.Immutable;
using Flowtabled.Engine.Planning;

namespace Flowtabled.Tests.Planning;

/// <summary>The batch that the kernel would not have taken.</summary>
internal sealed class RefusedException(string errno, PlanStep step) : Exception($"{errno}: {step}")
{
    public string Errno { get; } = errno;
}

/// <summary>
/// One table of nf_tables with the refusals of the real one (net/netfilter/nf_tables_api.c), so that a plan with a wrong order or a wrong
/// assumption fails here. A batch is all or nothing.
/// </summary>
internal sealed class ModelKernel
{
    /// <summary>The network devices that exist.</summary>
    public HashSet<string> Devices { get; } = [];

    public ModelTable? Table { get; private set; }

    private ulong _handle;

    public ulong NextHandle() => ++_handle;

    public void Install(ModelTable table) => Table = table;

    public ObservedState Observe() => new(Table?.Observe());

    public void Apply(ImmutableArray<PlanStep> batch)
    {
        var before = Table?.Clone();
        try
        {
            foreach (var step in batch)
                Apply(step);
        }
        catch (RefusedException)
        {
            Table = before;
            throw;
        }
    }

    private void Apply(PlanStep step)
    {
        switch (step)
        {
            case CreateTable create:
                Refuse(Table is not null, "EEXIST", step);
                Table = new ModelTable(create.Table, NextHandle())
                {
                    Flags = create.Flags,
                    Owner = create.Flags.HasFlag(TableFlags.Owner) ? new TableOwner(1, IsUs: true) : null,
                };
                return;
            case var _:
                Refuse(Table?.Name != step.Table, "ENOENT", step);
                Refuse(Table!.Owner is { IsUs: false }, "EPERM", step);
                break;
        }

        switch (step)
        {
            case DeleteTable:
                Table = null;
                break;
            case AdoptTable adopt:
                Adopt(Table, adopt);
                break;
            default:
                Table.Apply(step, this);
                break;
        }
    }

    // nf_tables_updtable
    private static void Adopt(ModelTable table, AdoptTable step)
    {
        if (step.Flags == table.Flags)
            return;

        var isOrphan = (table.Flags & (TableFlags.Owner | TableFlags.Persist)) == TableFlags.Persist;
        var wantsOwner = step.Flags.HasFlag(TableFlags.Owner);
        Refuse((table.Owner is not null && !wantsOwner) || (wantsOwner && !isOrphan), "EOPNOTSUPP", step);
        Refuse(((step.Flags ^ table.Flags) & TableFlags.Persist) != 0, "EOPNOTSUPP", step);
        table.Flags = step.Flags;
        table.Owner = new TableOwner(1, IsUs: true);
    }

    public static void Refuse(bool when, string errno, PlanStep step)
    {
        if (when)
            throw new RefusedException(errno, step);
    }
}
