namespace Flowtabled.Engine.Flows;

/// <summary>
/// What connections that are not kept had carried in the last round, as far as there is room: a fast one among them shows, and takes the place of a
/// slow one that is kept. Of two that share a place the one that carried more has it.
/// </summary>
/// <param name="places">How many there is room for; a power of two.</param>
internal sealed class Outsiders(int places)
{
    private Place[]? _places;

    /// <summary>Bytes that one has carried since the last round; <see langword="null"/> when it was not noted.</summary>
    public ulong? Note(ulong key, ulong bytes, int round)
    {
        ref var place = ref (_places ??= new Place[places])[(int)(key & (ulong)(places - 1))];
        var isNoted = place.Key == key && place.Round == round - 1 && place.Bytes <= bytes;
        ulong? moved = isNoted ? bytes - place.Bytes : null;
        if (place.Round < round - 1 || place.Key == key || place.Bytes < bytes)
            place = new Place { Key = key, Bytes = bytes, Round = round };
        return moved;
    }

    /// <summary>Every connection has room again.</summary>
    public void Clear() => _places = null;

    private struct Place
    {
        public ulong Key;
        public ulong Bytes;
        public int Round;
    }
}
