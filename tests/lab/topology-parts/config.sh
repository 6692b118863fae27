# shellcheck shell=bash disable=SC2154,SC2086 # part of topology, whose choices it reads: words without spaces
# What OpenWrt would know of the router: its UCI files, and the state that fw4 leaves.

write_uci() { # DIR
    [ -d "$1" ] || mkdir -p "$1"
    render_uci_network >"$1/network"
    render_uci_firewall >"$1/firewall"
}

render_uci_network() {
    echo "
config interface 'loopback'
	option device 'lo'
	option proto 'static'
	list ipaddr '127.0.0.1/8'

config globals 'globals'
	option ula_prefix 'fd00:1::/48'"
    [ $lan != bridge ] || {
        echo "
config device
	option name 'br-lan'
	option type 'bridge'"
        printf "\tlist ports '%s'\n" "${lan_ports[@]}"
    }
    [ $wan_lower != wan.7 ] || echo "
config device
	option name 'wan.7'
	option type '8021q'
	option ifname 'wan'
	option vid '7'"
    echo "
config interface 'lan'
	option device '$lan_device'
	option proto 'static'
	list ipaddr '192.168.1.1/24'
	list ip6addr 'fd00:1::1/64'

config interface 'wan'
	option device '$wan_lower'"
    case $wan in
        pppoe*) printf "\toption proto 'pppoe'\n\toption username 'lab'\n\toption password 'lab'\n\toption ipv6 '1'\n" ;;
        *) printf "\toption proto 'static'\n\tlist ipaddr '203.0.113.5/24'\n\toption gateway '203.0.113.1'\n" ;;
    esac
    echo "
config interface 'wan6'
	option device '@wan'
	option proto 'dhcpv6'"
    [ $wan != wireguard ] || echo "
config interface 'wg0'
	option proto 'wireguard'
	option private_key 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
	list addresses '10.9.0.5/24'
	list addresses 'fd00:9::5/64'

config wireguard_wg0
	option public_key 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
	option endpoint_host '203.0.113.1'
	option endpoint_port '51820'
	option route_allowed_ips '0'
	list allowed_ips '0.0.0.0/0'
	list allowed_ips '::/0'"
}

render_uci_firewall() {
    echo "
config defaults
	option syn_flood '1'
	option input 'REJECT'
	option output 'ACCEPT'
	option forward 'REJECT'
	option flow_offloading '$flow_offloading'

config zone
	option name 'lan'
	list network 'lan'
	option input 'ACCEPT'
	option output 'ACCEPT'
	option forward 'ACCEPT'"
    render_uci_exit wan wan wan6
    [ $wan != wireguard ] || render_uci_exit vpn wg0
}

render_uci_exit() { # ZONE NETWORK...
    echo "
config zone
	option name '$1'"
    printf "\tlist network '%s'\n" "${@:2}"
    echo "	option input 'REJECT'
	option output 'ACCEPT'
	option forward 'DROP'
	option masq '${nat:-0}'
	option masq6 '${nat6:-0}'
	option mtu_fix '1'

config forwarding
	option src 'lan'
	option dest '$1'

config rule
	option name 'Allow-Ping'
	option src '$1'
	list proto 'icmp'
	list proto 'icmpv6'
	option target 'ACCEPT'"
}

# The keys and their order are those of fw4.uc's write_statefile; `device` is a network's l3 device.
write_fw4_state() { # FILE
    local zones networks
    zones=$(state_zone lan accept accept '"accept": true' '"accept": true, "helper": true' $lan_device "\"$lan_device\"" lan)
    zones+=", $(state_zone wan reject drop '"reject": true' '"accept": true, "drop": true, "snat": true' \
        $wan_device "\"$wan_lower\", \"$wan_device\"" wan wan6)"
    networks="\"lan\": $(state_network $lan_device "\"$lan_device\"" 4 192.168.1.1 255.255.255.0 24)"
    networks+=", \"wan\": $(state_network $wan_device "\"$wan_lower\"" 4 203.0.113.5 255.255.255.0 24)"
    networks+=", \"wan6\": $(state_network $wan_device "\"$wan_device\"" 6 2001:db8::5 ffff:ffff:ffff:ffff:: 64)"
    if [ $wan = wireguard ]; then
        zones+=", $(state_zone vpn reject drop '"reject": true' '"accept": true, "drop": true, "snat": true' wg0 '' wg0)"
        networks+=", \"wg0\": $(state_network wg0 null 4 10.9.0.5 255.255.255.0 24)"
    fi
    printf '{ "zones": [ %s ], "ipsets": null, "networks": { %s }, "ubus_rules": null, "includes": null }\n' \
        "$zones" "$networks" >"$1"
}

state_zone() { # NAME INPUT FORWARD SFLAGS DFLAGS DEVICE PHYSDEVS NETWORK...
    local network networks='' masq='' any='[ [ null, null, null ] ]'
    for network in "${@:8}"; do
        networks+="${networks:+, }{ \"invert\": false, \"val\": \"$network\", \"device\": \"$network\" }"
    done
    [ "$1" = lan ] || masq="${nat:+\"masq\": true, }${nat6:+\"masq6\": true, }\"mtu_fix\": true, "
    cat <<END
{ "enabled": true, "name": "$1", "network": [ $networks ], "input": "$2", "output": "accept", "forward": "$3",
$masq"auto_helper": true, "counter": true, "family": null, "match_rules": [ { "family": 0, "devices_pos": [ "$6" ],
"devices_neg": null, "devices_neg_wildcard": null, "subnets_pos": null, "subnets_neg": null, "subnets_masked": null } ],
"masq4_src_subnets": $any, "masq4_dest_subnets": $any, "masq6_src_subnets": $any, "masq6_dest_subnets": $any,
"sflags": { $4 }, "dflags": { $5 }, "match_devices": [ "$6" ], "match_subnets": [ ], "related_subnets": [ ],
"related_physdevs": [ $7 ] }
END
}

state_network() { # DEVICE PHYSDEV FAMILY ADDRESS MASK BITS
    printf '{ "up": true, "device": "%s", "physdev": %s, "zone": null, ' "$1" "$2"
    printf '"ipaddrs": [ { "family": %s, "addr": "%s", "mask": "%s", "bits": %s } ] }' "$3" "$4" "$5" "$6"
}
