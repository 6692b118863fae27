# shellcheck shell=bash disable=SC2154,SC2086 # part of topology, whose choices it reads: words without spaces
# A WireGuard tunnel from the router to the server, through the plain WAN.

make_tunnel() {
    local side router_key server_key
    router_key=$(wg genkey) server_key=$(wg genkey)
    for side in router server; do
        ip -n $side link add wg0 type wireguard
    done
    configure_tunnel router "$router_key" "$server_key" "Endpoint = 203.0.113.1:51820"
    configure_tunnel server "$server_key" "$router_key" ""
    ip -n router -batch - <<END
address add 10.9.0.5/24 dev wg0
address add fd00:9::5/64 dev wg0
link set wg0 up
END
    ip -n server -batch - <<END
address add 10.9.0.1/24 dev wg0
address add fd00:9::1/64 dev wg0
link set wg0 up
END
}

configure_tunnel() { # NAMESPACE OWN_KEY OTHER_KEY ENDPOINT
    ip netns exec "$1" wg setconf wg0 /dev/stdin <<END
[Interface]
ListenPort = 51820
PrivateKey = $2
[Peer]
PublicKey = $(wg pubkey <<<"$3")
AllowedIPs = 0.0.0.0/0, ::/0
$4
END
}
