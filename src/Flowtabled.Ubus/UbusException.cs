namespace Flowtabled.Ubus;

/// <summary>ubusd refused a request, an object did, or the connection failed.</summary>
public sealed class UbusException : Exception
{
    /// <param name="operation">What was asked: <c>call network.interface dump</c>.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="detail">What else is known, or null.</param>
    public UbusException(string operation, UbusStatus status, string? detail = null)
        : base(detail is null ? $"{operation}: {Text(status)}" : $"{operation}: {detail}")
    {
        Operation = operation;
        Status = status;
    }

    /// <summary>What was asked.</summary>
    public string Operation { get; }

    /// <summary>How it ended.</summary>
    public UbusStatus Status { get; }

    /// <summary>A status in words.</summary>
    public static string Text(UbusStatus status) => status switch
    {
        UbusStatus.Ok => "ok",
        UbusStatus.InvalidCommand => "invalid command",
        UbusStatus.InvalidArgument => "invalid argument",
        UbusStatus.MethodNotFound => "method not found",
        UbusStatus.NotFound => "not found",
        UbusStatus.NoData => "no answer",
        UbusStatus.PermissionDenied => "permission denied",
        UbusStatus.Timeout => "no answer in time",
        UbusStatus.NotSupported => "not supported",
        UbusStatus.ConnectionFailed => "no connection",
        UbusStatus.NoMemory => "out of memory",
        UbusStatus.ParseError => "malformed answer",
        UbusStatus.SystemError => "system error",
        _ => $"status {(int)status}",
    };
}
