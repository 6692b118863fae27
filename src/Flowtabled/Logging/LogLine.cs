using System.Text;

namespace Flowtabled.Logging;

/// <summary>Makes one line of a log entry.</summary>
internal static class LogLine
{
    /// <summary>The message, and after it the exception, its causes and its stack, on one line that ends with a newline. Line breaks in
    /// either become <c> | </c>, tabs stay, other control characters become <c>?</c>, so that no device's name can forge a log line.</summary>
    public static string Format(string message, Exception? exception)
    {
        StringBuilder line = new();
        AppendFolded(line, message);
        if (exception is not null)
            AppendException(line, exception);
        return line.Append('\n').ToString();
    }

    // Not ToString(): the published binary has no texts for what it puts between an exception and its cause.
    private static void AppendException(StringBuilder line, Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            line.Append(": ").Append(cause.GetType().Name).Append(": ");
            AppendFolded(line, cause.Message);
        }
        if (exception.StackTrace is { } stack)
        {
            line.Append(" | ");
            AppendFolded(line, stack);
        }
    }

    private static void AppendFolded(StringBuilder line, ReadOnlySpan<char> text)
    {
        bool first = true;
        foreach (ReadOnlySpan<char> part in text.EnumerateLines())
        {
            ReadOnlySpan<char> trimmed = part.Trim();
            if (trimmed.IsEmpty)
                continue;
            if (!first)
                line.Append(" | ");
            first = false;
            foreach (char c in trimmed)
                line.Append(char.IsControl(c) && c != '\t' ? '?' : c);
        }
    }
}
