using System.Diagnostics.CodeAnalysis;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>This system has lost an address (RTM_DELADDR).</summary>
/// <param name="Device">Index of the device that had it.</param>
/// <param name="Address">The address.</param>
public sealed record AddressLoss(int Device, InetAddress Address)
{
    /// <summary>Reads a message; false for any other.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryRead(scoped in MessageReader message, [NotNullWhen(true)] out AddressLoss? loss)
    {
        loss = null;
        if (message.Header.Type != RtNetlink.RTM_DELADDR)
            return false;
        var header = message.Fixed<InterfaceAddressMessage>();
        InetAddress? local = null, address = null;
        var attributes = message.Attributes(InterfaceAddressMessage.Size);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case IfAddr.IFA_LOCAL: // On a link with two ends IFA_ADDRESS is the other one's.
                    local = Read(in attributes);
                    break;
                case IfAddr.IFA_ADDRESS:
                    address = Read(in attributes);
                    break;
            }
        }

        if ((local ?? address) is not { } lost)
            return false;
        loss = new AddressLoss((int)header.Index, lost);
        return true;
    }

    private static InetAddress Read(in AttributeReader attribute) =>
        attribute.Value.Length is 4 or 16
            ? InetAddress.FromBytes(attribute.Value)
            : throw attribute.Fault("an address of neither 4 nor 16 bytes");
}
