namespace Flowtabled.Engine.Flows;

/// <summary>
/// Connections over time, from round to round: <see cref="BeginRound"/>, each connection by <see cref="Observe"/>, each end by <see cref="End"/>,
/// <see cref="EndRound"/>. It has a fixed capacity, and keeps the fastest; a round allocates nothing but what the table grows by.
/// </summary>
/// <param name="capacity">How many it keeps.</param>
public sealed class WatchTable(int capacity)
{
    /// <summary>Of a connection that is not kept.</summary>
    public const int None = -1;

    /// <summary>A dump is no snapshot: a connection may be missed in one, but hardly in two.</summary>
    private const int RoundsToForget = 2;

    private const int FirstSize = 256;

    // While others wait, so many of the kept are the slowest that may go in a round.
    private const int Candidates = 8;

    private readonly Outsiders _outsiders = new(8192);
    private WatchedFlow[] _flows = [];
    private int[] _heads = [];
    private int _used;
    private int _free = None;
    private int _round;
    private long _now;
    private long _lastEnd;
    private FirstFew? _order;
    private int[] _slowest = [];
    private int[] _places = [];
    private int _candidates;
    private int _next;

    /// <summary>Milliseconds for which a flowtable keeps a flow without a packet.</summary>
    public long FlowTimeout { get; set; } = 30_000;

    /// <summary>How many are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Slots in use, free ones among them.</summary>
    internal int Slots => _used;

    /// <summary>How many more were seen in the last round.</summary>
    public int Others { get; private set; }

    /// <summary>Whether the last <see cref="Observe"/> was of one that the same round had seen before: a dump may bring one twice.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>How many fell out of hardware so far, into software or onto the slow path, while they went on.</summary>
    public long FellOutOfHardware { get; private set; }

    /// <summary>How many fell out of software so far, likewise.</summary>
    public long FellOutOfSoftware { get; private set; }

    /// <summary>What entries counted that kept connections had before their present ones, by the path that they take; as of the last round.</summary>
    public PathTotals Earlier { get; } = new();

    /// <summary>One that is kept.</summary>
    public ref WatchedFlow this[int slot] => ref _flows[slot];

    /// <summary>A round begins at <paramref name="now"/>; the dump of one that did not end is begun again.</summary>
    public void BeginRound(long now)
    {
        _now = now;
        Others = 0;
    }

    /// <summary>A connection was seen.</summary>
    /// <returns>Its slot, or <see cref="None"/>.</returns>
    public int Observe(in WatchSample sample)
    {
        IsRepeated = false;
        var slot = Find(sample.Key);
        if (slot == None)
        {
            slot = Admit(in sample);
            if (slot == None)
                Others++;
            return slot;
        }

        ref var flow = ref _flows[slot];
        IsRepeated = flow.Round == _round + 1;
        if (IsRepeated)
            return slot;
        flow.Round = _round + 1;
        // Counters of hardware are late by up to a tenth (nf_flow_offload_gc_step).
        switch (flow.Observe(in sample, _now, FlowTimeout - (FlowTimeout / 10)))
        {
            case FlowPath.Hardware:
                FellOutOfHardware++;
                break;
            case FlowPath.Software:
                FellOutOfSoftware++;
                break;
        }

        return slot;
    }

    /// <summary>An entry has ended with these last counts, which were not seen before.</summary>
    public void End(ulong key, uint id, FlowTraffic? last)
    {
        var slot = Find(key);
        if (slot != None)
            _flows[slot].End(id, last);
    }

    /// <summary>The round ends: what has not been seen for some rounds has gone.</summary>
    public void EndRound()
    {
        _round++;
        _lastEnd = _now;
        Earlier.Clear();
        for (var slot = 0; slot < _used; slot++)
        {
            ref readonly var flow = ref _flows[slot];
            if (flow.Round == 0)
                continue;
            if (_round - flow.Round >= RoundsToForget)
                Remove(slot);
            else if (flow is { IsMeasured: true, Earlier.Packets: > 0 })
                Earlier[flow.Path].AddEarlier(flow.Earlier.Packets, flow.Earlier.Bytes);
        }

        if (Others > 0)
            ChooseSlowest();
        else
            Relax();
    }

