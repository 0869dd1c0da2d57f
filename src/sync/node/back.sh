# shellcheck shell=sh
# The ways out of a push: back, forward after all, and away.

# Takes the push of the record back as far as it got; the way of every step, of the watchdog, and of
# whoever finds a push of an earlier life. What was done already is found done.
take_back() { # [RESTART-TOO]
  case $p_phase in
    staging | staged)
      clean_staged
      p_phase=rolled-back
      rm -f "$STATE/push/room"
      write_record
      return
      ;;
    rolled-back) return 0 ;;
  esac
  rm -f "$STATE/push/room"
  p_phase=rolling-back
  write_record
  # Whether or not that could be written: the files first.
  restore_set "$STATE/push/before" link || return 1
  clean_staged
  if [ "${1-}" = restart ] && [ "$p_restarted" = 1 ]; then
    serve_again || return 1
  elif [ "$p_restarted" = 1 ]; then
    # The files are back; dhcpd still runs on the new ones.
    return 0
  fi
  p_phase=rolled-back
  write_record
}

# dhcpd on the files in place, with the leases that the new ones made it forget.
serve_again() {
  if [ "$p_ran" = stopped ]; then
    stop_service
    return
  fi
  if ! test_said=$("$DHCPD" -4 -t -cf "$CONF" </dev/null 2>&1); then
    one_line "$test_said"
    because rejected "dhcpd does not take the old files either, so it is left as it is: $line"
    return 1
  fi
  stop_service && merge_leases || return 1
  for serve_try in 1 2 3; do
    start_service && return 0
    [ "$serve_try" = 3 ] || { sleep 1 && sleep 1 && sleep 1; }
  done
  return 1
}

# step_roll_back PUSH: waits for a watchdog that is at it already.
step_roll_back() {
  enter_state 240
  clean_leftovers
  if ! read_record; then
    is_in_force "$1" && fail stale "push '$1' was confirmed on this node"
    return 0
  fi
  [ "$p_id" = "$1" ] || fail stale "push '$p_id' of $p_owner is on this node, not '$1'"
  case $p_phase in
    confirmed | rolling-forward) fail stale "push '$1' was confirmed on this node" ;;
  esac
  read_lock && [ "$l_id" = "$1" ] && write_beat
  # Without its watchdog the node has been rebooted since, and that starts dhcpd on what was there.
  read_watch
  if [ "$watched" = 0 ]; then
    case $p_phase in
      committing | committed | ready | rolling-back) p_restarted=1 ;;
    esac
  fi
  take_back restart || fail_why
  write_beat_if_locked
}

write_beat_if_locked() { [ ! -f "$STATE/lock" ] || write_beat; }

# step_roll_forward PUSH
step_roll_forward() {
  enter_state 240
  if ! read_record; then
    is_in_force "$1" && return 0
    fail stale "push '$1' is not on this node any more"
  fi
  [ "$p_id" = "$1" ] || fail stale "push '$p_id' of $p_owner is on this node, not '$1'"
  write_beat_if_locked
  case $p_phase in
    confirmed) ;;
    ready) ;;
    *)
      [ -f "$STATE/generations/$p_to/manifest" ] ||
        fail failed "generation $p_to is not on this node any more; push again"
      forward_from=$p_phase
      p_phase=rolling-forward
      write_record || fail_why
      restore_set "$STATE/generations/$p_to" copy || fail_why
      clean_staged
      # After a committed phase dhcpd runs on the new files where it was restarted at all.
      if [ "$p_restarted" = 1 ] && [ "$forward_from" != committed ]; then
        stop_service && start_service || fail_why
      fi
      ;;
  esac
  p_phase=confirmed
  write_record && settle_generation || fail_why
  # A reboot may have left it stopped.
  read_service
  [ "$p_ran" != running ] || [ "$service" != stopped ] || start_service || fail_why
}

# step_finish PUSH
step_finish() {
  enter_state
  clean_leftovers
  if read_record; then
    [ "$p_id" = "$1" ] || fail stale "push '$p_id' of $p_owner is on this node, not '$1'"
    case $p_phase in
      confirmed)
        settle_generation || fail_why
        try "cannot keep the files before" keep_before || fail_why
        ;;
      rolled-back) rm -rf "$STATE/generations/$p_to" ;;
      *) fail failed "push '$1' has not ended on this node: it is $p_phase" ;;
    esac
    # At once, by rename: a crash leaves the whole record or none.
    try "cannot clear '$STATE/push'" mv "$STATE/push" "$STATE/push.old.$$" || fail_why
    flush "$STATE"
    rm -rf "$STATE/push.old.$$"
  fi
  keep_ten
  read_lock && [ "$l_id" = "$1" ] && remove_lock
  return 0
}

# Files that no generation of ours had are kept as one: what an administrator wrote is not lost.
keep_before() {
  [ "$p_drift" = 1 ] && [ ! -e "$STATE/generations/$p_from" ] && [ -f "$STATE/push/before/manifest" ] ||
    return 0
  clock
  put "$STATE/push/before/meta" "push -
made-at $now
made-by -
confirmed 0
" && mv "$STATE/push/before" "$STATE/generations/$p_from"
}

# Ten generations stay, and whatever their number the one in force and the one before.
keep_ten() {
  read_current
  generation_numbers
  kept=0
  before_current=
  for number in $numbers; do
    if [ "$number" -lt "$current" ] && [ -z "$before_current" ]; then
      before_current=$number
    fi
    kept=$((kept + 1))
    [ "$kept" -le 10 ] || [ "$number" = "$current" ] || [ "$number" = "$before_current" ] ||
      rm -rf "$STATE/generations/$number"
  done
}

step_start_service() {
  enter_state
  start_service || fail_why
}
