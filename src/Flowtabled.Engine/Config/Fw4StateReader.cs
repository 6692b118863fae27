using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Flowtabled.Engine.Config;

/// <summary>Reads <see cref="Fw4State"/>. What fw4 has nothing for it writes as null, or not at all.</summary>
internal ref struct Fw4StateReader(ReadOnlySpan<byte> json)
{
    private Utf8JsonReader _json = new(json);

    public Fw4State Read()
    {
        try
        {
            return ReadState();
        }
        catch (JsonException e)
        {
            throw new Fw4StateException("malformed JSON", _json.BytesConsumed, e);
        }
        catch (InvalidOperationException e)
        {
            // What the reader throws when it unescapes half of a surrogate pair, or bytes that are not UTF-8.
            throw new Fw4StateException("a string that is not UTF-8", _json.TokenStartIndex, e);
        }
    }

    private Fw4State ReadState()
    {
        ImmutableArray<NetworkBinding> networks = [];
        ImmutableArray<Fw4Zone> zones = [];
        _json.Read();
        if (!TryEnter(JsonTokenType.StartObject, "the state"))
            throw Unexpected("the state");
        while (NextProperty())
        {
            if (_json.ValueTextEquals("networks"u8))
                networks = ReadNetworks();
            else if (_json.ValueTextEquals("zones"u8))
                zones = ReadZones();
            else
                _json.Skip();
        }

        // Throws when something follows.
        _json.Read();
        return new(new(networks), zones);
    }

    private ImmutableArray<NetworkBinding> ReadNetworks()
    {
        var networks = ImmutableArray.CreateBuilder<NetworkBinding>();
        _json.Read();
        if (!TryEnter(JsonTokenType.StartObject, "networks"))
            return [];
        while (NextProperty())
        {
            var name = Text();
            _json.Read();
            if (ReadNetworkDevice() is { } device)
                networks.Add(new(name, device, BindingSource.Fw4State));
        }

        return networks.ToImmutable();
    }

    private string? ReadNetworkDevice()
    {
        var isUp = false;
        string? device = null;
        if (!TryEnter(JsonTokenType.StartObject, "a network"))
            return null;
        while (NextProperty())
        {
            if (_json.ValueTextEquals("up"u8))
                isUp = ReadBoolean("a network's up");
            else if (_json.ValueTextEquals("device"u8))
                device = ReadText("a network's device");
            else
                _json.Skip();
        }

        return isUp ? device : null;
    }

    private ImmutableArray<Fw4Zone> ReadZones()
    {
        var zones = ImmutableArray.CreateBuilder<Fw4Zone>();
        _json.Read();
        if (!TryEnter(JsonTokenType.StartArray, "zones"))
            return [];
        while (NextElement())
        {
            if (!TryEnter(JsonTokenType.StartObject, "a zone"))
                throw Unexpected("a zone");
            zones.Add(ReadZone());
        }

        return zones.ToImmutable();
    }

    private Fw4Zone ReadZone()
    {
        var start = _json.TokenStartIndex;
        string? name = null;
        ImmutableArray<string> networks = [];
        ImmutableArray<string> devices = [];
        while (NextProperty())
        {
            if (_json.ValueTextEquals("name"u8))
                name = ReadText("a zone's name");
            else if (_json.ValueTextEquals("network"u8))
                networks = ReadZoneNetworks();
            else if (_json.ValueTextEquals("match_devices"u8))
                devices = ReadZoneDevices();
            else
                _json.Skip();
        }

        return new(name ?? throw new Fw4StateException("a zone without a name", start), networks, devices);
    }

    private ImmutableArray<string> ReadZoneNetworks()
    {
        var names = ImmutableArray.CreateBuilder<string>();
        _json.Read();
        if (!TryEnter(JsonTokenType.StartArray, "a zone's network"))
            return [];
        while (NextElement())
        {
            if (ReadZoneNetwork() is { } name && !names.Contains(name))
                names.Add(name);
        }

        return names.ToImmutable();
    }

    private string? ReadZoneNetwork()
    {
        string? name = null;
        var isNegated = false;
        if (!TryEnter(JsonTokenType.StartObject, "a zone's network"))
            return null;
        while (NextProperty())
        {
            if (_json.ValueTextEquals("device"u8))
                name = ReadText("the name of a zone's network");
            else if (_json.ValueTextEquals("invert"u8))
                isNegated = ReadBoolean("a zone's network's invert");
            else
                _json.Skip();
        }

        return isNegated ? null : name;
    }

    private ImmutableArray<string> ReadZoneDevices()
    {
        var names = ImmutableArray.CreateBuilder<string>();
        _json.Read();
        if (!TryEnter(JsonTokenType.StartArray, "match_devices"))
            return [];
        while (NextElement())
        {
            if (_json.TokenType != JsonTokenType.String)
                throw Unexpected("a device of a zone");
            if (Text() is var name && !names.Contains(name))
                names.Add(name);
        }

        return names.ToImmutable();
    }

    private bool NextProperty()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.PropertyName;
    }

    private bool NextElement()
    {
        _json.Read();
        return _json.TokenType != JsonTokenType.EndArray;
    }

    // Whether the value here is an object or array, as it should be; null is nothing to enter.
    private readonly bool TryEnter(JsonTokenType start, string what) =>
        _json.TokenType == start || (_json.TokenType == JsonTokenType.Null ? false : throw Unexpected(what));

    private bool ReadBoolean(string what)
    {
        _json.Read();
        return _json.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            _ => throw Unexpected(what),
        };
    }

    private string? ReadText(string what)
    {
        _json.Read();
        return _json.TokenType switch
        {
            JsonTokenType.String => Text(),
            JsonTokenType.Null => null,
            _ => throw Unexpected(what),
        };
    }

    // Bytes, as everywhere: the reader itself does not mind what is not UTF-8.
    private readonly string Text()
    {
        if (!_json.ValueIsEscaped)
            return Encoding.Latin1.GetString(_json.ValueSpan);
        var unescaped = new byte[_json.ValueSpan.Length];
        return Encoding.Latin1.GetString(unescaped, 0, _json.CopyString(unescaped));
    }

    private readonly Fw4StateException Unexpected(string what) =>
        new($"{what} is of the wrong kind ({_json.TokenType})", _json.TokenStartIndex);
}
