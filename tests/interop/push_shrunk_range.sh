#!/usr/bin/env bash
# A range is shrunk while clients hold leases outside of what is left of it, which dhcpd forgets at
# its next start. Whether the push takes itself back or the operator does, both nodes know the leases
# again afterwards, and clients that come then get none of these addresses.
source "$(dirname "$0")/lib.sh"
# Nobody renews while the test lasts: what is forgotten is not learnt again in that way.
lease_time=600
source "$(dirname "$0")/crowd.sh"
source "$(dirname "$0")/remote_pair.sh"
mclt=600

# A part of the pool in which the crowd has no address.
spare_range() {
  local client last lowest=47 highest=32
  for client in "${crowd[@]}"; do
    last=$(address_in_crowd "$client")
    last=${last##*.}
    ((last >= lowest)) || lowest=$last
    ((last <= highest)) || highest=$last
  done
  if ((highest <= 44)); then
    echo "192.168.13.$((highest + 1)) 192.168.13.47"
  else
    ((lowest >= 35)) || fail "no part of the pool is spare between $lowest and $highest"
    echo "192.168.13.32 192.168.13.$((lowest - 1))"
  fi
}

assert_forgotten() {
  ! bindings_of "$1" | grep -q ' active ' || fail "the $1 still knows of leases outside of the range"
  say "the $1 has forgotten the leases"
}

write_shrunk() {
  write_remote_master "$(spare_range)"
}


build_remote_network
write_remote_master '192.168.13.32 192.168.13.47'
cp "$admin/dhcpd.master" "$work/whole.master"
write_remote_pair
install_by_hand
gather_crowd 4
wait_until_both_know_crowd
remember_nodes

write_shrunk
dhcpair_ends 4 push --yes
assert_said 'allow-drop-leases'
assert_untouched

# The primary does not start on it: by then the secondary has forgotten the leases.
grep range "$admin/dhcpd.master" >"$work/primary/will_not_start"
dhcpair_ends 5 push --yes --allow-drop-leases
rm "$work/primary/will_not_start"
assert_both_have_master "$work/whole.master"
wait_until_both_normal
both_know_crowd || fail 'leases are missing after the push took itself back'

lives=$(cat "$work/primary/lives")
(cd "$admin" && as_admin "$DHCPAIR" push --yes --allow-drop-leases --confirm-within 2m) \
  >"$work/push.log" 2>&1 &
push=$!
wait_until 150 'the push waits for the operator' grep -q 'await-confirm\|dhcpair confirm' "$work/push.log"
(($(cat "$work/primary/lives") > lives)) || fail 'the primary was not restarted'
assert_forgotten primary
assert_forgotten secondary
dhcpair_ends 0 rollback --yes
push_status=0
wait "$push" || push_status=$?
sed 's/^/       | /' "$work/push.log"
assert_equal "$push_status" 5 'the exit status of the push that was rolled back'
assert_both_have_master "$work/whole.master"
wait_until_both_normal
both_know_crowd || fail 'leases are missing after the rollback'
assert_no_litter

# As many as there are addresses that nobody has.
gather_crowd 12
watch_crowd
assert_nobody_shares_an_address
assert_no_nak
say 'no address was given to two clients'
