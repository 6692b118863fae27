namespace Flowtabled.Tests;

/// <summary>Files of tests/fixtures, which the build puts beside the tests.</summary>
internal static class Fixture
{
    public static byte[] Read(string path) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", path));
}
