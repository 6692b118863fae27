using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flowtabled.Tests.Abi;

/// <summary>A C type, and where we say that its members are, in bytes.</summary>
internal sealed record CStruct(string Name, string Header, int Size, params CMember[] Members)
{
    /// <summary>Our type, where there is one.</summary>
    public Type? Type { get; private init; }

    /// <summary>
    /// What the runtime made of <typeparamref name="T"/>. <paramref name="members"/> are the C names of its fields in order, all of them;
    /// without, the fields have C's names.
    /// </summary>
    public static CStruct Of<T>(string name, string header, params string[] members)
        where T : unmanaged
    {
        FieldInfo[] fields =
        [
            .. typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(f => f.MetadataToken),
        ];
        string[] names = members.Length > 0 ? members : [.. fields.Select(CName)];
        Assert.Equal(fields.Length, names.Length);
        if (typeof(T).GetField("Size") is { IsLiteral: true } size)
            Assert.Equal(Unsafe.SizeOf<T>(), size.GetRawConstantValue());
        // What Marshal says of a field holds for the memory itself only where nothing is converted.
        Assert.Equal(Unsafe.SizeOf<T>(), Marshal.SizeOf<T>());
        var layout = fields.Zip(names, (f, n) => new CMember(n, (int)Marshal.OffsetOf<T>(f.Name), SizeOf(f.FieldType)));
        return new(name, header, Unsafe.SizeOf<T>(), [.. layout]) { Type = typeof(T) };
    }

    /// <summary>What the runtime made of a C type that is a number.</summary>
    public static CStruct OfNumber<T>(string name, string header)
        where T : unmanaged => new(name, header, Unsafe.SizeOf<T>());

    /// <summary>A C program that does not compile where C lays the type out differently.</summary>
    public string Program => $"""
        #include <stddef.h>
        #include <{Header}>
        _Static_assert(sizeof({Name}) == {Size}, "{Name} is {Size} bytes: C says otherwise");
        {string.Concat(Members.Select(m => m.Assertion(Name)))}
        """;

    public override string ToString() => Name;

    // A property's field is <name>k__BackingField; a private field is _name.
    private static string CName(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name.TrimStart('_');

    private static int SizeOf(Type type) => type.IsPointer ? nint.Size : Marshal.SizeOf(type);
}

/// <summary>A member of a C structure: its offset and size in bytes.</summary>
internal sealed record CMember(string Name, int Offset, int Size)
{
    public string Assertion(string type) => $"""
        _Static_assert(offsetof({type}, {Name}) == {Offset}, "{type}, {Name}: offset {Offset}: C says otherwise");
        _Static_assert(sizeof((({type} *)0)->{Name}) == {Size}, "{type}, {Name}: {Size} bytes: C says otherwise");

        """;
}
