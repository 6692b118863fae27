namespace Tmds.Linux;

/// <summary><c>struct sockaddr_un</c> of <c>sys/un.h</c>: the address of a unix socket.</summary>
public unsafe struct sockaddr_un
{
    private sa_family_t _sun_family;
    public fixed byte sun_path[108];

    public sa_family_t sun_family { readonly get => _sun_family; set => _sun_family = value; }

    /// <summary>How many bytes <see cref="sun_path"/> has, the final 0 included.</summary>
    public static int sun_path_length => 108;

    /// <summary>Where <see cref="sun_path"/> starts: what an address adds to its path's length.</summary>
    public static int sun_path_offset => 2;
}
