using System.Globalization;
using Flowtabled.Daemon;
using Flowtabled.Flows;
using Flowtabled.Native;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Cli;

internal static class KickCommand
{
    private static readonly Argument What = new("WHAT", "an address, a port up to 65535, or the id of a flow") { IsOptional = true };
    private static readonly Flag All = new("--all", "every flow");
    private static readonly ValueOption Hold = new("--hold", "SECONDS", "0", "keep them on the slow path for so long, at most a day");
    private static readonly Flag Cut = new("--cut", "end the connections instead: translated downloads are reset");
    private static readonly Flag DryRun = new("--dry-run", "only show which flows are meant");

    public static readonly Command Command = new("kick", "take flows out of hardware and software without breaking them", Execute)
    {
        Arguments = [What],
        Options = [CommonOptions.Json, All, Hold, Cut, DryRun, CommonOptions.ConfigDirectory, CommonOptions.RunDirectory],
    };

    private static int Execute(Invocation call)
    {
        var order = new KickOrder(Choose(call)) { Hold = Seconds(call.Get(Hold)), IsCut = call.Has(Cut), IsDry = call.Has(DryRun) };
        if (order.Problem is { } problem)
            throw new CommandException($"{Hold.Name}: {problem}", ExitStatus.Usage);
        CommandKernel.RequireNetAdmin();
        using var conntrack = ConntrackClient.Open();
        if (Do(call, conntrack, order) is not { } result)
            return ExitStatus.Fine;
        if (call.Has(CommonOptions.Json))
            JsonOutput.Write(call.Output, result.Write);
        else
            Say(call, order, result);
        return result.Exodus is { Staying: > 0 } ? ExitStatus.Findings : ExitStatus.Fine;
    }

    // Null when somebody decided against it.
    private static KickResult? Do(Invocation call, ConntrackClient conntrack, KickOrder order)
    {
        if (order.IsDry && !call.Has(CommonOptions.Json))
        {
            foreach (var connection in order.List(conntrack))
                call.Output.WriteLine(FlowsText.Name(connection));
        }

        if (order.IsCut && !order.IsDry)
            return End(call, conntrack, order);
        return order is { Hold: > 0, IsDry: false } ? HoldThere(call, conntrack, order) : order.Execute(conntrack, kernel: null);
    }

    // Where the tables have an owner, it alone can.
    private static KickResult HoldThere(Invocation call, ConntrackClient conntrack, KickOrder order)
    {
        var state = new StateFile(call.Paths().RunDirectory);
        if (state.ReadIfRunning() is { } daemon)
            return new HoldRequest(state, call.Paths().RunDirectory).Send(daemon, order);
        using var kernel = CommandKernel.Open(plainTable: true);
        return order.Execute(conntrack, kernel);
    }

    private static KickResult? End(Invocation call, ConntrackClient conntrack, KickOrder order)
    {
        var list = order.List(conntrack);
        call.Error.WriteLine(
            $"ending {Words.Count(list.Count, "connection")}: a translated one whose next packet comes from outside is reset; without {Cut.Name} none breaks");
        return Terminal.IsInput && !Terminal.Confirm(call.Error) ? null : new KickResult { Ended = KickOrder.End(conntrack, list) };
    }

    private static void Say(Invocation call, KickOrder order, KickResult result)
    {
        if (result.Meant is { } meant)
            call.Output.WriteLine($"meant: {Words.Count(meant, "connection")}");
        if (result.Ended is { } ended)
            call.Output.WriteLine($"ended: {Words.Count(ended, "connection")}");
        if (result.Held is { } held)
            call.Output.WriteLine($"held on the slow path for {order.Hold} s: {Words.Count(held, "connection")}");
        if (result.Exodus is { } exodus)
            call.Output.WriteLine($"moved out: {exodus.MovedText}");
        if (result.Exodus is { Staying: > 0 } staying)
            call.Error.WriteLine($"staying: {staying.StayingText}");
    }

    // What is no number is as wrong as one that is too high.
    private static int Seconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : -1;

    private static ConnectionChoice Choose(Invocation call)
    {
        var what = call.Get(What);
        if (what is null == !call.Has(All))
            throw new CommandException($"name a host, a port or an id, or else {All.Name}", ExitStatus.Usage);
        if (what is null)
            return new ConnectionChoice();
        if (uint.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number is > 0 and <= ushort.MaxValue ? new ConnectionChoice { Port = (ushort)number } : new ConnectionChoice { Id = number };
        return InetAddress.TryParse(what) is { } host
            ? new ConnectionChoice { Host = host }
            : throw new CommandException($"'{what}' is neither an IP address nor a port nor an id", ExitStatus.Usage);
    }
}
