# shellcheck shell=sh
# The way back that does not need dhcpair: a detached process on the node, which takes the push back
# when nobody has been heard of for too long. It keeps nothing in its memory that is not on disk.

log() { logger -t dhcpair -p daemon.warning -- "$1" 2>/dev/null; }

# watch PUSH
watch() {
  trap '' HUP
  trap release_mutex EXIT
  trap 'exit 1' INT TERM
  mark_process $$
  put "$STATE/push/watchdog" "$mark$nl" || exit 1
  while sleep_until_due "$1"; do
    # A step of dhcpair may be at work: it writes a heartbeat, or ends the push.
    take_mutex 3600 || continue
    if is_due "$1"; then
      fire
      exit 0
    fi
    release_mutex
  done
}

# Returns at the deadline; fails when there is nothing left to watch over.
sleep_until_due() {
  while :; do
    is_due "$1" && return 0
    is_watching "$1" || return 1
    due_in=$((deadline - now))
    [ "$due_in" -lt 5 ] || due_in=5
    [ "$due_in" -gt 1 ] || due_in=2
    sleep "$due_in" || return 1
  done
}

# Whether the push is still one to watch over.
is_watching() {
  read_record && [ "$p_id" = "$1" ] || return 1
  case $p_phase in
    staging | staged | committing | committed | ready) return 0 ;;
  esac
  return 1
}

is_due() {
  is_watching "$1" || return 1
  clock
  read_watch
  [ "$now" -ge "$deadline" ]
}

fire() {
  log "push $p_id of $p_owner: nothing heard of it, going back to the files before it"
  how=
  [ "$p_may_restart" = 1 ] && how=restart
  if ! take_back "$how"; then
    log "push $p_id: going back failed: $why; run dhcpair status"
  elif [ "$p_phase" = rolled-back ]; then
    log "push $p_id: went back"
  else
    log "push $p_id: the files are back; dhcpd was not restarted, since it serves alone"
  fi
}
