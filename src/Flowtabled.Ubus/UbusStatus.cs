namespace Flowtabled.Ubus;

/// <summary>How a request ended (ubus, ubusmsg.h).</summary>
public enum UbusStatus
{
    /// <summary>It was done.</summary>
    Ok = 0,

    /// <summary>No such message.</summary>
    InvalidCommand = 1,

    /// <summary>A parameter is missing, wrong or too large; of an object that is added: its path is taken.</summary>
    InvalidArgument = 2,

    /// <summary>The object has no such method.</summary>
    MethodNotFound = 3,

    /// <summary>There is no such object, or nothing of that name.</summary>
    NotFound = 4,

    /// <summary>There is no answer.</summary>
    NoData = 5,

    /// <summary>It is not allowed.</summary>
    PermissionDenied = 6,

    /// <summary>No answer came in time. ubusd never says this; we do.</summary>
    Timeout = 7,

    /// <summary>It cannot be done here.</summary>
    NotSupported = 8,

    /// <summary>Something else.</summary>
    UnknownError = 9,

    /// <summary>There is no connection to ubusd.</summary>
    ConnectionFailed = 10,

    /// <summary>There is not enough memory.</summary>
    NoMemory = 11,

    /// <summary>What came is malformed.</summary>
    ParseError = 12,

    /// <summary>A system call failed.</summary>
    SystemError = 13,
}
