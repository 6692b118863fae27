# shellcheck shell=bash disable=SC2154,SC2086 # part of topology, whose choices it reads: words without spaces
# Namespaces, the LAN, the cable to the server and what lies on it.

# lan: 192.168.1.0/24 and fd00:1::/64, the router .1, clients from .2; wan: 203.0.113.0/24 and 2001:db8::/64,
# the router .5, the server's end .1. The server itself is behind its end, so that its address is the same for every WAN.
server4=198.51.100.1 server6=2001:db8:100::1

make_namespaces() {
    local namespace
    for namespace in "${clients[@]}" router server; do
        ip netns add "$namespace"
        # An address that still looks for duplicates answers nobody for a second.
        ip netns exec "$namespace" sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0
        ip -n "$namespace" link set lo up
    done
    in_router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    ip -n server -batch - <<END
address add $server4/32 dev lo
address add $server6/128 dev lo
END
}

# The chip's ports, in the order of --chip; each is renamed when it is plugged in.
make_chip() {
    local port
    [ ${#chip[@]} -gt 0 ] || return 0
    for port in "${chip[@]}"; do
        [[ " ${lan_ports[*]} wan " == *" $port "* ]] || misused "the router has no port '$port' to belong to the chip"
    done
    insmod "$FTTEST_KO" pairs=${#chip[@]} || die "cannot load $FTTEST_KO"
}

remove_chip() {
    [ ! -d /sys/module/fttest ] || rmmod fttest || die "cannot unload fttest"
}

# plug NAMESPACE PORT: a cable from eth0 there to a port of the router.
plug() {
    local i
    for i in "${!chip[@]}"; do
        [ "${chip[i]}" = "$2" ] || continue
        ip link set ftp$i netns "$1" name eth0
        ip link set fts$i netns router name "$2"
        return
    done
    ip link add eth0 netns "$1" type veth peer name "$2" netns router
}

make_lan() {
    local i client port
    if [ $lan = bridge ]; then
        ip -n router link add br-lan type bridge forward_delay 0 mcast_snooping 0
    fi
    for i in "${!clients[@]}"; do
        client=${clients[i]} port=${lan_ports[i]}
        plug "$client" "$port"
        ip -n "$client" -batch - <<END
address add 192.168.1.$((i + 2))/24 dev eth0
address add fd00:1::$((i + 2))/64 dev eth0
link set eth0 up
route add default via 192.168.1.1
route add default via fd00:1::1
END
        ip -n router link set "$port" up
        [ $lan = plain ] || ip -n router link set "$port" master br-lan
    done
    ip -n router -batch - <<END
address add 192.168.1.1/24 dev $lan_device
address add fd00:1::1/64 dev $lan_device
link set $lan_device up
END
}

make_wan() {
    plug server wan
    ip -n router link set wan up
    ip -n server link set eth0 up
    if [ $wan_lower = wan.7 ]; then
        ip -n router link add link wan name wan.7 type vlan id 7
        ip -n router link set wan.7 up
        ip -n server link add link eth0 name eth0.7 type vlan id 7
        ip -n server link set eth0.7 up
    fi
    case $wan in
        pppoe*) answer_pppoe ;;
        *)
            ip -n router -batch - <<END
address add 203.0.113.5/24 dev $wan_lower
address add 2001:db8::5/64 dev $wan_lower
END
            ip -n server -batch - <<END
address add 203.0.113.1/24 dev ${wan_lower/wan/eth0}
address add 2001:db8::1/64 dev ${wan_lower/wan/eth0}
END
            ;;
    esac
}

# The ways to the server and back, once the link is there.
route_wan() {
    local to4 to6 back4 back6
    case $wan in
        pppoe*) to4="dev pppoe-wan" to6=$to4 back4="dev ppp0" back6=$back4 ;;
        wireguard) to4="dev wg0" to6=$to4 back4="dev wg0" back6=$back4 ;;
        *) to4="via 203.0.113.1" to6="via 2001:db8::1" back4="via 203.0.113.5" back6="via 2001:db8::5" ;;
    esac
    ip -n router -batch - <<END
route replace $server4 $to4
route replace $server6 $to6
END
    # With NAT the server knows nothing of the LAN: a packet that is not translated finds no way back.
    [ "$nat" ] || ip -n server route replace 192.168.1.0/24 $back4
    [ "$nat6" ] || ip -n server route replace fd00:1::/64 $back6
}
