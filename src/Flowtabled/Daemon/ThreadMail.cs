using Flowtabled.Engine.Health;

namespace Flowtabled.Daemon;

/// <summary>What the threads <em>control</em> and <em>flows</em> tell each other, and what wakes them.</summary>
internal sealed class ThreadMail : IDisposable
{
    public ThreadMail()
    {
        Orders = new Mailbox<FlowWatch>(Flows);
        Reports = new Mailbox<HardwareReport>(Control);
    }

    /// <summary>Wakes <em>control</em>.</summary>
    public WakeEvent Control { get; } = new();

    /// <summary>Wakes <em>flows</em>.</summary>
    public WakeEvent Flows { get; } = new();

    /// <summary>From <em>control</em>: what to look at.</summary>
    public Mailbox<FlowWatch> Orders { get; }

    /// <summary>From <em>flows</em>: how the connections fare.</summary>
    public Mailbox<HardwareReport> Reports { get; }

    public void Dispose()
    {
        Control.Dispose();
        Flows.Dispose();
    }
}
