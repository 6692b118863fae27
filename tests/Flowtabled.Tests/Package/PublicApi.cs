using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flowtabled.Tests.Package;

/// <summary>All that code compiled against an assembly sees of it, a line for each member, so that two can be compared.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Types with sizes, fields with types, methods with signatures, constants (static properties) with values.</summary>
    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Of);

    private static IEnumerable<string> Of(Type type) =>
    [
        type.IsValueType ? $"struct {type.Name}: {SizeOf(type)} bytes" : $"class {type.Name}",
        .. type.GetInterfaces().Select(i => $"{type.Name} : {i}"),
        .. type.GetFields(Declared).Select(f => $"{type.Name}.{f.Name}: {TypeOf(f)}"),
        .. type.GetProperties(Declared).Where(IsConstant).Select(p => $"{type.Name}.{p.Name} = {p.GetValue(null)}"),
        .. type.GetConstructors(Declared).Cast<MethodBase>().Concat(type.GetMethods(Declared)).Select(m => $"{type.Name}: {Signature(m)}"),
    ];

    private static string Signature(MethodBase method) =>
        $"{(method.IsStatic ? "static " : "")}{(method as MethodInfo)?.ReturnType.ToString()} {method.Name}"
        + $"({string.Join(", ", method.GetParameters().Select(Parameter))}){(KeepsErrno(method) ? " [errno]" : "")}";

    private static string Parameter(ParameterInfo p) => $"{p.ParameterType} {p.Name}{(p.HasDefaultValue ? $" = {p.DefaultValue}" : "")}";

    private static bool KeepsErrno(MethodBase method) =>
        method.GetCustomAttribute<DllImportAttribute>() is { SetLastError: true }
        || method.GetCustomAttribute<LibraryImportAttribute>() is { SetLastError: true };

    private static bool IsConstant(PropertyInfo property) => property.GetMethod is { IsStatic: true } && property.Name != "errno";

    private static string TypeOf(FieldInfo field) =>
        field.GetCustomAttribute<FixedBufferAttribute>() is { } b ? $"{b.ElementType}[{b.Length}]" : field.FieldType.ToString();

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