    /// <summary>The places of all ends are void.</summary>
    public void Unplace()
    {
        for (var slot = 0; slot < _used; slot++)
            (_flows[slot].Client, _flows[slot].Server) = (WatchedFlow.Unplaced, WatchedFlow.Unplaced);
    }

    private int Admit(in WatchSample sample)
    {
        int slot;
        if (_free != None)
        {
            slot = _free;
            _free = _flows[slot].Next;
        }
        else if (_used < capacity)
        {
            if (_used == _flows.Length)
                Grow();
            slot = _used++;
        }
        else
        {
            slot = Outdo(in sample);
            if (slot == None)
                return None;
        }

        ref var flow = ref _flows[slot];
        flow.Begin(in sample, _now);
        flow.Round = _round + 1;
        Link(slot);
        Count++;
        return slot;
    }

    // The place of a slower one.
    private int Outdo(in WatchSample sample)
    {
        if (sample.Traffic is not { } traffic || _outsiders.Note(sample.Key, traffic.Bytes, _round + 1) is not { } moved)
            return None;
        var rate = moved * 1000.0 / Math.Max(1, _now - _lastEnd);
        while (_next < _candidates)
        {
            var slot = _slowest[_places[_next]];
            ref readonly var slowest = ref _flows[slot];
            if (slowest.Round != 0 && (slowest.Rate ?? 0) >= rate)
                return None;
            _next++;
            if (slowest.Round == 0)
                continue;
            // One that was seen in this round is one of the others now.
            if (slowest.Round == _round + 1)
                Others++;
            Remove(slot);
            _free = _flows[slot].Next;
            return slot;
        }

        return None;
    }

    // The slowest that may have to go.
    private void ChooseSlowest()
    {
        var most = Math.Max(1, _used / Candidates);
        if (_slowest.Length != most)
            (_slowest, _order) = (new int[most], new FirstFew(most, null));
        _order!.Clear();
        for (var slot = 0; slot < _used; slot++)
        {
            ref readonly var flow = ref _flows[slot];
            // One that was seen once only has its chance yet.
            if (flow.Round == 0 || flow is { Rate: null, IsMeasured: true })
                continue;
            var place = _order.Offer(new FlowRank((ulong)(flow.Rate ?? 0), flow.Key));
            if (place >= 0)
                _slowest[place] = slot;
        }

        _candidates = _order.Count;
        _next = 0;
        _places = _order.InOrder().Slots;
    }

    // Nobody waits.
    private void Relax()
    {
        _outsiders.Clear();
        (_candidates, _slowest, _places, _order) = (0, [], [], null);
    }

    private int Find(ulong key)
    {
        if (_heads.Length == 0)
            return None;
        var slot = _heads[Bucket(key)] - 1;
        while (slot >= 0 && _flows[slot].Key != key)
            slot = _flows[slot].Next;
        return slot < 0 ? None : slot;
    }

    private int Bucket(ulong key) => (int)(key & (ulong)(_heads.Length - 1));

    private void Link(int slot)
    {
        ref var head = ref _heads[Bucket(_flows[slot].Key)];
        _flows[slot].Next = head - 1;
        head = slot + 1;
    }

    private void Remove(int slot)
    {
        ref var head = ref _heads[Bucket(_flows[slot].Key)];
        if (head - 1 == slot)
        {
            head = _flows[slot].Next + 1;
        }
        else
        {
            var before = head - 1;
            while (_flows[before].Next != slot)
                before = _flows[before].Next;
            _flows[before].Next = _flows[slot].Next;
        }

        _flows[slot] = new WatchedFlow { Next = _free };
        _free = slot;
        Count--;
    }

    private void Grow()
    {
        Array.Resize(ref _flows, Math.Min(capacity, Math.Max(FirstSize, 2 * _flows.Length)));
        var buckets = FirstSize;
        while (buckets < _flows.Length)
            buckets *= 2;
        _heads = new int[buckets];
        for (var slot = 0; slot < _used; slot++)
        {
            if (_flows[slot].Round != 0)
                Link(slot);
        }
    }
}
