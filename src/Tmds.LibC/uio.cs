namespace Tmds.Linux;

/// <summary><c>struct iovec</c> of <c>sys/uio.h</c>: one piece of a message's bytes.</summary>
public unsafe struct iovec
{
    public void* iov_base { readonly get; set; }
    public size_t iov_len { readonly get; set; }
}
