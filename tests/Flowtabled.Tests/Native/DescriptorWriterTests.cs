using System.IO.Pipes;
using Flowtabled.Native;

namespace Flowtabled.Tests.Native;

public sealed class DescriptorWriterTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Text_goes_out_at_once_as_utf8()
    {
        using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.Write, FileShare.Read);
        using DescriptorWriter writer = new((int)file.DangerousGetHandle());

        writer.Write("café ");
        Assert.Equal("caf\u00e9 "u8, File.ReadAllBytes(_path));
        writer.WriteLine("☃");
        writer.WriteLine();
        writer.Write('x');
        writer.Write((string?)null);
        writer.Write([0xff, 0x00]);

        Assert.Equal([.. "caf\u00e9 \u2603\n\nx"u8, 0xff, 0x00], File.ReadAllBytes(_path));
    }

    [Fact]
    public void A_reader_that_went_away_is_no_error()
    {
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using DescriptorWriter writer = new((int)pipe.SafePipeHandle.DangerousGetHandle());
        pipe.DisposeLocalCopyOfClientHandle();

        writer.WriteLine("nobody reads this");
    }

    [Fact]
    public void What_the_kernel_refuses_is_an_error()
    {
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        using DescriptorWriter writer = new((int)full.DangerousGetHandle());

        Assert.Equal("No space left on device", Assert.Throws<IOException>(() => writer.WriteLine("text")).Message);
    }
}
