namespace Flowtabled.Engine.Config;

/// <summary>Options as fw4 parses them (fw4.uc, <c>parse_options</c>).</summary>
internal static class Fw4Option
{
    /// <summary>The option's value as a boolean; null when fw4 would not accept it.</summary>
    public static bool? Boolean(UciOption option) => option.IsList ? null : UciBoolean.Fw4(option.Value);

    /// <summary>Why <see cref="Boolean"/> is null.</summary>
    public static string Complaint(UciOption option) => option.IsList
        ? "must be an option, not a list"
        : $"{UciOption.Quote(option.Value)} is none of 1, on, true, yes, 0, off, false, no";

    /// <summary>Splits a leading <c>!</c> from a value, as <c>parse_invert</c> does.</summary>
    public static (bool IsNegated, string Value) Negation(string value)
    {
        var rest = value.TrimStart(' ', '\t');
        var isNegated = rest.StartsWith('!');
        return (isNegated, (isNegated ? rest[1..] : rest).Trim([.. " \t\n\v\f\r"]));
    }
}
