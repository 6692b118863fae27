using System.Text.Json;

namespace Flowtabled.Ubus;

/// <summary>Writes JSON as attributes, as ubus itself makes them of it (libubox, blobmsg_json.c).</summary>
public static class BlobJson
{
    /// <summary>Appends the members of an object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="json">One object, UTF-8.</param>
    /// <exception cref="JsonException">It is no JSON, no object, or nested deeper than 64.</exception>
    public static void Add(BlobWriter writer, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("an object is expected");
        AddMembers(writer, ref reader);
    }

    private static void AddMembers(BlobWriter writer, ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Unescaped(ref reader);
            reader.Read();
            AddValue(writer, name, ref reader);
        }
    }

    private static void AddValue(BlobWriter writer, scoped ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var table = writer.BeginTable(name);
                AddMembers(writer, ref reader);
                writer.EndNest(table);
                break;
            case JsonTokenType.StartArray:
                var array = writer.BeginArray(name);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    AddValue(writer, default, ref reader);
                writer.EndNest(array);
                break;
            case JsonTokenType.String:
                writer.AddString(name, Unescaped(ref reader));
                break;
            case JsonTokenType.Number when reader.TryGetInt64(out var number):
                writer.AddInteger(name, number);
                break;
            case JsonTokenType.Number:
                writer.AddDouble(name, reader.GetDouble());
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.AddBoolean(name, reader.TokenType == JsonTokenType.True);
                break;
            default:
                writer.AddNull(name);
                break;
        }
    }

    private static ReadOnlySpan<byte> Unescaped(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        var bytes = new byte[reader.ValueSpan.Length];
        return bytes.AsSpan(0, reader.CopyString(bytes));
    }
}
