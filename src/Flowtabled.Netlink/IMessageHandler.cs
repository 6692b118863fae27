namespace Flowtabled.Netlink;

/// <summary>Takes the messages of an answer or a subscription, one at a time.</summary>
public interface IMessageHandler
{
    /// <summary>What was handled so far is void: the kernel's state changed during the dump, which begins again.</summary>
    void Restart();

    /// <summary>One message; its bytes are valid during the call.</summary>
    void Handle(scoped in MessageReader message);
}
