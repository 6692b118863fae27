namespace Flowtabled.Engine.Config;

/// <summary>A configuration file that libuci would refuse, and refuse whole: nothing of it is in effect.</summary>
/// <remarks>
/// Reason, line and byte are libuci's (uci file.c, <c>uci_parse_error</c>). <see cref="Line"/> counts the line ends read so far,
/// so a last line without one bears the number of the line before it. <see cref="Byte"/> counts from the start of the line in
/// which the command began, and lies after the word at fault.
/// </remarks>
public sealed class UciParseException : Exception
{
    internal UciParseException(string package, string reason, int line, int @byte)
        : base($"Parse error ({reason}) at line {line}, byte {@byte}")
    {
        Package = package;
        Reason = reason;
        Line = line;
        Byte = @byte;
    }

    /// <summary>The package, which is the file's name in /etc/config.</summary>
    public string Package { get; }

    /// <summary>What is wrong, in libuci's words: <c>too many arguments</c>.</summary>
    public string Reason { get; }

    /// <summary>The number of lines read, 0 in the first one when it has no line end.</summary>
    public int Line { get; }

    /// <summary>The offset in the text of the command.</summary>
    public int Byte { get; }
}
