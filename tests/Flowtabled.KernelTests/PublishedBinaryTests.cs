namespace Flowtabled.KernelTests;

public sealed class PublishedBinaryTests
{
    [Fact]
    public void It_is_native_code_and_runs_in_this_kernel()
        => Assert.Matches(
            @"\Aflowtabled [\d.]+\ncommit \w+\nruntime \.NET [\d.]+, native, linux-", Command.Run(PublishedBinary.Path, "version"));
}
