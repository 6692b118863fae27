namespace Flowtabled.Ubus;

/// <summary>Bytes that are not a well-formed ubus message: a length that overruns its frame, a value of the wrong size or type.</summary>
public sealed class UbusFormatException : Exception
{
    /// <param name="what">What is malformed: <c>attribute</c>, <c>name</c>, <c>'devices'</c>.</param>
    /// <param name="offset">Byte offset of the fault from the start of the message, or of the attributes that were read.</param>
    /// <param name="reason">What is wrong with it.</param>
    public UbusFormatException(string what, int offset, string reason)
        : base($"{what} at byte {offset}: {reason}")
    {
        What = what;
        Offset = offset;
    }

    /// <summary>What is malformed.</summary>
    public string What { get; }

    /// <summary>Byte offset of the fault.</summary>
    public int Offset { get; }
}
