using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.KernelTests.Lab;

/// <summary>
/// What the kernel announces of our table in the router's namespace. (nft monitor, up to 1.0.9 at least, says nothing of flowtables.)
/// </summary>
/// <param name="ofAll">Whether it is to tell of every other table, too.</param>
internal sealed class RulesetMonitor(bool ofAll = false) : IDisposable
{
    private readonly NetlinkSubscription _subscription =
        NetworkNamespace.Inside("router", static () => new NetlinkSubscription(NetlinkUapi.NETLINK_NETFILTER, NfNetlink.NFNLGRP_NFTABLES));

    /// <summary>The changes since it was last asked: "add Flowtable: lan3", "delete Rule".</summary>
    public string[] Take()
    {
        var recorder = new Recorder([], ofAll);
        Assert.True(_subscription.Read(ref recorder), "events were lost");
        return [.. recorder.Changes];
    }

    public void Dispose() => _subscription.Dispose();

    private readonly struct Recorder(List<string> changes, bool ofAll) : IMessageHandler
    {
        public List<string> Changes => changes;

        public void Restart()
        {
        }

        public void Handle(scoped in MessageReader message)
        {
            if (!NftEvent.TryRead(in message, out var change) || !(ofAll || change.Concerns(NftFamily.Inet, "flowtabled"u8)))
                return;
            var text = $"{(change.IsRemoval ? "delete" : "add")} {change.Subject}";
            if (change.Subject == NftEventSubject.Flowtable)
                text += ": " + string.Join(' ', (IEnumerable<string>)FlowtableCodec.Read(in message).Devices);
            changes.Add(text);
        }
    }
}
