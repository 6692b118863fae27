using System.Runtime.InteropServices;
using static Tmds.Linux.LibC;

namespace Flowtabled.Native;

/// <summary>
/// Writes to a file descriptor of the process, each call at once. Console's streams would do, and bring the code for terminals with them.
/// A closed pipe swallows what comes: `flowtabled help | head -1` is fine.
/// </summary>
internal sealed unsafe class DescriptorStream(int descriptor) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            long written;
            fixed (byte* bytes = buffer)
                written = write(descriptor, bytes, buffer.Length);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else if (errno == EPIPE)
                return;
            else if (errno != EINTR)
                throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
