using System.Text;
using Flowtabled.Flows;
using Flowtabled.Netlink;
using Flowtabled.Ubus;

namespace Flowtabled.Daemon.Bus;

/// <summary>The parameters of the method <c>kick</c>, named as the command's.</summary>
internal static class KickCall
{
    /// <summary>Reads them.</summary>
    /// <param name="arguments">One of <c>host</c>, <c>port</c>, <c>id</c> and <c>all</c>; <c>hold</c>, <c>dry_run</c>, <c>cut</c>.</param>
    /// <param name="order">What they say.</param>
    /// <returns>Why they are refused, or null.</returns>
    /// <exception cref="UbusFormatException">They are not of the right shape.</exception>
    public static string? Parse(BlobReader arguments, out KickOrder? order)
    {
        order = null;
        var asked = new KickOrder(new ConnectionChoice());
        var named = 0;
        while (arguments.Read())
        {
            if (arguments.Is("host"u8))
            {
                if (InetAddress.TryParse(arguments.GetString()) is not { } host)
                    return "'host' is no IP address";
                (asked, named) = (asked with { Choice = new ConnectionChoice { Host = host } }, named + 1);
            }
            else if (arguments.Is("port"u8))
            {
                if (arguments.GetInteger() is not (> 0 and <= ushort.MaxValue and var port))
                    return "'port' is a number from 1 to 65535";
                (asked, named) = (asked with { Choice = new ConnectionChoice { Port = (ushort)port } }, named + 1);
            }
            else if (arguments.Is("id"u8))
            {
                if (arguments.GetInteger() is not (>= 0 and <= uint.MaxValue and var id))
                    return "'id' is the number of a flow";
                (asked, named) = (asked with { Choice = new ConnectionChoice { Id = (uint)id } }, named + 1);
            }
            else if (arguments.Is("all"u8))
            {
                named += arguments.GetBoolean() ? 1 : 0;
            }
            else if (arguments.Is("hold"u8))
            {
                var hold = arguments.GetInteger();
                asked = asked with { Hold = hold is >= 0 and <= KickOrder.LongestHold ? (int)hold : -1 };
            }
            else if (arguments.Is("dry_run"u8))
            {
                asked = asked with { IsDry = arguments.GetBoolean() };
            }
            else if (arguments.Is("cut"u8))
            {
                asked = asked with { IsCut = arguments.GetBoolean() };
            }
            else if (!arguments.Is("ubus_rpc_session"u8))
            {
                return $"there is no parameter '{Encoding.Latin1.GetString(arguments.Name)}'";
            }
        }

        if (named != 1)
            return "one of 'host', 'port', 'id' and 'all' is needed";
        order = asked;
        return asked.Problem;
    }
}
