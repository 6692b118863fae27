using System.Runtime.InteropServices;
using System.Text;
using static Tmds.Linux.LibC;

namespace Flowtabled.Native;

/// <summary>
/// Prints to a file descriptor of the process. Each call is one write, made at once: what a command has said is out before it fails. Console
/// would do, and brings the code for terminals with it. A closed pipe swallows what comes: `flowtabled help | head -1` is fine.
/// </summary>
internal sealed unsafe class DescriptorWriter(int descriptor) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value) => Write(Encoding.UTF8.GetBytes(value ?? ""));

    public override void WriteLine(string? value) => Write(value + "\n");

    /// <summary>Prints bytes as they are, whatever their encoding.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            long written;
            fixed (byte* first = bytes)
                written = write(descriptor, first, bytes.Length);
            if (written >= 0)
                bytes = bytes[(int)written..];
            else if (errno == EPIPE)
                return;
            else if (errno != EINTR)
                throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        }
    }
}
