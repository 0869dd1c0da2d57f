#!/usr/bin/env bash
# Two plain servers become a pair by one push, and plain servers again by a rollback: failover is
# added, and removed, on both together. Clients keep their addresses.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/crowd.sh"
source "$(dirname "$0")/remote_pair.sh"

# Each has half of what is going to be the pool.
start_plain() {
  {
    echo 'authoritative; ddns-update-style none; ping-check false;'
    lease_times_of_crowd
    echo "subnet 192.168.13.0 netmask 255.255.255.0 { range $2; }"
  } >"$(conf_of "$1")"
  : >"$(leases_of "$1")"
  start_node "$1"
}

# Its leases file still tells of the peer, which dhcpd says it does not know.
does_failover() {
  grep -q 'failover peer .* I move from' "$(log_of "$1")"
}

build_remote_network
start_plain primary '192.168.13.32 192.168.13.47'
start_plain secondary '192.168.13.48 192.168.13.63'
cp "$(conf_of primary)" "$work/primary.plain"
cp "$(conf_of secondary)" "$work/secondary.plain"
gather_crowd 6
write_remote_master '192.168.13.32 192.168.13.63'
write_remote_pair

watch_crowd
dhcpair_ends 0 push --yes
assert_said 'joint'
assert_both_have_master "$admin/dhcpd.master"
wait_until_both_normal
wait_until_pool_is_shared
sleep 12
assert_crowd_is_well
assert_no_litter

dhcpair_ends 0 rollback --yes
for node in primary secondary; do
  cmp "$(conf_of "$node")" "$work/$node.plain" || fail "the $node has not its plain dhcpd.conf"
  ! does_failover "$node" || fail "the $node still does failover"
done
sleep 12
assert_crowd_is_well
assert_no_litter
