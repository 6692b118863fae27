using Flowtabled.Native;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Ethtool;
using Flowtabled.Netlink.Native;
using Flowtabled.Netlink.Route;
using Flowtabled.Ubus.Native;
using Tmds.Linux;

namespace Flowtabled.Tests.Abi;

/// <summary>Structures that we share with C have C's layout.</summary>
public class StructTests
{
    /// <summary>Every structure that crosses the border. One that a call or a message takes belongs here.</summary>
    private static readonly CStruct[] s_structs =
    [
        CStruct.OfNumber<size_t>("size_t", "stddef.h"),
        CStruct.OfNumber<ssize_t>("ssize_t", "sys/types.h"),
        CStruct.OfNumber<ulong_t>("nfds_t", "poll.h"),
        CStruct.OfNumber<socklen_t>("socklen_t", "sys/socket.h"),
        CStruct.OfNumber<sa_family_t>("sa_family_t", "sys/socket.h"),
        CStruct.OfNumber<pid_t>("pid_t", "sys/types.h"),
        CStruct.OfNumber<mode_t>("mode_t", "sys/types.h"),
        CStruct.Of<sockaddr>("struct sockaddr", "sys/socket.h"),
        CStruct.Of<msghdr>("struct msghdr", "sys/socket.h"),
        CStruct.Of<iovec>("struct iovec", "sys/uio.h"),
        CStruct.Of<pollfd>("struct pollfd", "poll.h"),

        CStruct.Of<NetlinkHeader>("struct nlmsghdr", "linux/netlink.h", "nlmsg_len", "nlmsg_type", "nlmsg_flags", "nlmsg_seq", "nlmsg_pid"),
        CStruct.Of<ExtendedAck.ErrorMessage>("struct nlmsgerr", "linux/netlink.h", "error", "msg"),
        CStruct.Of<NfGenMessage>("struct nfgenmsg", "linux/netfilter/nfnetlink.h", "nfgen_family", "version", "res_id"),
        CStruct.Of<SockaddrNl>("struct sockaddr_nl", "linux/netlink.h", "nl_family", "nl_pad", "nl_pid", "nl_groups"),
        CStruct.Of<InterfaceInfoMessage>(
            "struct ifinfomsg", "linux/rtnetlink.h", "ifi_family", "__ifi_pad", "ifi_type", "ifi_index", "ifi_flags", "ifi_change"),
        CStruct.Of<TrafficControlMessage>(
            "struct tcmsg", "linux/rtnetlink.h", "tcm_family", "tcm__pad1", "tcm__pad2", "tcm_ifindex", "tcm_handle", "tcm_parent", "tcm_info"),
        CStruct.Of<RouteMessage>(
            "struct rtmsg", "linux/rtnetlink.h", "rtm_family", "rtm_dst_len", "rtm_src_len", "rtm_tos", "rtm_table", "rtm_protocol", "rtm_scope",
            "rtm_type", "rtm_flags"),
        CStruct.Of<NeighbourMessage>(
            "struct ndmsg", "linux/neighbour.h", "ndm_family", "ndm_pad1", "ndm_pad2", "ndm_ifindex", "ndm_state", "ndm_flags", "ndm_type"),
        CStruct.Of<InterfaceAddressMessage>(
            "struct ifaddrmsg", "linux/if_addr.h", "ifa_family", "ifa_prefixlen", "ifa_flags", "ifa_scope", "ifa_index"),
        CStruct.Of<GenericMessage>("struct genlmsghdr", "linux/genetlink.h", "cmd", "version", "reserved"),
        CStruct.Of<InterfaceRequest>("struct ifreq", "net/if.h", "ifr_name", "ifr_data"),
        CStruct.Of<DriverInfo>("struct ethtool_drvinfo", "linux/ethtool.h", "cmd", "driver"),
        CStruct.Of<StringSetInfo>("struct ethtool_sset_info", "linux/ethtool.h", "cmd", "reserved", "sset_mask"),
        CStruct.Of<StringSet>("struct ethtool_gstrings", "linux/ethtool.h", "cmd", "string_set", "len"),
        CStruct.Of<FeatureBlocks>("struct ethtool_gfeatures", "linux/ethtool.h", "cmd", "size"),
        CStruct.Of<FeatureBlock>(
            "struct ethtool_get_features_block", "linux/ethtool.h", "available", "requested", "active", "never_changed"),

        CStruct.Of<SockaddrUn>("struct sockaddr_un", "sys/un.h", "sun_family", "sun_path"),
        CStruct.Of<InotifyEvent>("struct inotify_event", "sys/inotify.h", "wd", "mask", "cookie", "len"),
        CStruct.Of<UtsName>("struct utsname", "sys/utsname.h", "sysname", "nodename", "release", "version", "machine", "domainname"),
        CStruct.Of<TerminalModes>("struct termios", "asm-generic/termbits.h", "c_iflag", "c_oflag", "c_cflag", "c_lflag", "c_line", "c_cc"),
        CStruct.Of<CapabilityHeader>("struct __user_cap_header_struct", "linux/capability.h", "version", "pid"),
        CStruct.Of<CapabilityData>("struct __user_cap_data_struct", "linux/capability.h", "effective", "permitted", "inheritable"),
    ];

    public static TheoryData<string> Names => new(s_structs.Select(s => s.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Structures_have_the_layout_of_C(string name) =>
        CCompiler.AssertAccepts(s_structs.Single(s => s.Name == name).Program);

    [Fact]
    public void Every_structure_of_C_is_in_the_table()
    {
        var documented = new[] { typeof(NetlinkHeader).Assembly, typeof(SockaddrUn).Assembly, typeof(InotifyEvent).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => t is { IsValueType: true, IsByRefLike: false } && Documentation.StructOf(t).Length > 0);

        var expected = documented.Select(t => $"{t}: {Documentation.StructOf(t)}, {string.Join(", ", Documentation.HeadersOf(t))}");
        var listed = s_structs
            .Where(s => s.Type is { } type && type.Assembly != typeof(msghdr).Assembly)
            .Select(s => $"{s.Type}: {s.Name}, {s.Header}");
        Assert.Equal(expected.Order(), listed.Order());
    }

    [Fact]
    public void A_wrong_size_is_found() => AssertRefused(new CStruct("struct iovec", "sys/uio.h", 12), "struct iovec is 12 bytes");

    [Fact]
    public void A_member_elsewhere_is_found() =>
        AssertRefused(new CStruct("struct iovec", "sys/uio.h", 16, new CMember("iov_len", 4, 8)), "iov_len: offset 4");

    [Fact]
    public void A_member_of_another_size_is_found() =>
        AssertRefused(new CStruct("struct iovec", "sys/uio.h", 16, new CMember("iov_len", 8, 4)), "iov_len: 4 bytes");

    private static void AssertRefused(CStruct wrong, string complaint) =>
        Assert.Contains(complaint, CCompiler.Check(wrong.Program), StringComparison.Ordinal);
}
