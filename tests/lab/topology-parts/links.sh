# shellcheck shell=bash disable=SC2154,SC2086 # part of topology, whose choices it reads: words without spaces
# Namespaces, the LAN, the cable to the server and what lies on it.

# lan: 192.168.1.0/24 and fd00:1::/64, the router .1, clients from .2; wan: 203.0.113.0/24 and 2001:db8::/64,
# the router .5, the server's end .1. The server itself is behind its end, so that its address is the same for every WAN.
server4=198.51.100.1 server6=2001:db8:100::1

# With the cables between them.
make_namespaces() {
    local i
    # A new namespace has these from the guest's own. An address that still looks for duplicates answers nobody for a second.
    echo 1 >/proc/sys/net/core/devconf_inherit_init_net
    echo 0 >/proc/sys/net/ipv6/conf/all/accept_dad
    echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
    {
        printf 'netns add %s\n' "${clients[@]}" router server
        for i in "${!clients[@]}"; do
            plug "${clients[i]}" "${lan_ports[i]}"
        done
        plug server wan
    } >$state/namespaces
    ip -batch $state/namespaces
    in_router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
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

# plug NAMESPACE PORT: a cable from eth0 there to a port of the router, as ip's commands.
plug() {
    local i
    for i in "${!chip[@]}"; do
        [ "${chip[i]}" = "$2" ] || continue
        echo "link set ftp$i netns $1 name eth0"
        echo "link set fts$i netns router name $2"
        return
    done
    echo "link add eth0 netns $1 type veth peer name $2 netns router"
}

make_clients() {
    local i
    for i in "${!clients[@]}"; do
        ip -n "${clients[i]}" -batch - <<END
link set lo up
address add 192.168.1.$((i + 2))/24 dev eth0
address add fd00:1::$((i + 2))/64 dev eth0
link set eth0 up
route add default via 192.168.1.1
route add default via fd00:1::1
END
    done
}

make_router() {
    {
        echo "link set lo up"
        [ $lan = plain ] || echo "link add br-lan type bridge forward_delay 0 mcast_snooping 0"
        printf 'link set %s up\n' "${lan_ports[@]}"
        [ $lan = plain ] || printf 'link set %s master br-lan\n' "${lan_ports[@]}"
        echo "address add 192.168.1.1/24 dev $lan_device"
        echo "address add fd00:1::1/64 dev $lan_device"
        echo "link set $lan_device up"
        wan_links wan
        wan_addresses 203.0.113.5 2001:db8::5 $wan_lower
        ! is_static || ways_to_server
    } >$state/router
    ip -n router -batch $state/router
}

make_server() {
    {
        echo "link set lo up"
        echo "address add $server4/32 dev lo"
        echo "address add $server6/128 dev lo"
        wan_links eth0
        wan_addresses 203.0.113.1 2001:db8::1 ${wan_lower/wan/eth0}
        ! is_static || ways_back
    } >$state/server
    ip -n server -batch $state/server
    [[ $wan != pppoe* ]] || answer_pppoe
}

wan_links() { # PORT
    echo "link set $1 up"
    [ $wan_lower = wan.7 ] || return 0
    echo "link add link $1 name $1.7 type vlan id 7"
    echo "link set $1.7 up"
}

wan_addresses() { # IPV4 IPV6 DEVICE
    [[ $wan != pppoe* ]] || return 0
    echo "address add $1/24 dev $3"
    echo "address add $2/64 dev $3"
}

# The ways to the server and back. With a session or a tunnel they are set when that is there.
is_static() { [[ $wan == plain || $wan == vlan ]]; }
route_wan() {
    is_static && return
    ways_to_server >$state/routes
    ip -n router -batch $state/routes
    ways_back >$state/routes
    [ ! -s $state/routes ] || ip -n server -batch $state/routes
}

ways_to_server() {
    local to4 to6
    case $wan in
        pppoe*) to4="dev pppoe-wan" to6=$to4 ;;
        wireguard) to4="dev wg0" to6=$to4 ;;
        *) to4="via 203.0.113.1" to6="via 2001:db8::1" ;;
    esac
    echo "route replace $server4 $to4"
    echo "route replace $server6 $to6"
}

# With NAT the server knows nothing of the LAN: a packet that is not translated finds no way back.
ways_back() {
    local back4 back6
    case $wan in
        pppoe*) back4="dev ppp0" back6=$back4 ;;
        wireguard) back4="dev wg0" back6=$back4 ;;
        *) back4="via 203.0.113.5" back6="via 2001:db8::5" ;;
    esac
    [ "$nat" ] || echo "route replace 192.168.1.0/24 $back4"
    [ "$nat6" ] || echo "route replace fd00:1::/64 $back6"
}
