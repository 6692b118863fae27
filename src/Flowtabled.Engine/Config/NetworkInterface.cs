namespace Flowtabled.Engine.Config;

/// <summary>A network: <c>config interface</c> of /etc/config/network.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Proto">The protocol handler: <c>static</c>, <c>pppoe</c>; <c>none</c> when not given.</param>
/// <param name="Device">Its device, <c>@name</c> for that of another network; for some protocols a modem's tty.</param>
/// <param name="Disabled">Whether netifd leaves it out.</param>
public sealed record NetworkInterface(string Name, string Proto, string? Device, bool Disabled);
