namespace Flowtabled.Engine.Config;

/// <summary>The booleans of UCI's readers, which do not agree. Case matters to all of them; null is not a boolean.</summary>
internal static class UciBoolean
{
    /// <summary>As fw4 reads it (fw4.uc, <c>parse_bool</c>).</summary>
    public static bool? Fw4(string value) => value switch
    {
        "1" or "on" or "true" or "yes" => true,
        "0" or "off" or "false" or "no" => false,
        _ => null,
    };

    /// <summary>As the shell reads it (base-files, lib/functions.sh, <c>get_bool</c>).</summary>
    public static bool? Shell(string value) => value switch
    {
        "enabled" => true,
        "disabled" => false,
        _ => Fw4(value),
    };
}
