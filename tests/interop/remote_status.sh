#!/usr/bin/env bash
# status and diff look at a real pair over ssh: normal while both serve, communications-interrupted
# and alarms when one is killed, and what somebody changed by hand on one node.
source "$(dirname "$0")/lib.sh"
source "$here/crowd.sh"
source "$here/remote_pair.sh"

# monitoring CODE WORD: what a monitoring system gets.
monitoring() {
  dhcpair_ends "$1" status --nagios
  grep -q "^DHCPAIR $2 - " "$admin/said" || fail "expected the plugin to say $2"
}

build_remote_network
write_remote_master '192.168.13.32 192.168.13.47'
write_remote_pair
install_by_hand

dhcpair_ends 0 status
assert_said 'dhcp-failover (pair.yaml): normal'
for node in primary secondary; do
  grep -qE "$node +root@${node_address[$node]} +normal .* normal +running" "$admin/said" ||
    fail "expected the $node to be normal"
done
assert_said '192.168.13.32-192.168.13.47'
monitoring 0 OK
dhcpair_ends 0 diff
assert_said 'both nodes have what is here'
dhcpair_ends 0 status --prometheus
cp "$admin/said" "$work/metrics"
if [[ -n $(type -P promtool) ]]; then
  promtool check metrics <"$work/metrics" || fail "promtool does not like the metrics"
fi

echo '# by hand' >>"$(master_of secondary)"
dhcpair_ends 1 diff
assert_said '-# by hand'
assert_said 'differs between the nodes'
dhcpair_ends 1 status
assert_said "warning: secondary: $(master_of secondary) differs from what is here"
monitoring 1 WARNING
cp "$admin/dhcpd.master" "$(master_of secondary)"
monitoring 0 OK

kill -KILL "$(dhcpd_pid_of secondary)"
say 'dhcpd of the secondary killed'
wait_until 30 'the primary has noticed' grep -q 'communications-interrupted' "$(log_of primary)"
dhcpair_ends 1 status
assert_said 'critical: secondary: dhcpd is not running'
assert_said 'warning: primary: communications-interrupted for'
monitoring 2 CRITICAL

start_node secondary
wait_until_both_normal
wait_until 30 'status sees it' eval 'dhcpair status --nagios; ((status == 0))'

power_off secondary
dhcpair_ends 3 status
assert_said "secondary (root@${node_address[secondary]}), connect:"
assert_said 'critical: secondary: connect:'
monitoring 2 CRITICAL
power_off primary
monitoring 3 UNKNOWN
