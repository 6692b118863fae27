using System.Collections.Immutable;

namespace Flowtabled.Engine.Config;

/// <summary>Which l3 device each network has. A network without one is not in it.</summary>
/// <param name="Bindings">One for each network.</param>
public sealed record NetworkDevices(ImmutableArray<NetworkBinding> Bindings)
{
    /// <summary>The binding of a network, or null.</summary>
    public NetworkBinding? Find(string network)
    {
        foreach (var binding in Bindings)
        {
            if (binding.Network == network)
                return binding;
        }

        return null;
    }

    /// <summary>These bindings, and for networks that have none here those of a lesser source.</summary>
    public NetworkDevices Or(NetworkDevices lesser) =>
        new([.. Bindings, .. lesser.Bindings.Where(binding => Find(binding.Network) is null)]);
}
