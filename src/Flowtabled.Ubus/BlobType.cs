namespace Flowtabled.Ubus;

/// <summary>What a named attribute holds: the id of a blobmsg attribute (libubox, blobmsg.h).</summary>
public enum BlobType : byte
{
    /// <summary>Nothing: JSON's null. No bytes.</summary>
    Null = 0,

    /// <summary>Attributes without names.</summary>
    Array = 1,

    /// <summary>Attributes with names.</summary>
    Table = 2,

    /// <summary>Bytes and a NUL.</summary>
    Text = 3,

    /// <summary>8 bytes, signed.</summary>
    Number64 = 4,

    /// <summary>4 bytes, signed.</summary>
    Number32 = 5,

    /// <summary>2 bytes, signed.</summary>
    Number16 = 6,

    /// <summary>1 byte; JSON's true and false, as 1 and 0.</summary>
    Boolean = 7,

    /// <summary>8 bytes, IEEE 754.</summary>
    Fraction = 8,
}
