#!/usr/bin/env bash
# A node dies for good, and the other is told so: refused as long as the dead one may live, over OMAPI
# where there is a key and by the leases file where there is none. Then it returns, once with `normal`
# saved and once with `communications-interrupted`.
source "$(dirname "$0")/lib.sh"
source "$here/remote_pair.sh"

lease_times_of_crowd() {
  echo 'default-lease-time 60; min-lease-time 30; max-lease-time 60;'
}

install_with_key() {
  local node
  for node in primary secondary; do mkdir -p "$work/$node/etc"; done
  dhcpair_ends 0 generate
  for node in primary secondary; do
    cp "$admin/out/$node/dhcpd.omapi-key" "$work/$node/etc/dhcpd.omapi-key"
  done
  install_by_hand
}

stop_dhcpd() {
  kill "$(dhcpd_pid_of "$1")"
  wait_until 10 "dhcpd of the $1 is gone" is_gone "$1"
}

is_gone() {
  ! kill -0 "$(dhcpd_pid_of "$1")" 2>/dev/null
}

saved_state_of() {
  sed -n 's/^ *my state \([a-z-]*\) .*/\1/p' "$(leases_of "$1")" | tail -n 1
}

has_saved() {
  [[ $(saved_state_of "$1") == "$2" ]]
}

build_remote_network
write_remote_master '192.168.13.32 192.168.13.47'
head -c 32 /dev/urandom | base64 >"$admin/omapi.secret"
chmod 600 "$admin/omapi.secret"
write_remote_pair 'omapi: {key: omapi-key, algorithm: hmac-sha256, secret-file: omapi.secret}' \
  'ssh: {timeout: 5}'
sed -i 's/mclt: 60/mclt: 20/' "$admin/pair.yaml"
install_with_key

say '---- both live: refused, whatever is said'
dhcpair_ends 4 partner-down --dead secondary --yes --is-off --force
assert_said 'dhcpd runs on the secondary'
assert_said 'it hears its partner'
dhcpair_ends 2 partner-down --dead tertiary --yes

say '---- the secondary loses its power: the survivor alone is not enough'
power_off secondary
cut_link secondary
wait_until 30 'the primary noticed' is_in_state primary communications-interrupted
dhcpair_ends 4 partner-down --dead secondary --yes
assert_said '--is-off'
mkdir -p "$work/primary/state"
echo 'push-9 ada@admin' >"$work/primary/state/lock"
date +%s >"$work/primary/state/beat"
dhcpair_ends 4 partner-down --dead secondary --is-off --yes
assert_said 'ada@admin seems to be running'
rm "$work/primary/state/lock" "$work/primary/state/beat"
dhcpair_ends 0 partner-down --dead secondary --is-off --dry-run
assert_equal "$(state_of primary)" communications-interrupted 'the state after --dry-run'
dhcpair_ends 0 partner-down --dead "${node_address[secondary]}" --is-off --yes
assert_said 'is in partner-down'
assert_said "it gives its partner's addresses too from"
assert_equal "$(state_of primary)" partner-down 'the state of the primary'
dhcpair_ends 0 partner-down --dead secondary --is-off --yes
assert_said 'already'

say '---- it returns with normal saved'
heal_link secondary
boot_sshd secondary
assert_equal "$(saved_state_of secondary)" normal 'the saved state of the secondary'
dhcpair_ends 0 partner-down --return secondary --yes
assert_said 'goes through recover'
assert_said 'both nodes are normal'
assert_equal "$(saved_state_of primary)" normal 'the saved state of the primary'

say '---- it noticed the cut before it died: communications-interrupted saved'
cut_link secondary
wait_until 30 'the secondary noticed' has_saved secondary communications-interrupted
stop_dhcpd secondary
wait_until 30 'the primary noticed' is_in_state primary communications-interrupted
heal_link secondary
dhcpair_ends 4 partner-down --dead secondary --yes
assert_said 'though its dhcpd does not run'
dhcpair_ends 0 partner-down --dead secondary --yes --is-off
dhcpair_ends 0 partner-down --return secondary --dry-run
assert_said 'potential-conflict'
dhcpair_ends 0 partner-down --return secondary --yes
assert_said 'edited to recover'
assert_said 'both nodes are normal'
! grep -q 'to potential-conflict' "$(log_of secondary)" || fail 'it went through potential-conflict'

say '---- without OMAPI: stop, edit, start'
sed -i '/^omapi:/d' "$admin/pair.yaml"
stop_dhcpd secondary
wait_until 30 'the primary noticed' is_in_state primary communications-interrupted
dhcpair_ends 0 partner-down --dead secondary --yes --is-off
assert_said 'editing its leases file'
wait_until_state primary partner-down
