#!/usr/bin/env bash
# A push moves the pool while fifty clients renew: each keeps its address, hears no NAK and never
# waits longer than its lease lasts, and both nodes serve from the new pool.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/crowd.sh"
source "$(dirname "$0")/remote_pair.sh"

assert_crowd_fits_into() {
  local outside
  outside=$(crowd_events '$3 == "ack" {
      split($4, byte, ".")
      if (byte[4] < first || byte[4] > last) print $4
    }' -v first="$1" -v last="$2")
  [[ -z $outside ]] || fail "the test needs a pool that no lease falls out of: ${outside//$'\n'/ }"
}

assert_pool_has() {
  grep -q "balanced pool .* total $2 " "$(log_of "$1")" ||
    fail "expected the pool of the $1 to have $2 addresses"
}

build_remote_network
write_remote_master '192.168.13.32 192.168.13.150'
openssl rand -base64 32 >"$admin/omapi.secret"
chmod 600 "$admin/omapi.secret"
write_remote_pair 'omapi:' '  secret-file: omapi.secret'
install_by_hand
gather_crowd 50
assert_crowd_fits_into 50 150

watch_crowd
write_remote_master '192.168.13.50 192.168.13.200'
dhcpair_ends 0 push --yes
assert_both_have_master "$admin/dhcpd.master"
wait_until_both_normal
# Long enough for each client to renew once more.
sleep 12
assert_crowd_is_well
for node in primary secondary; do
  assert_equal "$(cat "$work/$node/lives")" 2 "how often the $node was started"
  assert_pool_has "$node" 151
done
assert_no_litter

remember_nodes
dhcpair_ends 0 push --yes
assert_untouched
dhcpair_ends 0 diff
