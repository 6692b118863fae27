namespace Flowtabled.Flows;

/// <summary>Which connections come first.</summary>
internal enum FlowOrder
{
    /// <summary>Those that carried most.</summary>
    Bytes,

    /// <summary>Those that carry most now.</summary>
    Rate,

    /// <summary>The oldest; one whose begin is not known comes last.</summary>
    Age,
}
