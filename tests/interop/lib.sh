# shellcheck shell=bash
# The words in which the interop tests tell their stories; sourced, not run. Two hosts "primary" and
# "secondary" run the machine's dhcpd on what `dhcpair generate` wrote, further hosts run udhcpc, and
# all hang on one bridge. Everything happens in namespaces that end with the test (isolation.sh).

set -Eeuo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/isolation.sh"
exec 2>&1

: "${DHCPAIR:?say where the dhcpair program is}"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034 # For the scripts that source this.
source_root=${DHCPAIR_SOURCE_ROOT:-$here/../..}

# A copy, for AppArmor confines /usr/sbin/dhcpd to /etc/dhcp where it is in force.
dhcpd=$work/bin/dhcpd

interface=eth0
declare -A node_address=([primary]=192.168.13.6 [secondary]=192.168.13.7)
declare -A node_pid=() node_life=() client_pid=() client_mac=()
clients=()

# Under "split 128" the hash of RFC 3074 gives these clients to one node. It runs over the hardware
# address, for our clients send no client-identifier.
declare -A macs_of=(
  [primary]='02:00:00:00:01:02 02:00:00:00:01:05 02:00:00:00:01:07 02:00:00:00:01:09'
  [secondary]='02:00:00:00:01:01 02:00:00:00:01:03 02:00:00:00:01:04 02:00:00:00:01:06'
)

# ---- saying how it goes

say() {
  printf '%3d s  %s\n' "$SECONDS" "$*"
}

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

other() {
  if [[ $1 == primary ]]; then echo secondary; else echo primary; fi
}

show_tail() {
  [[ -f $1 ]] || return 0
  echo "---- ${1#"$work"/}, the last lines"
  tail -n "$2" "$1"
}

show_evidence() {
  local log node client
  for log in "$work"/*.[0-9]*.log; do show_tail "$log" 25; done
  for client in "${clients[@]}"; do show_tail "$work/$client.log" 10; done
  for node in primary secondary; do
    [[ -f $work/out/$node/dhcpd.conf ]] || continue
    echo "---- out/$node/dhcpd.conf"
    cat "$work/out/$node/dhcpd.conf"
  done
}

finish() {
  local status=$?
  trap - ERR
  set +e
  ((status == 0 || status == 77)) || show_evidence
  if [[ -n ${DHCPAIR_INTEROP_KEEP-} ]]; then
    mkdir -p "$DHCPAIR_INTEROP_KEEP" && cp -R "$work" "$DHCPAIR_INTEROP_KEEP/$(basename "$0" .sh)"
  fi
  exit "$status"
}

trap finish EXIT
trap 'echo "FAILED: ended by a signal" >&2; exit 143' TERM
trap 'echo "FAILED: ${BASH_SOURCE[0]##*/}, line $LINENO: $BASH_COMMAND" >&2' ERR

# wait_until SECONDS WHAT COMMAND...: tries the command until it succeeds.
wait_until() {
  local limit=$1 what=$2 end
  shift 2
  end=$((SECONDS + limit))
  until "$@"; do
    assert_nodes_alive
    ((SECONDS < end)) || fail "waited $limit s, in vain: $what"
    sleep 0.1
  done
  say "$what"
}

# ---- the network

# add_host NAME [MAC]: a namespace with one interface on the bridge.
add_host() {
  ip netns add "$1"
  ip -n "$1" link set lo up
  ip -n "$1" link add "$interface" ${2:+address "$2"} type veth peer name "$1" netns switch
  ip -n "$1" link set "$interface" up
  ip -n switch link set "$1" master br0 up
}

build_network() {
  local node
  ip netns add switch
  ip -n switch link add br0 type bridge stp_state 0 forward_delay 0
  ip -n switch link set br0 up
  for node in primary secondary; do
    add_host "$node"
    ip -n "$node" address add "${node_address[$node]}/24" dev "$interface"
  done
}

# ---- the pair's files

write_master() {
  cat >"$work/dhcpd.master" <<MASTER
authoritative;
ddns-update-style none;
ping-check false;
default-lease-time 120;
min-lease-time 60;
# A renewal is a renewal, and gets a new lease time, however young the lease is.
dhcp-cache-threshold 0;

subnet 192.168.13.0 netmask 255.255.255.0 {
  pool {
    failover peer "dhcp-failover";
    deny dynamic bootp clients;
    range 192.168.13.32 192.168.13.47;
  }
}
MASTER
}

