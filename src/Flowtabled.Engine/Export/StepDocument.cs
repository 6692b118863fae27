using System.Collections.Immutable;
using System.Text.Json;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Export;

/// <summary>A step for programs.</summary>
internal sealed record StepDocument
{
    public required string Step { get; init; }

    public required string Table { get; init; }

    public string? Set { get; init; }

    public string? Flowtable { get; init; }

    public string? Chain { get; init; }

    public string? Object { get; init; }

    public string? Type { get; init; }

    public int? Priority { get; init; }

    public ImmutableArray<string>? Flags { get; init; }

    public ImmutableArray<string>? Devices { get; init; }

    public ImmutableArray<string>? Elements { get; init; }

    public string? Rule { get; init; }

    public ulong? Before { get; init; }

    public ulong? Handle { get; init; }

    public required string Reason { get; init; }

    public static StepDocument Of(PlanStep step) => step switch
    {
        CreateTable create => New("create_table", step) with { Flags = NftWords.Flags(create.Flags) },
        AdoptTable adopt => New("adopt_table", step) with { Flags = NftWords.Flags(adopt.Flags) },
        DeleteTable => New("delete_table", step),
        CreateSet create => New("create_set", step) with { Set = create.Set, Type = NftWords.Type(create.Type) },
        DeleteSet delete => New("delete_set", step) with { Set = Shown(delete.Set) },
        AddElements add => New("add_elements", step) with { Set = add.Set, Elements = PlanJson.Shown(add.Elements) },
        RemoveElements remove => New("remove_elements", step) with { Set = remove.Set, Elements = PlanJson.Shown(remove.Elements) },
        CreateFlowtable create => New("create_flowtable", step) with
        {
            Flowtable = create.Flowtable,
            Priority = create.Priority,
            Flags = NftWords.Flags(create.Flags),
            Devices = PlanJson.Shown(create.Devices),
        },
        UpdateFlowtable update => New("update_flowtable", step) with
        {
            Flowtable = update.Flowtable,
            Priority = update.Priority,
            Flags = NftWords.Flags(update.Flags),
            Devices = PlanJson.Shown(update.Devices),
        },
        RemoveDevices remove => New("remove_devices", step) with { Flowtable = remove.Flowtable, Devices = PlanJson.Shown(remove.Devices) },
        DeleteFlowtable delete => New("delete_flowtable", step) with { Flowtable = Shown(delete.Flowtable) },
        CreateChain create => New("create_chain", step) with { Chain = create.Chain.Name, Priority = create.Chain.Priority },
        DeleteChain delete => New("delete_chain", step) with { Chain = Shown(delete.Chain) },
        AddRule add => New("add_rule", step) with { Chain = add.Chain, Rule = NftWords.Rule(add.Rule), Before = add.Before },
        DeleteRule delete => New("delete_rule", step) with { Chain = Shown(delete.Chain), Handle = delete.Handle },
        DeleteObject delete => New("delete_object", step) with { Object = Shown(delete.Name), Type = NftWords.Object(delete.Type) },
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };

    /// <summary>Writes it as an object, without what does not apply.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("step", Step);
        json.WriteString("table", Table);
        Text("set", Set);
        Text("flowtable", Flowtable);
        Text("chain", Chain);
        Text("object", Object);
        Text("type", Type);
        if (Priority is { } priority)
            json.WriteNumber("priority", priority);
        Texts("flags", Flags);
        Texts("devices", Devices);
        Texts("elements", Elements);
        Text("rule", Rule);
        Number("before", Before);
        Number("handle", Handle);
        json.WriteString("reason", Reason);
        json.WriteEndObject();

        void Text(string member, string? value)
        {
            if (value is not null)
                json.WriteString(member, value);
        }

        void Texts(string member, ImmutableArray<string>? values)
        {
            if (values is { } all)
                PlanJson.WriteStrings(json, member, all);
        }

        void Number(string member, ulong? value)
        {
            if (value is { } number)
                json.WriteNumber(member, number);
        }
    }

    private static StepDocument New(string name, PlanStep step) => new() { Step = name, Table = step.Table, Reason = step.Reason };

    private static string Shown(string name) => DeviceName.Display(name);
}
