using System.Text;
using Flowtabled.Daemon.Watch;
using Flowtabled.Engine.Flows;
using Flowtabled.Flows;
using Flowtabled.Netlink;
using Flowtabled.Ubus;

namespace Flowtabled.Daemon.Bus;

/// <summary>Calls that only the thread <em>flows</em> can answer. They wait for its next round, a few at a time.</summary>
/// <param name="mail">Brings questions there, and answers back.</param>
internal sealed class FlowCalls(ThreadMail mail)
{
    /// <summary>More calls at once are refused: their answers together must fit into what may wait for ubusd.</summary>
    public const int MaxCalls = 8;

    /// <summary>Connections or hosts in an answer, at most: so many are below a quarter of the longest message.</summary>
    public const int MaxLimit = 200;

    private const int DefaultLimit = 100;

    private readonly List<(int Number, UbusCall Call)> _calls = [];
    private readonly List<FlowQuestion> _waiting = [];
    private bool _isAsked;
    private int _last;

    /// <summary>Takes a call.</summary>
    /// <param name="call">Whom to answer.</param>
    /// <param name="isForTotals">Which method it is of.</param>
    /// <param name="arguments">Its parameters.</param>
    /// <returns>Why it is refused, or null.</returns>
    /// <exception cref="UbusFormatException">They are not of the right shape.</exception>
    public string? Ask(UbusCall call, bool isForTotals, BlobReader arguments)
    {
        if (_calls.Count == MaxCalls)
            return $"more than {MaxCalls} calls at once";
        if (Parse(++_last, isForTotals, arguments, out var question) is { } problem)
            return problem;
        _calls.Add((_last, call));
        _waiting.Add(question!);
        Send();
        return null;
    }

    /// <summary>Hands over the answers that have come.</summary>
    public void Serve(Action<UbusCall, FlowAnswer> reply)
    {
        if (mail.Answers.Take() is not { } answers)
            return;
        foreach (var answer in answers)
        {
            var index = _calls.FindIndex(call => call.Number == answer.Number);
            reply(_calls[index].Call, answer);
            _calls.RemoveAt(index);
        }

        _isAsked = false;
        Send();
    }

    /// <summary>Reads the parameters of <c>flows</c> or <c>totals</c>.</summary>
    /// <returns>Why they are refused, or null.</returns>
    /// <exception cref="UbusFormatException">They are not of the right shape.</exception>
    internal static string? Parse(int number, bool isForTotals, BlobReader arguments, out FlowQuestion? question)
    {
        question = null;
        var asked = new FlowQuestion(number, isForTotals, DefaultLimit);
        while (arguments.Read())
        {
            string? problem;
            if (arguments.Is("limit"u8))
                problem = ReadLimit(ref asked, arguments.GetInteger());
            else if (arguments.Is("ubus_rpc_session"u8))
                problem = null;
            else
                problem = isForTotals ? Unknown(in arguments) : ReadFilter(ref asked, in arguments);
            if (problem is not null)
                return problem;
        }

        question = asked;
        return null;
    }

    private static string? ReadLimit(ref FlowQuestion question, long limit)
    {
        if (limit is < 1 or > MaxLimit)
            return $"'limit' is a number from 1 to {MaxLimit}";
        question = question with { Limit = (int)limit };
        return null;
    }

    private static string? ReadFilter(ref FlowQuestion question, in BlobReader argument)
    {
        var choice = question.Choice;
        switch (Encoding.Latin1.GetString(argument.Name))
        {
            case "path":
                switch (argument.GetString())
                {
                    case "any":
                        break;
                    case "hw":
                        choice = choice with { Path = FlowPath.Hardware };
                        break;
                    case "sw":
                        choice = choice with { Path = FlowPath.Software };
                        break;
                    case "slow":
                        choice = choice with { Path = FlowPath.Slow };
                        break;
                    default:
                        return "'path' is any, hw, sw or slow";
                }

                break;
            case "host":
                if (InetAddress.TryParse(argument.GetString()) is not { } host)
                    return "'host' is an IP address";
                choice = choice with { Host = host };
                break;
            case "port":
                if (argument.GetInteger() is not (>= 1 and <= ushort.MaxValue and var port))
                    return "'port' is a number from 1 to 65535";
                choice = choice with { Port = (ushort)port };
                break;
            case "zone":
                choice = choice with { Zone = argument.GetString() };
                break;
            case "sort":
                if (OrderOf(argument.GetStringBytes()) is not { } order)
                    return "'sort' is bytes, rate or age";
                question = question with { Order = order };
                break;
            case "cursor":
                if (FlowRank.Parse(argument.GetString()) is not { } rank)
                    return "'cursor' is none that came with a page";
                question = question with { After = rank };
                break;
            default:
                return Unknown(in argument);
        }

        question = question with { Choice = choice };
        return null;
    }

    private static FlowOrder? OrderOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("bytes"u8) ? FlowOrder.Bytes : word.SequenceEqual("rate"u8) ? FlowOrder.Rate : word.SequenceEqual("age"u8) ? FlowOrder.Age : null;

    private static string Unknown(in BlobReader argument) => $"there is no parameter '{Encoding.Latin1.GetString(argument.Name)}'";

    // The mailbox holds one message: the next goes when the last was answered.
    private void Send()
    {
        if (_isAsked || _waiting.Count == 0)
            return;
        _isAsked = true;
        mail.Questions.Post([.. _waiting]);
        _waiting.Clear();
    }
}
