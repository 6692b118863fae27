using System.Reflection;
using System.Xml.Linq;
using Flowtabled.Daemon;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Topology;
using Flowtabled.Netlink;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Aot;

/// <summary>
/// src/Flowtabled/Substitutions.xml leaves out of the published program what a record would print of itself, and the hashes of those that are no keys.
/// </summary>
public class SubstitutionTests
{
    private static readonly Assembly[] Assemblies =
        [typeof(Planner).Assembly, typeof(NetlinkException).Assembly, typeof(UbusConnection).Assembly, typeof(ControlThread).Assembly];

    /// <summary>What dictionaries and sets have for keys.</summary>
    private static readonly Type[] Keys = [typeof(Device)];

    [Fact]
    public void NameEachRecordAndNothingElse()
        => Assert.Equal(Lines(Records().Select(Name)), Lines(Named("PrintMembers")));

    [Fact]
    public void LeaveKeysTheirHashes()
        => Assert.Equal(Lines(Records().Except(Keys).Select(Name)), Lines(Named("GetHashCode")));

    private static IEnumerable<Type> Records() => Assemblies.SelectMany(static assembly => assembly.GetTypes()).Where(PrintsMembers);

    private static string Name(Type type) => $"{type.Assembly.GetName().Name}: {type.FullName!.Replace('+', '/')}";

    private static IEnumerable<string> Named(string method)
        => XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Substitutions.xml")).Descendants("method")
            .Where(element => ((string)element.Attribute("signature")!).Contains($" {method}(", StringComparison.Ordinal))
            .Select(static element => element.Parent!)
            .Select(static type => $"{(string?)type.Parent!.Attribute("fullname")}: {(string?)type.Attribute("fullname")}");

    private static string Lines(IEnumerable<string> names) => string.Join('\n', names.Order(StringComparer.Ordinal));

    private static bool PrintsMembers(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;
}
