using System.Text;

namespace Flowtabled.Engine.Config;

/// <summary>A line of the file, with those that quotes and backslashes join to it, read word by word as libuci does (uci file.c).</summary>
/// <remarks>
/// Words are unquoted in place and come out as Latin-1: a value in UCI is bytes without an encoding, so one char is one byte,
/// no byte is lost, and the name of a device compares equal with the kernel's.
/// </remarks>
internal ref struct UciCommandText(string package, ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _unread = text;

    private byte[] _buffer = new byte[256];
    private int _length;

    // The size of libuci's buffer, which decides how much a NUL hides: see Fill.
    private int _capacity = 32;
    private int _lineEnds;

    /// <summary>The offset of the next byte: the byte that libuci names in an error.</summary>
    public int Position { get; private set; }

    /// <summary>The line of the file on which this text begins, from 1.</summary>
    public int Line { get; private set; }

    private readonly byte Current => Position < _length ? _buffer[Position] : (byte)0;

    /// <summary>Goes to the next line that is not blank.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool NextLine()
    {
        while (!_unread.IsEmpty)
        {
            Position = 0;
            Fill();
            Line = _length > 0 && _buffer[_length - 1] == '\n' ? _lineEnds : _lineEnds + 1;
            SkipSpace();
            if (Position < _length)
                return true;
        }

        return false;
    }

    /// <summary>The next command's keyword, empty at the end of the text. Only a blank ends it: <c>config;</c> is a keyword.</summary>
    public readonly ReadOnlySpan<byte> PeekKeyword()
    {
        var rest = _buffer.AsSpan(Position, _length - Position).TrimStart(" \t"u8);
        var end = rest.IndexOfAny((byte)' ', (byte)'\t');
        return end < 0 ? rest : rest[..end];
    }

    /// <summary>Goes past the keyword and the blank after it.</summary>
    /// <exception cref="UciParseException">The file ends with the keyword.</exception>
    public void SkipKeyword(string error)
    {
        var rest = _buffer.AsSpan(Position, _length - Position);
        var blanks = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        var end = rest[blanks..].IndexOfAny((byte)' ', (byte)'\t');
        if (end < 0)
            throw Error(error);
        Position += blanks + end + 1;
    }

    /// <summary>The next word, empty when there is none.</summary>
    public string ReadWord()
    {
        SkipSpace();
        if (Position == _length)
            return "";
        if (Current == ';')
        {
            Position++;
            return "";
        }

        var start = Position;
        var end = start;
        do
        {
            switch (Current)
            {
                case (byte)'\'':
                    ReadSingleQuoted(ref end);
                    break;
                case (byte)'"':
                    ReadDoubleQuoted(ref end);
                    break;
                case (byte)'\\':
                    if (TrySkipBackslash())
                        Take(ref end);
                    break;
                case (byte)'#':
                    _length = Position;
                    break;
                case (byte)';':
                    // libuci ends a word in place with a NUL. After a word without quotes and backslashes that NUL replaces the
                    // semicolon, and the rest of the line is lost; after any other word the semicolon stays and ends the command.
                    if (end == Position)
                        _length = Position;
                    return Text(start, end);
                default:
                    Take(ref end);
                    break;
            }
        }
        while (Position < _length && !IsSpace(Current));

        if (Position < _length)
            Position++;
        return Text(start, end);
    }

    /// <summary>The error that libuci reports here.</summary>
    public readonly UciParseException Error(string reason) => new(package, reason, _lineEnds, Position);

    private void ReadSingleQuoted(ref int end)
    {
        Position++;
        while (true)
        {
            EnsureInQuotes("EOF with unterminated '");
            if (Current == '\'')
                break;
            Take(ref end);
        }

        Position++;
    }

    private void ReadDoubleQuoted(ref int end)
    {
        Position++;
        while (true)
        {
            EnsureInQuotes("EOF with unterminated \"");
            if (Current == '"')
                break;
            if (Current != '\\' || TrySkipBackslash())
                Take(ref end);
        }

        Position++;
    }

    private void EnsureInQuotes(string error)
    {
        if (Position < _length)
            return;
        Fill();
        if (Position == _length)
            throw Error(error);
    }

    /// <summary>Goes past a backslash.</summary>
    /// <returns>False when it escapes the end of the line: the next line replaces that, and the byte here is not taken.</returns>
    private bool TrySkipBackslash()
    {
        Position++;
        var rest = _buffer.AsSpan(Position, _length - Position);
        if (!rest.IsEmpty && !rest.SequenceEqual("\n"u8) && !rest.SequenceEqual("\r\n"u8))
            return true;
        Fill();
        return false;
    }

    private void Take(ref int end) => _buffer[end++] = _buffer[Position++];

    private void SkipSpace()
    {
        while (IsSpace(Current))
            Position++;
    }

    /// <summary>Reads a line of the file into the text, in place of whatever is at and after the position.</summary>
    /// <remarks>
    /// As libuci does it with fgets and strlen: in pieces that fit its buffer, and of a piece all that follows a NUL is lost. Where a
    /// line end is lost, the next line follows on directly and the line is not counted.
    /// </remarks>
    private void Fill()
    {
        _length = Position;
        if (_length >= _capacity - 1)
            GrowCapacity();

        while (true)
        {
            var piece = _unread[..Math.Min(_unread.Length, _capacity - _length - 1)];
            var lineEnd = piece.IndexOf((byte)'\n');
            if (lineEnd >= 0)
                piece = piece[..(lineEnd + 1)];
            _unread = _unread[piece.Length..];

            var nul = piece.IndexOf((byte)0);
            if (nul >= 0)
                piece = piece[..nul];
            if (piece.IsEmpty)
                return;

            Append(piece);
            if (piece[^1] == '\n')
            {
                _lineEnds++;
                return;
            }

            GrowCapacity();
        }
    }

    // Every NUL that hides a line end doubles it, so a short file can bring libuci to where it has no more memory.
    private void GrowCapacity() => _capacity = Math.Min(_capacity, 1 << 29) * 2;

    private void Append(ReadOnlySpan<byte> piece)
    {
        if (_length + piece.Length > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + piece.Length));
        piece.CopyTo(_buffer.AsSpan(_length));
        _length += piece.Length;
    }

    private readonly string Text(int start, int end) => Encoding.Latin1.GetString(_buffer, start, end - start);

    private static bool IsSpace(byte value) => value is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
}
