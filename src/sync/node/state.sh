# shellcheck shell=sh
# The failover state that dhcpd saved, changed while it is stopped. One step does all of it, for the
# node may be the only one that serves, and the connection to it may end at any moment.

# step_write_state START BLOCK: appends the block to the leases file, where the last one counts.
# dhcpd is stopped for that, and started again where it ran; with START "start" in any case. Answers
# with the clock just before the stop.
step_write_state() {
  enter_state
  ! is_held || fail locked "a push of $l_owner is under way on this node; wait until it has ended"
  [ -f "$LEASES" ] && [ ! -h "$LEASES" ] ||
    fail not-a-file "there is no leases file '$LEASES' to write the state to"
  read_service
  [ "$service" != unknown ] ||
    fail missing "cannot tell whether dhcpd runs: '$STATUS' cannot be run"
  ran=$service
  clock
  stopped_at=$now
  stop_service || fail_why
  state_written=yes
  append_state "$2" || state_written=
  if [ "$ran" = running ] || [ "$1" = start ]; then
    state_kind=$why_kind state_why=$why
    if ! start_service; then
      [ -n "$state_written" ] && fail_why
      fail "$why_kind" "$why; and before that, $state_why"
    fi
    why_kind=$state_kind why=$state_why
  fi
  [ -n "$state_written" ] || fail_why
  say stopped-at "$stopped_at"
}

# A block behind a torn entry would be read as part of it. dhcpd itself writes the file anew when it
# starts, without what is torn.
append_state() {
  # shellcheck disable=SC2046
  set -- "$1" $(awk "$merge_program" pass=1 "$LEASES" pass=2 /dev/null pass=3 /dev/null)
  if [ "${2:-0}" -ne "${3:-1}" ]; then
    because failed "the last entry of '$LEASES' is torn; start dhcpd, which takes it out, and try \
again"
    return 1
  fi
  try "cannot write the state to '$LEASES'" write_state "$1"
}

write_state() { printf '\n%s\n' "$1" >>"$LEASES" && flush "$LEASES"; }
