using System.Collections.Immutable;
using Flowtabled.Engine.Health;

namespace Flowtabled.Engine.Config;

/// <summary>Collects the findings about one package.</summary>
internal sealed class FindingCollector(UciPackage package)
{
    private readonly ImmutableArray<ConfigFinding>.Builder _findings = ImmutableArray.CreateBuilder<ConfigFinding>();

    /// <summary>Adds a finding about an option, or about its section where there is none.</summary>
    public void Add(FindingSeverity severity, UciSection section, UciOption? option, string message) =>
        _findings.Add(new(severity, package.Name, package.Reference(section), option?.Name, option?.Line ?? section.Line, message));

    public ImmutableArray<ConfigFinding> ToImmutable() => _findings.ToImmutable();
}
