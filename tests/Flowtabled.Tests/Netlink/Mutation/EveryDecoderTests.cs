using System.Reflection;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Ethtool;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Route;
using Flowtabled.Tests.Netlink.Conntrack;
using Flowtabled.Tests.Netlink.Ethtool;
using Flowtabled.Tests.Netlink.Nftables;
using Flowtabled.Tests.Netlink.Route;

namespace Flowtabled.Tests.Netlink.Mutation;

/// <summary>A decoder that is added is cut and mutated too.</summary>
public class EveryDecoderTests
{
    /// <summary>Whatever reads messages, and the tests that feed it with cut and mutated ones.</summary>
    private static readonly Dictionary<Type, Type> s_tests = new()
    {
        [typeof(ExtendedAck)] = typeof(AnswerMutationTests),
        [typeof(NetlinkConnection)] = typeof(AnswerMutationTests), // CheckDone
        [typeof(TableCodec)] = typeof(MutationTests),
        [typeof(ChainCodec)] = typeof(MutationTests),
        [typeof(RuleCodec)] = typeof(MutationTests),
        [typeof(SetCodec)] = typeof(MutationTests),
        [typeof(SetElementCodec)] = typeof(MutationTests),
        [typeof(FlowtableCodec)] = typeof(MutationTests),
        [typeof(ObjectCodec)] = typeof(MutationTests),
        [typeof(GenerationCodec)] = typeof(MutationTests),
        [typeof(NftMessage)] = typeof(MutationTests),
        [typeof(NftEvent)] = typeof(NftEventTests),
        [typeof(LinkDecoder)] = typeof(LinkDecoderTests),
        [typeof(LinkEvent)] = typeof(LinkEventTests),
        [typeof(Qdisc)] = typeof(TrafficControlTests),
        [typeof(RouteReply)] = typeof(RouteReplyTests),
        [typeof(StationEvent)] = typeof(AddressTests),
        [typeof(AddressLoss)] = typeof(AddressTests),
        [typeof(GenericFamily)] = typeof(GenericFamilyTests),
        [typeof(FeatureReply)] = typeof(FeatureReplyTests),
        [typeof(ConntrackEntry)] = typeof(ConntrackEntryTests),
        [typeof(TotalReader)] = typeof(ConntrackClientTests),
        [typeof(StatisticsReader)] = typeof(ConntrackClientTests),
    };

    [Fact]
    public void Each_is_listed() =>
        Assert.Equal(s_tests.Keys.Select(type => type.Name).Order(), Decoders().Select(type => type.Name).Distinct().Order());

    [Theory]
    [InlineData("mutated")]
    [InlineData("cut")]
    public void Each_has_its_test(string kind) => Assert.All(s_tests.Values, tests => Assert.Contains(tests.GetMethods(), method =>
        method.Name.Contains($"{kind}_", StringComparison.OrdinalIgnoreCase) && method.GetCustomAttribute<FactAttribute>() is not null));

    // Nested types hand messages on to one of these.
    private static IEnumerable<Type> Decoders() =>
        from type in typeof(MessageReader).Assembly.GetTypes()
        where !type.IsNested && !type.IsInterface && !type.IsSubclassOf(typeof(Delegate)) && type != typeof(Collector<>)
        where type.GetMethods(Everything).Any(method => method.GetParameters().Any(p => p.ParameterType == typeof(MessageReader).MakeByRefType()))
        select type;

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
}
