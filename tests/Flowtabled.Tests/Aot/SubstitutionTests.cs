using System.Reflection;
using System.Xml.Linq;
using Flowtabled.Daemon;
using Flowtabled.Engine.Planning;
using Flowtabled.Netlink;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Aot;

/// <summary>src/Substitutions.xml leaves out of the published program what a record would print of itself.</summary>
public class SubstitutionTests
{
    private static readonly Assembly[] Assemblies =
        [typeof(Planner).Assembly, typeof(NetlinkException).Assembly, typeof(UbusConnection).Assembly, typeof(ControlThread).Assembly];

    [Fact]
    public void NameEachRecordAndNothingElse()
    {
        var file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Substitutions.xml"));
        var named = file.Descendants("assembly").SelectMany(static assembly => assembly.Elements("type")
            .Where(static type => ((string)type.Element("method")!.Attribute("signature")!).Contains("PrintMembers", StringComparison.Ordinal))
            .Select(type => $"{(string?)assembly.Attribute("fullname")}: {(string?)type.Attribute("fullname")}"));
        var records = Assemblies.SelectMany(static assembly => assembly.GetTypes().Where(PrintsMembers)
            .Select(type => $"{assembly.GetName().Name}: {type.FullName!.Replace('+', '/')}"));

        Assert.Equal(Lines(records), Lines(named));
    }

    private static string Lines(IEnumerable<string> names) => string.Join('\n', names.Order(StringComparer.Ordinal));

    private static bool PrintsMembers(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;
}
