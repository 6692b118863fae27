using System.Buffers;
using System.Text;
using System.Text.Json;
using Flowtabled.Cli;
using Flowtabled.Config;
using Flowtabled.Daemon.Watch;
using Flowtabled.Doctor;
using Flowtabled.Engine.Export;
using Flowtabled.Engine.Flows;
using Flowtabled.Flows;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Status;
using Flowtabled.Ubus;

namespace Flowtabled.Daemon.Bus;

/// <summary>The object <c>flowtabled</c>. What it answers is what the commands print as JSON.</summary>
internal sealed class BusObject
{
    /// <summary>The object's path.</summary>
    public const string Path = "flowtabled";

    /// <summary>Its methods: README.md says what each takes and answers.</summary>
    public static readonly UbusMethod[] Methods =
    [
        new("status"),
        new("devices"),
        new("plan"),
        new("doctor"),
        new("reload"),
        new("get_config"),
        new(
            "flows",
            new UbusParameter("path", BlobType.Text),
            new("host", BlobType.Text),
            new("port", BlobType.Number32),
            new("zone", BlobType.Text),
            new("sort", BlobType.Text),
            new("limit", BlobType.Number32),
            new("cursor", BlobType.Text)),
        new("totals", new UbusParameter("limit", BlobType.Number32)),
        new(
            "kick",
            new UbusParameter("host", BlobType.Text),
            new("port", BlobType.Number32),
            new("id", BlobType.Number64),
            new("all", BlobType.Boolean),
            new("hold", BlobType.Number32),
            new("dry_run", BlobType.Boolean),
            new("cut", BlobType.Boolean)),
        new(
            "set_exclude",
            new UbusParameter("name", BlobType.Text),
            new("devices", BlobType.Array),
            new("hosts", BlobType.Array),
            new("ports", BlobType.Array)),
    ];

    private readonly UbusConnection _connection;
    private readonly UbusObject _object;
    private readonly ConfigFiles _files;
    private readonly KernelSession _kernel;
    private readonly FlowCalls _flows;
    private readonly IBusTarget _target;
    private readonly ExclusionBook _exclusions = new();
    private readonly BlobBuffer _answer = new();

    public BusObject(UbusConnection connection, ConfigFiles files, KernelSession kernel, FlowCalls flows, IBusTarget target)
    {
        (_connection, _files, _kernel, _flows, _target) = (connection, files, kernel, flows, target);
        _object = new UbusObject(Path, Methods, Answer);
        connection.Publish(_object);
    }

    /// <summary>Whether somebody is subscribed.</summary>
    public bool HasSubscribers => _object.HasSubscribers;

    /// <summary>Tells subscribers that a pass changed something.</summary>
    public void NotifyChange(Reconciler reconciler)
    {
        if (!HasSubscribers)
            return;
        _answer.Clear();
        var writer = new BlobWriter(_answer);
        writer.AddInteger("batches"u8, reconciler.Batches);
        if (reconciler.Refusal is { } refusal)
            writer.AddString("refusal"u8, refusal);
        else
            writer.AddNull("refusal"u8);
        _connection.Notify(_object, "changed", _answer);
    }

    /// <summary>Tells subscribers that connections have entered or left a flowtable.</summary>
    public void NotifyFlows(FlowCensus census)
    {
        if (!HasSubscribers)
            return;
        _answer.Clear();
        var writer = new BlobWriter(_answer);
        writer.AddInteger("hardware"u8, census[FlowPath.Hardware]);
        writer.AddInteger("software"u8, census[FlowPath.Software]);
        writer.AddInteger("slow"u8, census[FlowPath.Slow]);
        _connection.Notify(_object, "flows", _answer);
    }

    /// <summary>Answers the calls that waited for the thread <em>flows</em>.</summary>
    public void AnswerFlows() => _flows.Serve((call, answer) =>
    {
        if (answer.Problem is { } problem)
            Fail(call, problem, UbusStatus.SystemError);
        else if (answer.Flows is { } listing)
            Reply(call, json => FlowsJson.Write(json, listing));
        else
            Reply(call, json => SumsJson.Write(json, answer.Sums!));
    });

    private void Answer(UbusCall call, ReadOnlySpan<byte> method, BlobReader arguments)
    {
        try
        {
            switch (Encoding.Latin1.GetString(method))
            {
                case "status":
                    Reply(call, json => StatusJson.Write(json, StatusReader.Read(_files.Paths, _files)));
                    break;
                case "devices":
                    Reply(call, json => StatusJson.WriteDevices(json, StatusReader.Read(_files.Paths, _files)));
                    break;
                case "plan":
                    var assessment = _kernel.Assess(CommandKernel.Complete(_files.Read()));
                    Reply(call, Encoding.UTF8.GetBytes(PlanJson.Of(assessment.Decision, assessment.Plan)));
                    break;
                case "doctor":
                    using (var patient = new Patient(_files.Paths, Places.Usual, _files))
                        Reply(call, json => ExaminationJson.Write(json, Examination.Of(patient, CheckTable.All)));
                    break;
                case "reload":
                    _target.ReadConfig();
                    _connection.Complete(call, UbusStatus.Ok);
                    break;
                case "get_config":
                    Reply(call, json => ConfigJson.Write(json, _files.Read(), _files.Exclusions));
                    break;
                case "flows":
                    AskFlows(call, isForTotals: false, arguments);
                    break;
                case "totals":
                    AskFlows(call, isForTotals: true, arguments);
                    break;
                case "kick":
                    Kick(call, arguments);
                    break;
                default:
                    SetExclude(call, arguments);
                    break;
            }
        }
        catch (Exception e) when (e is UbusFormatException or NetlinkException or CommandException or CheckException or IOException or UnauthorizedAccessException)
        {
            Fail(call, FileBytes.Why(e), e is UbusFormatException ? UbusStatus.InvalidArgument : UbusStatus.SystemError);
        }
    }

    private void AskFlows(UbusCall call, bool isForTotals, BlobReader arguments)
    {
        if (_flows.Ask(call, isForTotals, arguments) is { } problem)
            Fail(call, problem, UbusStatus.InvalidArgument);
    }

    private void Kick(UbusCall call, BlobReader arguments)
    {
        if (KickCall.Parse(arguments, out var order) is { } problem)
        {
            Fail(call, problem, UbusStatus.InvalidArgument);
            return;
        }

        using var conntrack = ConntrackClient.Open();
        Reply(call, order!.Execute(conntrack, _kernel).Write);
    }

    private void SetExclude(UbusCall call, BlobReader arguments)
    {
        if (_exclusions.Set(arguments) is { } problem)
        {
            Fail(call, problem, UbusStatus.InvalidArgument);
            return;
        }

        _files.Exclusions = _exclusions.All;
        _target.ExclusionsChanged();
        _connection.Complete(call, UbusStatus.Ok);
    }

    private void Reply(UbusCall call, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        Reply(call, buffer.WrittenSpan);
    }

    private void Reply(UbusCall call, ReadOnlySpan<byte> json)
    {
        _answer.Clear();
        BlobJson.Add(new BlobWriter(_answer), json);
        _connection.Reply(call, _answer);
        _connection.Complete(call, UbusStatus.Ok);
        _answer.Clear();
    }

    private void Fail(UbusCall call, string why, UbusStatus status)
    {
        _answer.Clear();
        new BlobWriter(_answer).AddString("error"u8, why);
        _connection.Reply(call, _answer);
        _connection.Complete(call, status);
    }
}
