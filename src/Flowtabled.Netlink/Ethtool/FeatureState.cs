namespace Flowtabled.Netlink.Ethtool;

/// <summary>A feature of a device (netdev_features_t), as ethtool -k prints it.</summary>
/// <param name="Active">Whether it is on.</param>
/// <param name="Changeable">Whether it can be switched; ethtool prints "[fixed]" where it cannot.</param>
/// <param name="Wanted">What was asked for; it need not be active, where another feature that it needs is off.</param>
public readonly record struct FeatureState(bool Active, bool Changeable, bool Wanted);
