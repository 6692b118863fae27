# shellcheck shell=bash disable=SC2154,SC2086 # part of topology, whose choices it reads: words without spaces
# The router's nftables: table inet fw4 in the shape that OpenWrt's fw4 renders it, and table inet lab, which counts.

# zone NAME DEVICE: what a zone adds, by chain of the table.
zone_input() { echo "        iifname \"$2\" jump input_$1 comment \"!fw4: Handle $1 IPv4/IPv6 input traffic\""; }
zone_forward() { echo "        iifname \"$2\" jump forward_$1 comment \"!fw4: Handle $1 IPv4/IPv6 forward traffic\""; }
zone_output() { echo "        oifname \"$2\" jump output_$1 comment \"!fw4: Handle $1 IPv4/IPv6 output traffic\""; }
zone_srcnat() { echo "        oifname \"$2\" jump srcnat_$1 comment \"!fw4: Handle $1 IPv4/IPv6 srcnat traffic\""; }
zone_mss() { # NAME DEVICE FIELD DIRECTION
    echo "        $3 \"$2\" tcp flags syn / syn,fin,rst tcp option maxseg size set rt mtu comment \"!fw4: Zone $1 IPv4/IPv6 $4 MTU fixing\""
}
zone_chains() { # NAME DEVICE INPUT
    echo "    chain input_$1 {"
    [ $3 = accept ] || echo '        meta l4proto { icmp, icmpv6 } counter accept comment "!fw4: Allow-Ping, Allow-ICMPv6-Input"'
    echo "        jump $3_from_$1
    }
    chain output_$1 {
        jump accept_to_$1
    }
    chain forward_$1 {"
    if [ $1 = lan ]; then
        echo '        jump accept_to_wan comment "!fw4: Accept lan to wan forwarding"'
        [ $wan != wireguard ] || echo '        jump accept_to_vpn comment "!fw4: Accept lan to vpn forwarding"'
        echo '        jump accept_to_lan'
    else
        echo "        jump drop_to_$1"
    fi
    echo "    }
    chain accept_from_$1 {
        iifname \"$2\" counter accept comment \"!fw4: accept $1 IPv4/IPv6 traffic\"
    }
    chain reject_from_$1 {
        iifname \"$2\" counter jump handle_reject comment \"!fw4: reject $1 IPv4/IPv6 traffic\"
    }
    chain accept_to_$1 {"
    [ $1 = lan ] || echo "        meta nfproto ipv4 oifname \"$2\" ct state invalid counter drop comment \"!fw4: Prevent NAT leakage\""
    echo "        oifname \"$2\" counter accept comment \"!fw4: accept $1 IPv4/IPv6 traffic\"
    }
    chain drop_to_$1 {
        oifname \"$2\" counter drop comment \"!fw4: drop $1 IPv4/IPv6 traffic\"
    }
    chain srcnat_$1 {"
    [ $1 = lan ] || [ -z "$nat" ] || echo "        meta nfproto ipv4 masquerade comment \"!fw4: Masquerade IPv4 $1 traffic\""
    [ $1 = lan ] || [ -z "$nat6" ] || echo "        meta nfproto ipv6 masquerade comment \"!fw4: Masquerade IPv6 $1 traffic\""
    echo '    }'
}

# each FUNCTION ARG...: for every zone, the name and the device first.
each_zone() { zone_"$1" lan $lan_device "${@:2}" && each_exit "$@"; }
each_exit() {
    zone_"$1" wan $wan_device "${@:2}"
    [ $wan != wireguard ] || zone_"$1" vpn wg0 "${@:2}"
}

# What fw4 puts into its flowtable: the `device` of each network of a zone that exists. WireGuard's networks have none.
fw4_devices() {
    local device
    for device in $lan_device $wan_lower $wan_device; do
        ! ip -n router link show dev "$device" >/dev/null 2>&1 || echo "$device"
    done | sort -u
}

render_flowtable() {
    echo "    flowtable ft {
        hook ingress priority 0;
        devices = { $(fw4_devices | sed 's/.*/"&"/' | paste -sd,) };
        counter;
    }"
}

# render_fw4 OLD: OLD is the flowtables that nft lists.
render_fw4() {
    echo 'table inet fw4'
    echo 'flush table inet fw4'
    [[ $1 != *'table inet fw4 {'*([[:space:]])'flowtable ft {'* ]] || echo 'delete flowtable inet fw4 ft'
    echo 'table inet fw4 {'
    [ -z "$fw4_flowtable" ] || render_flowtable
    echo '    chain input {
        type filter hook input priority filter; policy drop;
        iif "lo" accept comment "!fw4: Accept traffic from loopback"
        ct state vmap { established : accept, related : accept } comment "!fw4: Handle inbound flows"
        tcp flags & (fin | syn | rst | ack) == syn jump syn_flood comment "!fw4: Rate limit TCP syn packets"'
    each_zone input
    echo '        jump handle_reject
    }
    chain forward {
        type filter hook forward priority filter; policy drop;'
    [ -z "$fw4_flowtable" ] || echo '        meta l4proto { tcp, udp } flow offload @ft;'
    echo '        ct state vmap { established : accept, related : accept } comment "!fw4: Handle forwarded flows"'
    each_zone forward
    echo '        jump handle_reject
    }
    chain output {
        type filter hook output priority filter; policy accept;
        oif "lo" accept comment "!fw4: Accept traffic towards loopback"
        ct state vmap { established : accept, related : accept } comment "!fw4: Handle outbound flows"'
    each_zone output
    echo '    }
    chain handle_reject {
        meta l4proto tcp reject with tcp reset comment "!fw4: Reject TCP traffic"
        reject with icmpx type port-unreachable comment "!fw4: Reject any other traffic"
    }
    chain syn_flood {
        limit rate 25/second burst 50 packets return comment "!fw4: Accept SYN packets below rate-limit"
        drop comment "!fw4: Drop excess packets"
    }'
    zone_chains lan $lan_device accept
    each_exit chains reject
    echo '    chain srcnat {
        type nat hook postrouting priority srcnat; policy accept;'
    each_exit srcnat
    echo '    }
    chain mangle_postrouting {
        type filter hook postrouting priority mangle; policy accept;'
    each_exit mss oifname egress
    echo '    }
    chain mangle_forward {
        type filter hook forward priority mangle; policy accept;'
    each_exit mss iifname ingress
    echo '    }
}'
}

render_counters() {
    echo 'table inet lab {
    counter original { }
    counter reply { }
    chain forward {
        type filter hook forward priority filter - 10; policy accept;
        meta l4proto != { tcp, udp } accept
        # These always take the slow path.
        tcp flags & (syn | fin | rst) != 0x0 accept
        ct direction original counter name original
        ct direction reply counter name reply
    }
}'
}

# The counters come with the first.
load_fw4() {
    if [ -e $state/fw4.nft ]; then
        render_fw4 "$(in_router nft list flowtables inet)" >$state/fw4.nft
    else
        { render_fw4 '' && render_counters; } >$state/fw4.nft
    fi
    in_router nft -f $state/fw4.nft || die "nft refused $state/fw4.nft"
}

print_counters() {
    local said
    said=$(in_router nft list counters table inet lab)
    [[ $said =~ original\ \{[[:space:]]*packets\ ([0-9]+).*reply\ \{[[:space:]]*packets\ ([0-9]+) ]] || die "nft lists no counters: $said"
    printf '{"original":%d,"reply":%d}\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
}
