using System.Globalization;
using System.Net;
using Flowtabled.Flows;
using Flowtabled.Kernel;
using Flowtabled.Native;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Cli;

internal static class KickCommand
{
    private const int MostListed = 100_000;

    private static readonly Argument What = new("WHAT", "an address, a port up to 65535, or the id of a flow") { IsOptional = true };
    private static readonly Flag All = new("--all", "every flow");
    private static readonly Flag Cut = new("--cut", "end the connections instead: translated downloads are reset");
    private static readonly Flag DryRun = new("--dry-run", "only show which flows are meant");

    public static readonly Command Command = new("kick", "take flows out of hardware and software without breaking them", Execute)
    {
        Arguments = [What],
        Options = [All, Cut, DryRun, CommonOptions.ConfigDirectory, CommonOptions.RunDirectory],
    };

    private static int Execute(Invocation call)
    {
        var choice = Choose(call);
        CommandKernel.RequireNetAdmin();
        using var conntrack = ConntrackClient.Open();
        if (call.Has(DryRun))
            Show(call, conntrack, choice);
        else if (call.Has(Cut))
            End(call, conntrack, choice);
        else
            return Move(call, conntrack, choice);
        return ExitStatus.Fine;
    }

    private static ConnectionChoice Choose(Invocation call)
    {
        var what = call.Get(What);
        if (what is null == !call.Has(All))
            throw new CommandException($"name a host, a port or an id, or else {All.Name}", ExitStatus.Usage);
        if (what is null)
            return new ConnectionChoice();
        if (uint.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number is > 0 and <= ushort.MaxValue ? new ConnectionChoice { Port = (ushort)number } : new ConnectionChoice { Id = number };
        return IPAddress.TryParse(what, out var address)
            ? new ConnectionChoice { Host = InetAddress.FromBytes(address.GetAddressBytes()) }
            : throw new CommandException($"'{what}' is neither an IP address nor a port nor an id", ExitStatus.Usage);
    }

    private static int Move(Invocation call, ConntrackClient conntrack, ConnectionChoice choice)
    {
        using var mover = new FlowMover(conntrack);
        var exodus = mover.MoveOut(ConntrackStatus.Offload, ConntrackStatus.Offload, choice.Matches);
        call.Output.WriteLine($"moved out: {exodus.MovedText}");
        if (exodus.Staying == 0)
            return ExitStatus.Fine;
        call.Error.WriteLine($"staying: {exodus.StayingText}");
        return ExitStatus.Findings;
    }

    private static void End(Invocation call, ConntrackClient conntrack, ConnectionChoice choice)
    {
        var list = List(conntrack, choice, isCut: true);
        call.Error.WriteLine(
            $"ending {Words.Count(list.Count, "connection")}: a translated one whose next packet comes from outside is reset; without {Cut.Name} none breaks");
        if (Terminal.IsInput && !Terminal.Confirm(call.Error))
            return;
        var ended = 0;
        foreach (var connection in list)
            ended += conntrack.TryDelete(in connection.Entry.Original, connection.Entry.Id) ? 1 : 0;
        call.Output.WriteLine($"ended: {Words.Count(ended, "connection")}");
    }

    private static void Show(Invocation call, ConntrackClient conntrack, ConnectionChoice choice)
    {
        var list = List(conntrack, choice, call.Has(Cut));
        foreach (var connection in list)
            call.Output.WriteLine(FlowsText.Name(connection));
        call.Output.WriteLine($"meant: {Words.Count(list.Count, "connection")}");
    }

    // What is on the slow path already can only be ended.
    private static List<Connection> List(ConntrackClient conntrack, ConnectionChoice choice, bool isCut)
    {
        var list = new ConnectionList(choice, MostListed, static (left, right) => left.Entry.Id.CompareTo(right.Entry.Id), null);
        var bits = isCut ? ConntrackStatus.None : ConntrackStatus.Offload;
        conntrack.Dump(bits, bits, ref list);
        return list.Connections;
    }
}