# write_pair [PORT-OF-PRIMARY PORT-OF-SECONDARY]
# shellcheck disable=SC2120 # Most have none to say.
write_pair() {
  cat >"$work/pair.yaml" <<PAIR
pair: dhcp-failover
primary:
  address: ${node_address[primary]}
  port: ${1:-647}
secondary:
  address: ${node_address[secondary]}
  port: ${2:-647}
failover:
  max-response-delay: 10
  mclt: 60
paths:
  master: $work/dhcpd.master
interfaces: [$interface]
PAIR
}

generate() {
  (cd "$work" && "$DHCPAIR" generate)
}

# ---- the nodes

# Each life of a node has a log of its own, so that what an earlier one said is not taken for new.
log_of() {
  echo "$work/$1.${node_life[$1]}.log"
}

leases_of() {
  echo "$work/$1/dhcpd.leases"
}

with_times() {
  local line now
  while IFS= read -r line; do
    now=$EPOCHREALTIME
    printf '%(%H:%M:%S)T.%s %s\n' "${now%[.,]*}" "${now: -6:3}" "$line"
  done
}

# begin_life NODE COMMAND...: the command becomes, or starts, the dhcpd of the node.
begin_life() {
  local node=$1
  shift
  node_life[$node]=$((${node_life[$node]:-0} + 1))
  : >"$(log_of "$node")"
  ip netns exec "$node" "$@" > >(with_times >>"$(log_of "$node")") 2>&1 &
  node_pid[$node]=$!
  say "$node started"
}

start_node() {
  mkdir -p "$work/$1"
  # dhcpd does not start without a leases file.
  [[ -f $(leases_of "$1") ]] || : >"$(leases_of "$1")"
  begin_life "$1" "$dhcpd" -4 -d -f --no-pid -cf "$work/out/$1/dhcpd.conf" \
    -lf "$(leases_of "$1")" "$interface"
}

kill_node() {
  kill -KILL "${node_pid[$1]}"
  { wait "${node_pid[$1]}" || true; } 2>/dev/null
  unset "node_pid[$1]"
  say "$1 killed"
}

assert_nodes_alive() {
  local node
  for node in "${!node_pid[@]}"; do
    kill -0 "${node_pid[$node]}" 2>/dev/null || fail "dhcpd of the $node ended by itself"
  done
}

# The last word of a node's log on its own state, and on its partner's.
state_of() {
  sed -n 's/.*failover peer .*: I move from .* to //p' "$(log_of "$1")" | tail -n 1
}

partner_state_of() {
  sed -n 's/.*failover peer .*: peer moves from .* to //p' "$(log_of "$1")" | tail -n 1
}

is_in_state() {
  [[ $(state_of "$1") == "$2" ]]
}

both_normal() {
  local node
  for node in primary secondary; do
    is_in_state "$node" normal && [[ $(partner_state_of "$node") == normal ]] &&
      grep -q 'Both servers normal' "$(log_of "$node")" || return 1
  done
}

wait_until_both_normal() {
  wait_until 30 'both servers normal' both_normal
}

wait_until_state() {
  wait_until 30 "$1 in state $2" is_in_state "$1" "$2"
}

# All that a leases file says of leases, in its order: "ADDRESS STATE MAC AGREED". The last is "yes"
# when the node knows its partner to know the same (dhcpd's atsfp, which each news of its own clears).
bindings_in() {
  awk '
    $1 == "lease" { address = $2; state = mac = "-"; agreed = "no" }
    $1 == "binding" { state = $3 }
    $1 == "hardware" { mac = $3 }
    $1 == "atsfp" { agreed = "yes" }
    $1 == "}" && address { print address, state, mac, agreed; address = "" }' "$1" | tr -d ';'
}

# The last word of a node on each address.
bindings_of() {
  bindings_in "$(leases_of "$1")" | awk '{ last[$1] = $0 } END { for (i in last) print last[i] }'
}

# How many addresses a node's file counts as the secondary's to give.
backup_leases_of() {
  bindings_of "$1" | grep -c ' backup .* yes'
}

