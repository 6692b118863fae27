using System.Collections.Immutable;
using System.Text.Json;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Export;

/// <summary>A step for programs: an object with the members that apply.</summary>
internal static class StepJson
{
    public static void Write(Utf8JsonWriter json, PlanStep step)
    {
        json.WriteStartObject();
        switch (step)
        {
            case CreateTable create:
                Begin("create_table");
                Texts("flags", NftWords.Flags(create.Flags));
                break;
            case AdoptTable adopt:
                Begin("adopt_table");
                Texts("flags", NftWords.Flags(adopt.Flags));
                break;
            case DeleteTable:
                Begin("delete_table");
                break;
            case CreateSet create:
                Begin("create_set");
                Name("set", create.Set);
                Text("type", NftWords.Type(create.Type));
                Texts("flags", NftWords.Flags(create.Type));
                if (SetSpec.IsOfTimed(create.Type))
                    json.WriteNumber("size", SetSpec.MaxTimed);
                break;
            case DeleteSet delete:
                Begin("delete_set");
                Name("set", delete.Set);
                break;
            case AddElements add:
                Begin("add_elements");
                Name("set", add.Set);
                Names("elements", add.Elements);
                break;
            case RemoveElements remove:
                Begin("remove_elements");
                Name("set", remove.Set);
                Names("elements", remove.Elements);
                break;
            case CreateFlowtable create:
                Begin("create_flowtable");
                Flowtable(create.Flowtable, create.Priority, create.Flags, create.Devices);
                break;
            case UpdateFlowtable update:
                Begin("update_flowtable");
                Flowtable(update.Flowtable, update.Priority, update.Flags, update.Devices);
                break;
            case RemoveDevices remove:
                Begin("remove_devices");
                Name("flowtable", remove.Flowtable);
                Names("devices", remove.Devices);
                break;
            case DeleteFlowtable delete:
                Begin("delete_flowtable");
                Name("flowtable", delete.Flowtable);
                break;
            case CreateChain { Chain: var chain }:
                Begin("create_chain");
                Name("chain", chain.Name);
                json.WriteNumber("priority", chain.Priority);
                break;
            case DeleteChain delete:
                Begin("delete_chain");
                Name("chain", delete.Chain);
                break;
            case AddRule add:
                Begin("add_rule");
                Name("chain", add.Chain);
                Text("rule", NftWords.Rule(add.Rule));
                if (add.Before is { } before)
                    json.WriteNumber("before", before);
                break;
            case DeleteRule delete:
                Begin("delete_rule");
                Name("chain", delete.Chain);
                json.WriteNumber("handle", delete.Handle);
                break;
            case DeleteObject delete:
                Begin("delete_object");
                Name("object", delete.Name);
                Text("type", NftWords.Object(delete.Type));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, null);
        }

        json.WriteString("reason", step.Reason);
        json.WriteEndObject();

        void Begin(string name)
        {
            json.WriteString("step", name);
            json.WriteString("table", step.Table);
        }

        void Flowtable(string name, int priority, FlowtableFlags flags, ImmutableArray<string> devices)
        {
            Name("flowtable", name);
            json.WriteNumber("priority", priority);
            Texts("flags", NftWords.Flags(flags));
            Names("devices", devices);
        }

        void Text(string member, string? value)
        {
            if (value is not null)
                json.WriteString(member, value);
        }

        void Texts(string member, ImmutableArray<string> values) => PlanJson.WriteStrings(json, member, values);

        void Name(string member, string name) => json.WriteString(member, DeviceName.Display(name));

        void Names(string member, ImmutableArray<string> names) => Texts(member, PlanJson.Shown(names));
    }
}
