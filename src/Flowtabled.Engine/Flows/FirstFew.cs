namespace Flowtabled.Engine.Flows;

/// <summary>
/// Finds the first few of many in an order, without keeping the others: a heap with the last of them on top. The caller keeps what belongs to each in a
/// slot of its own.
/// </summary>
/// <param name="limit">How many.</param>
/// <param name="after">Those up to here are passed over; <see langword="null"/> for none.</param>
public sealed class FirstFew(int limit, FlowRank? after)
{
    private readonly FlowRank[] _ranks = new FlowRank[limit];
    private readonly int[] _slots = new int[limit];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are more than the limit.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (Count, HasMore) = (0, false);

    /// <summary>Offers one.</summary>
    /// <returns>The slot that it gets, less than the limit; another may have had it. -1 when it is not among the first.</returns>
    public int Offer(in FlowRank rank)
    {
        if (after is { } cursor && !cursor.IsBefore(in rank))
            return -1;
        if (Count < limit)
        {
            var slot = Count++;
            Rise(slot, in rank, slot);
            return slot;
        }

        HasMore = true;
        if (!rank.IsBefore(in _ranks[0]))
            return -1;
        var freed = _slots[0];
        Sink(in rank, freed);
        return freed;
    }

    /// <summary>The slots in order, and the rank of the last; nothing more can be offered then.</summary>
    public (int[] Slots, FlowRank? Last) InOrder()
    {
        FlowRank? last = Count > 0 ? _ranks[0] : null;
        var ordered = new int[Count];
        while (Count > 0)
        {
            Count--;
            ordered[Count] = _slots[0];
            var (rank, slot) = (_ranks[Count], _slots[Count]);
            if (Count > 0)
                Sink(in rank, slot);
        }

        return (ordered, last);
    }

    private void Rise(int at, in FlowRank rank, int slot)
    {
        while (at > 0 && _ranks[(at - 1) / 2].IsBefore(in rank))
        {
            (_ranks[at], _slots[at]) = (_ranks[(at - 1) / 2], _slots[(at - 1) / 2]);
            at = (at - 1) / 2;
        }

        (_ranks[at], _slots[at]) = (rank, slot);
    }

    // From the top, in place of what was there.
    private void Sink(in FlowRank rank, int slot)
    {
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && _ranks[child].IsBefore(in _ranks[child + 1]))
                child++;
            if (!rank.IsBefore(in _ranks[child]))
                break;
            (_ranks[at], _slots[at]) = (_ranks[child], _slots[child]);
            at = child;
        }

        (_ranks[at], _slots[at]) = (rank, slot);
    }
}
