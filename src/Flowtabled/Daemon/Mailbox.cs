namespace Flowtabled.Daemon;

/// <summary>
/// Hands an immutable message from one thread to another, which polls <paramref name="reader"/>. It holds one: a newer message takes the place of
/// one that was not taken yet.
/// </summary>
/// <param name="reader">Wakes the reader.</param>
internal sealed class Mailbox<T>(WakeEvent reader) where T : class
{
    private T? _message;

    /// <summary>Puts a message in, and wakes the reader.</summary>
    public void Post(T message)
    {
        Volatile.Write(ref _message, message);
        reader.Signal();
    }

    /// <summary>Takes the message out; null when there is none.</summary>
    public T? Take() => Interlocked.Exchange(ref _message, null);
}
