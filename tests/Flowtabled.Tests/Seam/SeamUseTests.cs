using System.Reflection;
using System.Text.RegularExpressions;
using Tmds.Linux;

namespace Flowtabled.Tests.Seam;

/// <summary>
/// The seam has what the program uses and nothing else. Members of a C structure are not asked for: they are there for its layout.
/// </summary>
public partial class SeamUseTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] s_types = [.. typeof(LibC).Assembly.GetExportedTypes().Where(type => !type.IsNested)];

    private static readonly string s_callers = string.Concat(Callers());

    [Fact]
    public void Every_constant_is_used() => Assert.All(Constants(), constant => Assert.Matches($@"(?<![.\w]){constant.Name}\b", s_callers));

    [Fact]
    public void Every_function_is_called() => Assert.All(Functions(), function => Assert.Matches($@"(?<![.\w]){function.Name}\(", s_callers));

    [Fact]
    public void Every_type_is_that_of_a_member()
    {
        HashSet<Type> needed =
        [
            .. Functions().SelectMany(function => function.GetParameters()).Select(parameter => Bare(parameter.ParameterType)),
            .. Functions().Select(function => Bare(function.ReturnType)),
            .. Constants().Select(constant => constant.PropertyType),
            .. s_types.SelectMany(type => type.GetProperties()).Select(member => Bare(member.PropertyType)),
            typeof(LibC),
        ];

        Assert.All(s_types, type => Assert.Contains(type, needed));
    }

    private static Type Bare(Type type) => type.IsPointer ? type.GetElementType()! : type;

    private static PropertyInfo[] Constants() => typeof(LibC).GetProperties(Declared);

    private static IEnumerable<MethodInfo> Functions() => typeof(LibC).GetMethods(Declared).Where(method => !method.IsSpecialName);

    /// <summary>The sources that import the seam's members, without their comments.</summary>
    private static List<string> Callers()
    {
        var callers = Directory.EnumerateFiles(SourceDirectory(), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Where(text => text.Contains($"using static {typeof(LibC).FullName};", StringComparison.Ordinal))
            .Select(text => Comment().Replace(text, ""))
            .ToList();
        Assert.NotEmpty(callers);
        return callers;
    }

    private static string SourceDirectory()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            var source = Path.Combine(directory, "src", "Tmds.LibC");
            if (Directory.Exists(source))
                return Path.Combine(directory, "src");
        }

        throw new InvalidOperationException($"no src/Tmds.LibC above {AppContext.BaseDirectory}");
    }

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();
}
