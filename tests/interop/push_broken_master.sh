#!/usr/bin/env bash
# A broken master changes nothing on either node, whether lint sees the mistake here or only the
# dhcpd of one node does there; the message names file and line.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/crowd.sh"
source "$(dirname "$0")/remote_pair.sh"

build_remote_network
write_remote_master '192.168.13.32 192.168.13.47' "include \"$work/site.conf\";"
write_remote_pair "unmanaged: [$work/site.conf]"
echo '# What the nodes keep by themselves.' >"$work/site.conf"
install_by_hand
gather_crowd 2
watch_crowd
remember_nodes

sed -i 's/authoritative;/authoritative/' "$admin/dhcpd.master"
dhcpair_ends 1 push --yes
assert_said 'dhcpd.master:1:'
assert_untouched

# Nobody here reads what the nodes keep by themselves.
write_remote_master '192.168.13.32 192.168.13.63' "include \"$work/site.conf\";"
printf '\n\nddns-update-style nonsense;\n' >"$work/site.conf"
dhcpair_ends 4 push --yes
assert_said 'secondary (root@192.168.13.7), check: '
assert_said 'site.conf:3'
assert_untouched
assert_no_litter
assert_crowd_is_well

: >"$work/site.conf"
dhcpair_ends 0 push --yes
assert_both_have_master "$admin/dhcpd.master"
wait_until_both_normal
