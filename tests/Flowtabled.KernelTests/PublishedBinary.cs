namespace Flowtabled.KernelTests;

/// <summary>The program under test: compiled to native code, as it is shipped.</summary>
internal static class PublishedBinary
{
    /// <summary>Its path, from the environment; <c>make test</c> sets it.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("FLOWTABLED_BINARY")
        ?? throw new InvalidOperationException("FLOWTABLED_BINARY is not set: run make test, or give it the published program's path");
}
