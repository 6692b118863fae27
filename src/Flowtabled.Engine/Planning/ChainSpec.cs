namespace Flowtabled.Engine.Planning;

/// <summary>A base chain of type filter at the forward hook with policy accept: the only kind of chain that we make.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Priority">Its priority; fw4's forward chain has 0 (<c>filter</c>).</param>
public sealed record ChainSpec(string Name, int Priority);
