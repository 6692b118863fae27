using System.Text;
using Flowtabled.Config;
using Flowtabled.Engine.Health;

namespace Flowtabled.Kernel;

/// <summary>
/// Asks the chip itself what it holds, where its driver shows that: MediaTek's a table for each of its packet engines (ppe0, ppe1...), Airoha's one
/// (ppe).
/// </summary>
/// <param name="directory">Where debugfs is.</param>
internal sealed class ChipWitness(string directory = "/sys/kernel/debug")
{
    /// <summary>All tables together; null when there is none, or it may not be read.</summary>
    public ChipTable? Ask()
    {
        ChipTable? sum = null;
        try
        {
            foreach (var table in Directory.GetDirectories(directory, "ppe*"))
            {
                if (FileBytes.ReadIfExists(Path.Combine(table, "entries")) is not { } entries)
                    continue;
                var read = ChipTable.Parse(Encoding.Latin1.GetString(entries));
                sum = sum is null ? read : sum + read;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // No debugfs, or not for us.
        }

        return sum;
    }
}
