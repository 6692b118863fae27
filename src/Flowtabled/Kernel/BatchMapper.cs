using Flowtabled.Engine.Planning;
using Flowtabled.Netlink.Nftables;

namespace Flowtabled.Kernel;

/// <summary>Writes a plan's steps as the messages of a batch.</summary>
internal static class BatchMapper
{
    /// <summary>Appends the messages of <paramref name="plan"/> to <paramref name="batch"/>, in order.</summary>
    public static void Add(NftBatch batch, Plan plan)
    {
        foreach (var step in plan.Steps)
            Add(batch, step);
    }

    /// <summary>A table of family inet.</summary>
    public static NftTableName Inet(string table) => new(NftFamily.Inet, table);

    private static void Add(NftBatch batch, PlanStep step)
    {
        var table = Inet(step.Table);
        switch (step)
        {
            case CreateTable s:
                batch.Add(new NftTable(table) { Flags = (NftTableFlags)s.Flags }, exclusive: true);
                break;
            case AdoptTable s:
                batch.Add(new NftTable(table) { Flags = (NftTableFlags)s.Flags });
                break;
            case DeleteTable:
                batch.DeleteTable(table);
                break;
            case CreateSet s:
                batch.Add(SetMapper.ToKernel(s.Table, s.Set, s.Type), exclusive: true);
                break;
            case DeleteSet s:
                batch.DeleteSet(table, s.Set);
                break;
            case AddElements s:
                batch.AddElements(SetMapper.ToKernel(s.Table, s.Set, s.Type), SetMapper.ToKernel(s.Type, s.Elements), exclusive: true);
                break;
            case RemoveElements s:
                batch.DeleteElements(SetMapper.ToKernel(s.Table, s.Set, s.Type), SetMapper.ToKernel(s.Type, s.Elements));
                break;
            case CreateFlowtable s:
                var flowtable = new NftFlowtable(table, s.Flowtable)
                {
                    Priority = s.Priority,
                    Flags = (NftFlowtableFlags)s.Flags,
                    Devices = [.. s.Devices],
                };
                batch.Add(flowtable, exclusive: true);
                break;
            case UpdateFlowtable s:
                batch.UpdateFlowtable(table, s.Flowtable, (NftFlowtableFlags)s.Flags, s.Devices.AsSpan());
                break;
            case RemoveDevices s:
                batch.RemoveDevices(table, s.Flowtable, s.Devices.AsSpan());
                break;
            case DeleteFlowtable s:
                batch.DeleteFlowtable(table, s.Flowtable);
                break;
            case CreateChain s:
                batch.Add(new NftChain(table, s.Chain.Name) { Hook = new NftHook("filter", NftHookNumber.Forward, s.Chain.Priority) }, exclusive: true);
                break;
            case DeleteChain s:
                batch.DeleteChain(table, s.Chain);
                break;
            case AddRule { Before: { } before } s:
                batch.Insert(RuleMapper.ToKernel(table, s.Chain, s.Rule), before);
                break;
            case AddRule s:
                batch.Append(RuleMapper.ToKernel(table, s.Chain, s.Rule));
                break;
            case DeleteRule s:
                batch.DeleteRule(table, s.Chain, s.Handle);
                break;
            case DeleteObject s:
                batch.Delete(new NftObject(table, s.Type, s.Name));
                break;
            default:
                throw new NotSupportedException($"no messages for {step.GetType().Name}");
        }
    }
}
