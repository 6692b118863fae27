using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Planning;
using Flowtabled.Flows;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Daemon.Watch;

/// <summary>
/// Lists connections at the pace of who watches them, and answers what is asked. The ends of connections are heard besides, for their last counts: they
/// wait in the socket until the next round, so that none of them wakes anybody.
/// </summary>
/// <param name="mail">Where answers go.</param>
/// <param name="logger">Hears what is not known, and why.</param>
internal sealed class FlowWatcher(ThreadMail mail, ILogger logger) : IConntrackListener, IDisposable
{
    /// <summary>How many connections are placed in a round: two questions each.</summary>
    private const int PlacedARound = 1000;

    // Bounds what is read of a storm before a round; the rest waits for the next, or is lost.
    private const int ReadsARound = 64;

    private readonly WatchPace _pace = new();
    private readonly List<FlowQuestion> _questions = [];
    private Assessment? _settled;
    private WatchTable? _table;
    private WatchPlaces? _places;
    private WatchSummary? _summary;
    private FlowCensus? _told;
    private ConntrackClient? _conntrack;
    private RouteClient? _route;
    private NftClient? _nft;
    private ConntrackMonitor? _ends;
    private int _maxFlows;
    private long _losses;
    private int _heard;
    private string? _failure;

    /// <summary>How long it is until the next round, 0 when it is time; null while nothing was decided.</summary>
    public long? DueIn(long now) => _table is null ? null : _pace.DueIn(now);

    /// <summary>Whether somebody is subscribed, and hears of connections that enter or leave a flowtable.</summary>
    public bool HasSubscribers
    {
        get => _pace.IsWatched;
        set
        {
            // Who comes hears at once how many there are.
            if (!value)
                _told = null;
            _pace.IsWatched = value;
        }
    }

    /// <summary>Something was decided anew.</summary>
    /// <param name="settled">What.</param>
    /// <param name="flowTimeout">Milliseconds that flows stay in a flowtable without a packet.</param>
    public void Follow(Assessment settled, long flowTimeout)
    {
        var maxFlows = settled.Config.Flowtabled.MaxFlows;
        if (_table is null || _maxFlows != maxFlows)
            (_table, _maxFlows) = (new WatchTable(maxFlows), maxFlows);
        _table.FlowTimeout = flowTimeout;
        _table.Unplace();
        (_settled, _places) = (settled, null);
    }

    /// <summary>Somebody asks; the next round has the answers.</summary>
    public void Ask(FlowQuestion[] questions, long now)
    {
        _questions.AddRange(questions);
        _pace.Ask(now);
    }

    /// <summary>One round.</summary>
    public void Look(long now)
    {
        var before = Environment.CpuUsage.TotalTime;
        try
        {
            Read(now);
            _failure = null;
        }
        catch (NetlinkException e)
        {
            Post([.. _questions.Select(question => new FlowAnswer(question.Number) { Problem = e.Message })]);
            if (e.Message != _failure)
                logger.FlowsNotWatched(e.Message);
            _failure = e.Message;
        }

        _questions.Clear();
        _pace.Took(now, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
    }

    void IConntrackListener.Handle(ConntrackChange change, in ConntrackEntry entry)
    {
        _heard++;
        _table!.End(ConnectionKey.Of(in entry.Original), entry.Id, FlowInquiry.TrafficOf(in entry));
    }

    void IConntrackListener.Lost()
    {
        _losses++;
        if (_losses == 1)
            logger.EventsLost("conntrack");
    }

    public void Dispose()
    {
        _ends?.Dispose();
        _nft?.Dispose();
        _route?.Dispose();
        _conntrack?.Dispose();
    }

    private void Read(long now)
    {
        _conntrack ??= ConntrackClient.Open();
        _ends ??= new ConntrackMonitor(ConntrackChange.Ended);
        _route ??= RouteClient.Open();
        _places ??= FindPlaces(_route);
        HearEnds();
        var inquiries = new List<FlowInquiry>(_questions.Count);
        foreach (var question in _questions)
            inquiries.Add(question.IsForTotals ? new FlowTally(question, _table!) : new FlowPage(question, _table!));
        _places.Left = PlacedARound;
        if (inquiries.Count > 0)
            _places.Hold(new HeldConnections(_nft ??= new NftClient(new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER))).Read());
        var census = new FlowCensus();
        var round = new WatchRound(_table!, _places, census, inquiries, now);
        round.Restart();
        // Who asks wants to know of all; the table of those only that can be in a flowtable.
        var spoken = inquiries.Count > 0 ? ConntrackStatus.None : ConntrackStatus.SeenReply;
        _conntrack.Dump(spoken, spoken, ref round);
        _table!.EndRound();

        var summary = WatchSummary.Of(_table, _losses);
        var answers = new List<FlowAnswer>(inquiries.Count);
        foreach (var inquiry in inquiries)
        {
            if (inquiry is FlowTally tally)
                tally.Watch = summary;
            answers.Add(inquiry.Answer(_places, now));
        }

        Post([.. answers]);
        if (summary != _summary)
            mail.Summaries.Post(summary);
        _summary = summary;
        Tell(census);
    }

    private void Tell(FlowCensus census)
    {
        if (!HasSubscribers || (_told is { } told && census.HasSameOffloaded(told)))
            return;
        mail.Censuses.Post(census);
        _told = census;
    }

    private WatchPlaces FindPlaces(RouteClient route)
    {
        var hasTable = _settled!.Decision.State.Intent == TableIntent.Present;
        return new WatchPlaces(_table!, new ConnectionPlaces(route, _settled.Devices, _settled.Decision, hasTable));
    }

    private void Post(FlowAnswer[] answers)
    {
        if (answers.Length > 0)
            mail.Answers.Post(answers);
    }

    private void HearEnds()
    {
        for (var i = 0; i < ReadsARound; i++)
        {
            _heard = 0;
            _ends!.Read(this);
            if (_heard == 0)
                return;
        }
    }
}
