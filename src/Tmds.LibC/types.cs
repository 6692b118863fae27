namespace Tmds.Linux;

// Each C type is a struct of its own, with the conversions that calls need: widening is implicit, narrowing is not.

/// <summary><c>size_t</c> of <c>stddef.h</c>: the size of an object, as wide as a pointer.</summary>
public readonly struct size_t : IEquatable<size_t>
{
    private readonly nuint _value;

    private size_t(nuint value) => _value = value;

    public static implicit operator ulong(size_t arg) => arg._value;
    public static explicit operator uint(size_t arg) => (uint)arg._value;
    public static explicit operator int(size_t arg) => (int)arg._value;
    public static implicit operator size_t(int arg) => new((uint)arg);
    public static implicit operator size_t(uint arg) => new(arg);
    public static implicit operator size_t(ushort arg) => new(arg);
    public static explicit operator size_t(ulong arg) => new((nuint)arg);

    public static bool operator ==(size_t v1, size_t v2) => v1._value == v2._value;
    public static bool operator !=(size_t v1, size_t v2) => v1._value != v2._value;

    public bool Equals(size_t v) => this == v;
    public override bool Equals(object? obj) => obj is size_t v && this == v;
    public override int GetHashCode() => _value.GetHashCode();
    public override string ToString() => _value.ToString();
}

/// <summary><c>ssize_t</c> of <c>sys/types.h</c>: a count of bytes, or -1 for an error.</summary>
public readonly struct ssize_t : IEquatable<ssize_t>
{
    private readonly nint _value;

    private ssize_t(nint value) => _value = value;

    public static implicit operator long(ssize_t arg) => arg._value;
    public static explicit operator int(ssize_t arg) => (int)arg._value;
    public static implicit operator ssize_t(int arg) => new(arg);
    public static explicit operator ssize_t(long arg) => new((nint)arg);

    public static bool operator ==(ssize_t v1, ssize_t v2) => v1._value == v2._value;
    public static bool operator !=(ssize_t v1, ssize_t v2) => v1._value != v2._value;

    public bool Equals(ssize_t v) => this == v;
    public override bool Equals(object? obj) => obj is ssize_t v && this == v;
    public override int GetHashCode() => _value.GetHashCode();
    public override string ToString() => _value.ToString();
}

/// <summary><c>unsigned long</c>, as wide as a pointer on Linux; <c>nfds_t</c> is one.</summary>
public readonly struct ulong_t : IEquatable<ulong_t>
{
    private readonly nuint _value;

    private ulong_t(nuint value) => _value = value;

    public static implicit operator ulong(ulong_t arg) => arg._value;
    public static explicit operator uint(ulong_t arg) => (uint)arg._value;
    public static implicit operator ulong_t(uint arg) => new(arg);
    public static explicit operator ulong_t(ulong arg) => new((nuint)arg);

    public static bool operator ==(ulong_t v1, ulong_t v2) => v1._value == v2._value;
    public static bool operator !=(ulong_t v1, ulong_t v2) => v1._value != v2._value;

    public bool Equals(ulong_t v) => this == v;
    public override bool Equals(object? obj) => obj is ulong_t v && this == v;
    public override int GetHashCode() => _value.GetHashCode();
    public override string ToString() => _value.ToString();
}

/// <summary><c>socklen_t</c> of <c>sys/socket.h</c>: the length of an address or of an option.</summary>
public readonly struct socklen_t : IEquatable<socklen_t>
{
    private readonly uint _value;

    private socklen_t(uint value) => _value = value;

    public static implicit operator uint(socklen_t arg) => arg._value;
    public static explicit operator int(socklen_t arg) => (int)arg._value;
    public static implicit operator socklen_t(int arg) => new((uint)arg);
    public static implicit operator socklen_t(uint arg) => new(arg);
    public static implicit operator socklen_t(ushort arg) => new(arg);

    public static bool operator ==(socklen_t v1, socklen_t v2) => v1._value == v2._value;
    public static bool operator !=(socklen_t v1, socklen_t v2) => v1._value != v2._value;

    public bool Equals(socklen_t v) => this == v;
    public override bool Equals(object? obj) => obj is socklen_t v && this == v;
    public override int GetHashCode() => _value.GetHashCode();
    public override string ToString() => _value.ToString();
}

/// <summary><c>sa_family_t</c> of <c>sys/socket.h</c>: an address family, 16 bits.</summary>
public readonly struct sa_family_t : IEquatable<sa_family_t>
{
    private readonly ushort _value;

    private sa_family_t(ushort value) => _value = value;

    public static implicit operator int(sa_family_t arg) => arg._value;
    public static implicit operator sa_family_t(int arg) => new((ushort)arg);

    public static bool operator ==(sa_family_t v1, sa_family_t v2) => v1._value == v2._value;
    public static bool operator !=(sa_family_t v1, sa_family_t v2) => v1._value != v2._value;

    public bool Equals(sa_family_t v) => this == v;
    public override bool Equals(object? obj) => obj is sa_family_t v && this == v;
    public override int GetHashCode() => _value.GetHashCode();
    public override string ToString() => _value.ToString();
}

/// <summary><c>pid_t</c> of <c>sys/types.h</c>: a process.</summary>
public readonly struct pid_t : IEquatable<pid_t>
{
    private readonly int _value;

    private pid_t(int value) => _value = value;

    public static implicit operator int(pid_t arg) => arg._value;
    public static implicit operator pid_t(int arg) => new(arg);

    public static bool operator ==(pid_t v1, pid_t v2) => v1._value == v2._value;
    public static bool operator !=(pid_t v1, pid_t v2) => v1._value != v2._value;

    public bool Equals(pid_t v) => this == v;
    public override bool Equals(object? obj) => obj is pid_t v && this == v;
    public override int GetHashCode() => _value.GetHashCode();
    public override string ToString() => _value.ToString();
}

/// <summary><c>mode_t</c> of <c>sys/types.h</c>: a file's permissions.</summary>
public readonly struct mode_t : IEquatable<mode_t>
{
    private readonly uint _value;

    private mode_t(uint value) => _value = value;

    public static implicit operator mode_t(ushort arg) => new(arg);

    public static bool operator ==(mode_t v1, mode_t v2) => v1._value == v2._value;
    public static bool operator !=(mode_t v1, mode_t v2) => v1._value != v2._value;

    public bool Equals(mode_t v) => this == v;
    public override bool Equals(object? obj) => obj is mode_t v && this == v;
    public override int GetHashCode() => _value.GetHashCode();
    public override string ToString() => _value.ToString();
}
