using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Kernel;

/// <summary>Whether a connection is meant.</summary>
internal delegate bool ConnectionFilter(in ConntrackEntry connection);
