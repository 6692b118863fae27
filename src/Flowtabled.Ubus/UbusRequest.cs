namespace Flowtabled.Ubus;

/// <summary>Takes an answer.</summary>
/// <param name="answer">The message.</param>
/// <exception cref="UbusFormatException">It is malformed: the request ends with <see cref="UbusStatus.ParseError"/>.</exception>
public delegate void UbusAnswerHandler(scoped in UbusMessage answer);

/// <summary>A request that waits for its answers.</summary>
/// <param name="onAnswer">Takes each; null when none matters.</param>
/// <param name="onEnd">Told how it ended, once.</param>
/// <param name="deadline">When it ends without, in milliseconds of a monotonic clock.</param>
internal sealed class UbusRequest(UbusAnswerHandler? onAnswer, Action<UbusStatus>? onEnd, long deadline)
{
    public long Deadline => deadline;

    // A malformed answer ends it, whatever ubusd says of it.
    private bool _isMalformed;

    public void Answer(scoped in UbusMessage answer)
    {
        try
        {
            onAnswer?.Invoke(in answer);
        }
        catch (UbusFormatException)
        {
            _isMalformed = true;
        }
    }

    public void End(UbusStatus status) => onEnd?.Invoke(_isMalformed && status == UbusStatus.Ok ? UbusStatus.ParseError : status);
}
