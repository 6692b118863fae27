using System.Text;
using Flowtabled.Native;

namespace Flowtabled.Config;

/// <summary>Small files, whole.</summary>
internal static class FileBytes
{
    /// <summary>The file's bytes; null when there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static byte[]? ReadIfExists(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The file's text, a character for each byte; null when there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static string? ReadTextIfExists(string path) => ReadIfExists(path) is { } bytes ? Encoding.Latin1.GetString(bytes) : null;

    /// <summary>Why a file cannot be read or written, in the system's words: the text of an <see cref="UnauthorizedAccessException"/> is in no program.</summary>
    public static string Why(Exception e) => e is UnauthorizedAccessException { InnerException: { } cause } ? cause.Message : e.Message;

    /// <summary>Makes the file have these bytes, and the directory that it is in. No reader finds half of it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="durable">Whether to return only when a power cut would not undo it.</param>
    /// <param name="suffix">What is added to its name for a file that comes and goes beside it.</param>
    /// <exception cref="IOException">It cannot be written; what was there is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, bool durable = false, string suffix = ".new")
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        var temporary = path + suffix;
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, bytes, 0);
                if (durable)
                    RandomAccess.FlushToDisk(file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        if (durable)
            Disk.Sync(directory);
    }
}
