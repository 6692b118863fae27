namespace Flowtabled.KernelTests.Lab;

/// <summary>The lab's programs, found from where the tests were built.</summary>
internal static class LabFiles
{
    /// <summary>Path of the compiled program traffic, which tests/lab/run says: its script there takes ten times longer to start.</summary>
    public static string Traffic { get; } =
        Environment.GetEnvironmentVariable("LAB_TRAFFIC") ?? throw new InvalidOperationException("no LAB_TRAFFIC: this is no guest of tests/lab/run");

    /// <summary>Absolute path of a program in tests/lab.</summary>
    public static string Program(string name)
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            var path = Path.Combine(directory, "tests", "lab", name);
            if (File.Exists(path))
                return path;
        }

        throw new InvalidOperationException($"no tests/lab/{name} above {AppContext.BaseDirectory}");
    }
}
