using System.Diagnostics;

/// <summary>What something took, of time, processor and memory.</summary>
internal readonly struct Cost
{
    private readonly TimeSpan _cpu;
    private readonly long _wall;
    private readonly long _allocated;

    private Cost(TimeSpan cpu, long wall, long allocated) => (_cpu, _wall, _allocated) = (cpu, wall, allocated);

    /// <summary>Begins to measure.</summary>
    public static Cost Begin() =>
        new(Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());

    /// <summary>Prints what it took since.</summary>
    public void End()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - _allocated;
        var wall = Stopwatch.GetElapsedTime(_wall);
        var cpu = Environment.CpuUsage.TotalTime - _cpu;
        Console.WriteLine($"cpu_us {cpu.TotalMicroseconds:0}\nwall_us {wall.TotalMicroseconds:0}\nrss_kib {PeakKiB()}\nallocated {allocated}");
    }

    private static long PeakKiB()
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                return long.Parse(line.AsSpan(6).TrimEnd("kB"));
        }

        throw new InvalidDataException("/proc/self/status has no VmHWM");
    }
}
