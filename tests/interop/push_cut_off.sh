#!/usr/bin/env bash
# A push is cut off at a step: dhcpair is killed, a link is cut, or a node loses power. After the time
# of the watchdogs and one further command both nodes are on one generation, in normal, and nothing is
# left behind; clients keep their addresses.
#
#   push_cut_off.sh [CELL...]     CELL is NODE-STEP-before|after-FAULT, such as
#                                 secondary-commit-after-kill; the ones below where none is named
# Longer than both links are cut: nobody is to lose an address because nobody was there to renew it.
lease_time=300
renewal_time=10
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/crowd.sh"
source "$(dirname "$0")/remote_pair.sh"

# What may be in force in the end: old or new. Only the primary's confirmed record decides.
cells='
primary-inspect-after-kill           old
primary-lock-after-kill              old
secondary-stage-before-kill          old
primary-stage-after-cut-both         old
secondary-check-after-cut-secondary  old
secondary-arm-after-kill             old
primary-commit-before-cut-primary    old
secondary-commit-after-kill          old
secondary-restart-before-reboot      old
secondary-restart-after-cut-both     old
primary-restart-before-kill          old
primary-restart-after-kill           old
primary-ready-before-reboot          old
secondary-ready-after-kill           old
primary-confirm-before-cut-both      old
primary-confirm-after-kill           new
secondary-confirm-before-reboot      new
secondary-confirm-after-cut-primary  new
primary-finish-before-kill           new
'
# Three times the heartbeat.
watchdog_seconds=30
export FAULTS=$work/faults
sshd_lines=("ForceCommand env FAULTS=$FAULTS $here/faulty_session")

# write_action FAULT
write_action() {
  case $1 in
    kill) echo "kill -KILL \$(cat '$FAULTS/pid')" ;;
    cut-both) echo 'for node in primary secondary; do ip -n switch link set $node down; done' ;;
    cut-*) echo "ip -n switch link set ${1#cut-} down" ;;
    # The session that runs this must go too.
    reboot) echo "touch $FAULTS/reboot; sleep 60" ;;
    *) fail "no such fault: $1" ;;
  esac >"$FAULTS/action"
}

begin_push() {
  (
    cd "$admin" || exit
    export HOME=$admin
    exec ip netns exec admin "$DHCPAIR" push --yes --watchdog "$watchdog_seconds" \
      --normal-within 60
  ) </dev/null >"$admin/said" 2>&1 &
  push=$!
  echo "$push" >"$FAULTS/pid"
}

fault_has_come() {
  [[ -f $FAULTS/done ]]
}

reboot() {
  wait_until 10 "the $1 is to be rebooted" test -f "$FAULTS/reboot"
  power_off "$1"
  power_on "$1"
}

# What a node may still do by itself: act on its own, or keep a lock that counts as held.
is_at_rest() {
  local pid beat
  for pid in $(ip netns pids "$1"); do
    ! grep -qsa 'watchdog\.sh' "/proc/$pid/cmdline" || return 1
  done
  [[ -f $work/$1/state/lock ]] || return 0
  read -r beat <"$work/$1/state/beat" || return 0
  (($(date +%s) - beat > 60))
}

are_at_rest() {
  is_at_rest primary && is_at_rest secondary
}

push_has_ended() {
  ! kill -0 "$push" 2>/dev/null
}

# run_cell CELL old|new
run_cell() {
  local cell=$1 node step moment fault host
  IFS=- read -r node step moment fault <<<"$cell"
  say "== $cell: both nodes are to have the $2 generation"
  rm -f "$FAULTS"/*
  cp "$admin/dhcpd.master" "$work/old.master"
  write_remote_master '192.168.13.32 192.168.13.63' "option domain-name \"$cell.example\";"
  cp "$admin/dhcpd.master" "$work/new.master"

  write_action "$fault"
  echo "$node $step $moment" >"$FAULTS/fault"
  begin_push
  wait_until 90 "the fault" fault_has_come
  [[ $fault != reboot ]] || reboot "$node"
  wait_until 240 'dhcpair has ended' push_has_ended
  { wait "$push" || status=$?; } 2>/dev/null
  say "it ended with $status, saying"
  # Killed, rolled back, unreachable or in doubt: never as if all were well.
  ((status != 0)) || [[ $step == finish ]] || fail 'the push ended as if nothing had happened'
  sed 's/^/       | /' "$admin/said"
  for host in primary secondary; do heal_link "$host"; done
  wait_until $((watchdog_seconds + 90)) 'both nodes have helped themselves' are_at_rest

  dhcpair status
  wait_until_both_normal
  cp "$work/$2.master" "$admin/dhcpd.master"
  assert_both_have_master "$work/$2.master"
  assert_no_litter
  dhcpair_ends 0 diff
}

wanted=${*:-secondary-commit-after-kill primary-confirm-after-kill}
[[ $wanted != all ]] || wanted=$(awk '{ print $1 }' <<<"$cells")
mkdir "$FAULTS"
build_remote_network
write_remote_master '192.168.13.32 192.168.13.63'
write_remote_pair
install_by_hand
gather_crowd 3
dhcpair_ends 0 push --yes
watch_crowd
for cell in $wanted; do
  expected=$(awk -v cell="$cell" '$1 == cell { print $2 }' <<<"$cells")
  [[ -n $expected ]] || fail "no such cell: $cell"
  run_cell "$cell" "$expected"
done
assert_no_nak
assert_everybody_kept_its_address
assert_nobody_shares_an_address
