using System.Text;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Ethtool;

/// <summary>Looks for one feature in ETHTOOL_MSG_FEATURES_GET_REPLY, by name: a feature's number differs between kernels.</summary>
internal struct FeatureReply(ushort family, string feature) : IMessageHandler
{
    private readonly byte[] _feature = Encoding.Latin1.GetBytes(feature);

    /// <summary>What was found, or null: this kernel has no feature of that name.</summary>
    public FeatureState? State { get; private set; }

    public void Restart() => State = null;

    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public void Handle(scoped in MessageReader message)
    {
        if (message.Header.Type != family || message.Fixed<GenericMessage>().Command != EthtoolUapi.ETHTOOL_MSG_FEATURES_GET_REPLY)
            return;

        bool? hardware = null;
        var (wanted, active, fixedForAll) = (false, false, false);
        var attributes = message.Attributes(GenericMessage.Size);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case EthtoolUapi.ETHTOOL_A_FEATURES_HW:
                    hardware = Find(attributes.GetNested());
                    break;
                case EthtoolUapi.ETHTOOL_A_FEATURES_WANTED:
                    wanted = Find(attributes.GetNested()) ?? false;
                    break;
                case EthtoolUapi.ETHTOOL_A_FEATURES_ACTIVE:
                    active = Find(attributes.GetNested()) ?? false;
                    break;
                case EthtoolUapi.ETHTOOL_A_FEATURES_NOCHANGE:
                    fixedForAll = Find(attributes.GetNested()) ?? false;
                    break;
            }
        }

        // The HW set has a mask of all features: it lists each that the kernel knows.
        State = hardware is { } changeable ? new FeatureState(active, changeable && !fixedForAll, wanted) : null;
    }

    /// <summary>The feature's bit in a set that is sent as a list (no ETHTOOL_FLAG_COMPACT_BITSETS); null where it is not listed.</summary>
    private readonly bool? Find(AttributeReader set)
    {
        var isList = false;
        var bits = default(AttributeReader);
        while (set.Read())
        {
            switch (set.Type)
            {
                case EthtoolUapi.ETHTOOL_A_BITSET_NOMASK:
                    isList = true; // Listed means set: the bits have no value of their own.
                    break;
                case EthtoolUapi.ETHTOOL_A_BITSET_BITS:
                    bits = set.GetNested();
                    break;
            }
        }

        while (bits.Read())
        {
            if (bits.Type == EthtoolUapi.ETHTOOL_A_BITSET_BITS_BIT && Match(bits.GetNested(), out var value))
                return isList || value;
        }

        return null;
    }

    private readonly bool Match(AttributeReader bit, out bool value)
    {
        value = false;
        var matches = false;
        while (bit.Read())
        {
            switch (bit.Type)
            {
                case EthtoolUapi.ETHTOOL_A_BITSET_BIT_NAME:
                    matches = bit.GetStringBytes().SequenceEqual(_feature);
                    break;
                case EthtoolUapi.ETHTOOL_A_BITSET_BIT_VALUE:
                    value = true;
                    break;
            }
        }

        return matches;
    }
}
