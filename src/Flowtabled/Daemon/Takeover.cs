namespace Flowtabled.Daemon;

/// <summary>
/// The firewall's rule for hardware was taken out. Connections that began before that may have gone into the firewall's flowtable, where its next
/// run would strand them in the chip. A class, so that each is another.
/// </summary>
/// <param name="before">When it had no such rule yet, in milliseconds: who was in a flowtable by then is in ours.</param>
internal sealed class Takeover(long before)
{
    public long Before => before;
}
