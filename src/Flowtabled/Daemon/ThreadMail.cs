using Flowtabled.Daemon.Watch;
using Flowtabled.Engine.Health;

namespace Flowtabled.Daemon;

/// <summary>What the threads <em>control</em> and <em>flows</em> tell each other, and what wakes them.</summary>
internal sealed class ThreadMail : IDisposable
{
    public ThreadMail()
    {
        Orders = new Mailbox<FlowWatch>(Flows);
        Reports = new Mailbox<HardwareReport>(Control);
        Strays = new Mailbox<Strays>(Control);
        Questions = new Mailbox<FlowQuestion[]>(Flows);
        Answers = new Mailbox<FlowAnswer[]>(Control);
        Summaries = new Mailbox<WatchSummary>(Control);
        Censuses = new Mailbox<FlowCensus>(Control);
    }

    /// <summary>Wakes <em>control</em>.</summary>
    public WakeEvent Control { get; } = new();

    /// <summary>Wakes <em>flows</em>.</summary>
    public WakeEvent Flows { get; } = new();

    /// <summary>From <em>control</em>: what to look at.</summary>
    public Mailbox<FlowWatch> Orders { get; }

    /// <summary>From <em>flows</em>: how the connections fare.</summary>
    public Mailbox<HardwareReport> Reports { get; }

    /// <summary>From <em>flows</em>: what is to leave the firewall's flowtable.</summary>
    public Mailbox<Strays> Strays { get; }

    /// <summary>From <em>control</em>: what somebody wants to know of connections. The next are put in when these are answered.</summary>
    public Mailbox<FlowQuestion[]> Questions { get; }

    /// <summary>From <em>flows</em>: the answers to all of them.</summary>
    public Mailbox<FlowAnswer[]> Answers { get; }

    /// <summary>From <em>flows</em>: what the watch of connections has come to, when that is news.</summary>
    public Mailbox<WatchSummary> Summaries { get; }

    /// <summary>From <em>flows</em>: how many connections take which path, while somebody is subscribed and that is news.</summary>
    public Mailbox<FlowCensus> Censuses { get; }

    public void Dispose()
    {
        Control.Dispose();
        Flows.Dispose();
    }
}
