using Flowtabled.Native;

namespace Flowtabled.Cli;

/// <summary>What a command was called with, and where it prints.</summary>
internal sealed class Invocation(
    Command command,
    IReadOnlyDictionary<Option, string> options,
    IReadOnlyList<string> arguments,
    TextWriter output,
    TextWriter error)
{
    public TextWriter Output => output;

    public TextWriter Error => error;

    /// <summary>Prints bytes as they are, whatever their encoding.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => ((DescriptorWriter)output).Write(bytes);

    public bool Has(Flag flag) => options.ContainsKey(flag);

    public string Get(ValueOption option) => options.GetValueOrDefault(option, option.Default);

    public T Get<T>(ChoiceOption<T> option)
        where T : struct, Enum
        => options.TryGetValue(option, out string? choice) ? ChoiceOption<T>.Parse(choice) : option.Default;

    /// <summary>The word given for <paramref name="argument"/>, or null where an optional one was left out.</summary>
    public string? Get(Argument argument)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            if (command.Arguments[i] == argument)
                return arguments[i];
        }
        return null;
    }
}
