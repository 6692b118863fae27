namespace Flowtabled.Engine.Policy;

/// <summary>What the running kernel can do, found out by asking it.</summary>
/// <param name="PersistentTables">
/// Whether a table can have the flags owner and persist together (Linux 6.9): it is then safe from other programs and outlives a crash.
/// </param>
public sealed record KernelFeatures(bool PersistentTables);
