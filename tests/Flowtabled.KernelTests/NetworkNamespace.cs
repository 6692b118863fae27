using System.Runtime.InteropServices;

namespace Flowtabled.KernelTests;

/// <summary>A network namespace of a test's own, deleted with all its devices at the end.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const int CLONE_NEWNET = 0x40000000;

    private static int _count;

    public NetworkNamespace()
    {
        Name = $"test{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        Command.Run("ip", "netns", "add", Name);
    }

    /// <summary>Its name for ip netns.</summary>
    public string Name { get; }

    /// <summary>Runs shell commands in it, stopping at the first that fails; what they printed.</summary>
    public string Run(string script) => Command.Run("ip", "netns", "exec", Name, "sh", "-euc", script);

    /// <summary>Calls <paramref name="function"/> on a thread that is in it. A socket opened there belongs to it for good.</summary>
    public T Inside<T>(Func<T> function) => Inside(Name, function);

    /// <summary>Calls <paramref name="function"/> on a thread that is in the namespace of that name.</summary>
    public static T Inside<T>(string name, Func<T> function)
    {
        var result = default(T);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using (var handle = File.OpenHandle($"/run/netns/{name}"))
                {
                    if (setns((int)handle.DangerousGetHandle(), CLONE_NEWNET) != 0)
                        throw new InvalidOperationException($"setns {name}: {Marshal.GetLastPInvokeErrorMessage()}");
                }

                result = function();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException($"in namespace {name}: {failure.Message}", failure);
    }

    public void Dispose() => Command.Run("ip", "netns", "delete", Name);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int fd, int type);
}
