# shellcheck shell=bash disable=SC2154,SC2086 # part of topology, whose choices it reads: words without spaces
# PPPoE: pppd with the kernel's PPPoE on the router, as OpenWrt has it. Debian's pppoe-server only knows user mode.

common_options='noauth
+ipv6
lcp-echo-interval 0
mtu 1492
mru 1492
ip-up-script /bin/true'

answer_pppoe() {
    [ -c /dev/ppp ] || mknod /dev/ppp c 108 0
    : >/etc/ppp/options # Debian's: for modems
    log=$state/pppoe-server.log
    printf '%s\nlogfile %s\n' "$common_options" $log >$state/server-options
    # It reads the frames of all by itself: where it gets no turn for half a second they are more than usually fit.
    sysctl -qw net.core.rmem_default=4194304
    ip netns exec server pppoe-server -I "${wan_lower/wan/eth0}" -L 203.0.113.1 -R 203.0.113.5 -N 1 -C lab -S lab \
        -O $state/server-options </dev/null >$log 2>&1
    # 8863: ETH_P_PPP_DISC
    await "pppoe-server listens" ip netns exec server grep -q ' 8863 ' /proc/net/packet
    log=
}

dial() {
    log=$state/pppd.log
    : >$log
    # updetach: pppd comes back when IPv4 is up. silent: the server's pppd, which starts later, speaks first, so that
    # nothing is lost and sent again after seconds.
    # shellcheck disable=SC2086 # a list of options
    in_router timeout $patience pppd plugin rp-pppoe.so "nic-$wan_lower" ifname pppoe-wan linkname wan \
        noipdefault nodefaultroute maxfail 1 updetach silent logfile $log $common_options </dev/null >/dev/null 2>&1 ||
        die "pppd did not get a session; the end of $log: $(tail -3 $log)"
    await "pppoe-wan has its IPv6 address" has_link_local router pppoe-wan
    await "the server's ppp0 has its IPv6 address" has_link_local server ppp0
    # As pppd makes it three packets wait, and the server's answers that come after a pause are lost.
    ip -n server link set ppp0 txqueuelen 1000
    log=
}
has_link_local() { [[ $(ip -n "$1" -6 address show dev "$2" scope link) == *inet6* ]]; }

hang_up() {
    kill "$(head -1 /run/ppp-wan.pid)"
    await "pppoe-wan is gone" gone router pppoe-wan
    await "the server's ppp0 is gone" gone server ppp0
    await "pppd has ended" test ! -e /run/ppp-wan.pid
}
gone() { ! ip -n "$1" link show dev "$2"; }

pppoe_stop() {
    [[ $wan == pppoe* ]] || die "the WAN is $wan, not PPPoE"
    [ -e /run/ppp-wan.pid ] || die "there is no PPPoE session"
    hang_up
}

pppoe_start() {
    [[ $wan == pppoe* ]] || die "the WAN is $wan, not PPPoE"
    [ ! -e /run/ppp-wan.pid ] || die "there is a PPPoE session already"
    connect_wan
}
