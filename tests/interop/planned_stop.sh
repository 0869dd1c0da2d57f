#!/usr/bin/env bash
# A node is drained, stopped for longer than MCLT would allow, and resumed; what must not be done is
# refused. All of it by OMAPI through real sshd, with each of the six algorithms once on the way.
source "$(dirname "$0")/lib.sh"
source "$here/remote_pair.sh"

lease_times_of_crowd() {
  echo 'default-lease-time 60; min-lease-time 30; max-lease-time 60;'
}

# write_pair_with_key ALGORITHM [KEY]
write_pair_with_key() {
  write_remote_pair "omapi: {key: ${2:-omapi-key}, algorithm: $1, secret-file: omapi.secret}" \
    'ssh: {timeout: 5}'
  sed -i 's/mclt: 60/mclt: 20/' "$admin/pair.yaml"
}

new_secret() {
  head -c 32 /dev/urandom | base64 >"$admin/omapi.secret"
  chmod 600 "$admin/omapi.secret"
}

copy_files() {
  local node
  dhcpair_ends 0 generate --force
  for node in primary secondary; do
    cp "$admin/out/$node/dhcpd.conf" "$(conf_of "$node")"
    cp "$admin/out/$node/dhcpd.omapi-key" "$work/$node/etc/dhcpd.omapi-key"
  done
}

restart() {
  kill "$(dhcpd_pid_of "$1")"
  wait_until 10 "dhcpd of the $1 is gone" is_gone "$1"
  start_node "$1"
}

is_gone() {
  ! kill -0 "$(dhcpd_pid_of "$1")" 2>/dev/null
}

build_remote_network
write_remote_master '192.168.13.32 192.168.13.47'
new_secret
write_pair_with_key hmac-sha256
copy_files
install_by_hand

say '---- drain: the partner serves alone'
dhcpair_ends 0 drain secondary --dry-run
assert_equal "$(state_of secondary)" normal 'the state after --dry-run'
dhcpair_ends 0 resume secondary --yes
assert_said 'it is in normal'
dhcpair_ends 0 drain secondary --yes
assert_said 'is drained'
assert_equal "$(state_of secondary)" shutdown 'the state of the secondary'
assert_equal "$(state_of primary)" partner-down 'the state of the primary'
dhcpair_ends 0 drain secondary --yes
dhcpair_ends 4 drain primary --yes
assert_said 'only a node in normal can hand over'

say '---- a restart does not end it, resume does'
kill "$(dhcpd_pid_of secondary)"
wait_until 10 'dhcpd of the secondary is gone' is_gone secondary
dhcpair_ends 4 partner-down --return secondary --yes
assert_said 'it was drained'
dhcpair_ends 0 resume secondary --yes
assert_said 'dhcpd started'
assert_said 'both nodes are normal'
assert_equal "$(state_of secondary)" normal 'the state of the secondary'

for algorithm in hmac-md5 hmac-sha1 hmac-sha224 hmac-sha384 hmac-sha512; do
  say "---- $algorithm"
  write_pair_with_key "$algorithm"
  copy_files
  restart secondary
  restart primary
  wait_until_both_normal
  dhcpair_ends 0 drain secondary --dry-run
  assert_said 'by OMAPI'
done

say '---- another secret, another key, no key at all: each has its own words'
new_secret
dhcpair_ends 4 drain secondary --yes
assert_said 'the secret is not the one of its dhcpd.conf'
write_pair_with_key hmac-sha512 other-key
dhcpair_ends 4 drain secondary --yes
assert_said 'has no key of this name'
sed -i '/^omapi:/d' "$admin/pair.yaml"
dhcpair_ends 4 drain secondary --yes
assert_said "no 'omapi:' for it"
assert_equal "$(state_of secondary)" normal 'the state after all of these'

say '---- a dhcpd with a port and without omapi-key takes any key that it declares'
write_pair_with_key hmac-sha256
copy_files
sed -i '/^omapi-key /d' "$(conf_of secondary)"
restart secondary
wait_until_both_normal
dhcpair_ends 0 drain secondary --dry-run
assert_said 'by OMAPI'
