using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Ubus;

/// <summary>Prints attributes as <c>ubus -S</c> does: JSON in one line.</summary>
internal static class BlobText
{
    private const int Deepest = 32;

    public static string Of(BlobReader table)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, table, isTable: true, 0);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, BlobReader reader, bool isTable, int depth)
    {
        if (depth > Deepest)
            throw new UbusFormatException("table", 0, "is too deep");
        if (isTable)
            json.WriteStartObject();
        else
            json.WriteStartArray();
        while (reader.Read())
        {
            if (isTable)
                json.WritePropertyName(Encoding.Latin1.GetString(reader.Name));
            switch (reader.Type)
            {
                case BlobType.Table or BlobType.Array:
                    Write(json, reader.GetNested(), reader.Type == BlobType.Table, depth + 1);
                    break;
                case BlobType.Text:
                    json.WriteStringValue(reader.GetString());
                    break;
                case BlobType.Number64 or BlobType.Number32 or BlobType.Number16:
                    json.WriteNumberValue(reader.GetInteger());
                    break;
                case BlobType.Boolean:
                    json.WriteBooleanValue(reader.GetBoolean());
                    break;
                case BlobType.Fraction when double.IsFinite(reader.GetDouble()):
                    json.WriteNumberValue(reader.GetDouble());
                    break;
                default:
                    json.WriteNullValue();
                    break;
            }
        }

        if (isTable)
            json.WriteEndObject();
        else
            json.WriteEndArray();
    }
}