has_shared_the_pool() {
  local given
  given=$(backup_leases_of primary) && [[ $(backup_leases_of secondary) == "$given" ]]
}

# From then on each node has addresses of its own to give to new clients, and has them on disk. A new
# pair gets there on becoming normal, but acknowledges only after 2 s.
wait_until_pool_is_shared() {
  wait_until 30 'each node has its share of the pool' has_shared_the_pool
}

both_know() {
  local node lease
  lease="$(address_of "$1") active ${client_mac[$1]} yes"
  for node in primary secondary; do
    [[ $'\n'$(bindings_of "$node")$'\n' == *$'\n'"$lease"$'\n'* ]] || return 1
  done
}

wait_until_both_know() {
  wait_until 30 "both nodes know of the lease of $1, and that the other does" both_know "$1"
}

start_pair() {
  start_node primary
  start_node secondary
  wait_until_both_normal
}

# ---- the clients

# add_client NAME NODE: one of those that the node serves while both are normal.
add_client() {
  local mac rest
  read -r mac rest <<<"${macs_of[$2]}"
  macs_of[$2]=$rest
  client_mac[$1]=$mac
  clients+=("$1")
  : >"$work/$1.events"
  add_host "$1" "$mac"
}

has_events() {
  local lines
  mapfile -t lines <"$work/$1.events"
  ((${#lines[@]} >= $2))
}

# The fields of a client's last event: what happened, address, seconds, server.
last_event_of() {
  tail -n 1 "$work/$1.events"
}

address_of() {
  last_event_of "$1" | cut -d ' ' -f 2
}

lease_time_of() {
  last_event_of "$1" | cut -d ' ' -f 3
}

server_of() {
  last_event_of "$1" | cut -d ' ' -f 4
}

# Starts the client, which stays and renews by itself like any other.
client_gets() {
  EVENTS=$work/$1.events ip netns exec "$1" udhcpc -f -C -i "$interface" -s "$here/udhcpc_event" \
    -t 10 -T 1 -A 1 >"$work/$1.log" 2>&1 &
  client_pid[$1]=$!
  wait_until 30 "$1 (${client_mac[$1]}) has an address" has_events "$1" 1
  say "  $(last_event_of "$1")"
}

# The client asks its server by unicast and, when that is silent, everybody by broadcast.
client_renews() {
  local address events
  address=$(address_of "$1")
  events=$(wc -l <"$work/$1.events")
  kill -USR1 "${client_pid[$1]}"
  wait_until 30 "$1 has its lease renewed" has_events "$1" $((events + 1))
  say "  $(last_event_of "$1")"
  [[ $(address_of "$1") == "$address" ]] ||
    fail "$1 had $address, and after renewal has $(address_of "$1")"
}

# ---- what must hold

assert_equal() {
  [[ $1 == "$2" ]] || fail "$3: expected '$2', got '$1'"
}

assert_served_by() {
  assert_equal "$(server_of "$1")" "${node_address[$2]}" "the server of $1"
}

assert_logged() {
  grep -qF -- "$2" "$(log_of "$1")" || fail "expected in the log of the $1: $2"
}

# "ADDRESS MAC" of every lease that was ever given, from all who could know: both logs of all lives,
# both leases files, and the clients.
all_grants() {
  local node client address
  sed -En 's/.* DHCPACK on ([0-9.]+) to ([0-9a-f:]+) .*/\1 \2/p' "$work"/*.[0-9]*.log
  for node in primary secondary; do
    bindings_in "$(leases_of "$node")" | awk '$2 == "active" { print $1, $3 }'
  done
  for client in "${clients[@]}"; do
    while read -r _ address _; do
      echo "$address ${client_mac[$client]}"
    done <"$work/$client.events"
  done
}

assert_no_address_twice() {
  local grants twice
  grants=$(all_grants | sort -u)
  (($(wc -l <<<"$grants") >= ${#clients[@]})) || fail "fewer leases than clients: $grants"
  twice=$(cut -d ' ' -f 1 <<<"$grants" | uniq -d)
  [[ -z $twice ]] || fail "given to two clients: $twice; all leases: ${grants//$'\n'/, }"
  say "no address given twice: ${grants//$'\n'/, }"
}

mkdir "$work/bin"
cp "$(type -P dhcpd)" "$dhcpd"
