#!/usr/bin/env bash
# After two pushes rollback --list names the generations, and rollback brings back the one before,
# with the pair normal and every client where it was.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/crowd.sh"
source "$(dirname "$0")/remote_pair.sh"

build_remote_network
write_remote_master '192.168.13.32 192.168.13.63'
write_remote_pair
install_by_hand
gather_crowd 4
watch_crowd

for domain in first second; do
  write_remote_master '192.168.13.32 192.168.13.63' "option domain-name \"$domain.example\";"
  cp "$admin/dhcpd.master" "$work/$domain.master"
  dhcpair_ends 0 push --yes
done
assert_both_have_master "$work/second.master"

remember_nodes
dhcpair_ends 0 rollback --list
assert_untouched
cat "$admin/said"

# A comment in the pair file is none of dhcpd's business.
echo '# a word to the next one who reads this' >>"$admin/pair.yaml"
dhcpair_ends 0 push --yes
assert_said 'unchanged'
assert_untouched

dhcpair_ends 0 rollback --yes
assert_said 'lock: keep other pushes away'
assert_said 'pair.yaml  rolled back to generation 1'
assert_both_have_master "$work/first.master"
wait_until_both_normal
assert_crowd_is_well
assert_no_litter

# What lies here is the second one still, which is no longer what the nodes have.
dhcpair_ends 1 diff
assert_said 'second.example'
