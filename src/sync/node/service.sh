# shellcheck shell=sh
# dhcpd itself: whether it runs, stopping it until it is gone, starting it until it stays.

# How long a command that drives dhcpd may take.
service_seconds=60

# What drives dhcpd must neither wait for us nor keep our connection open, nor hold up the way back.
# Returns the command's status, 143 or 137 for one that had to be ended.
run_detached() {
  "$@" </dev/null >"$service_said" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
  run_pid=$!
  end_when_late "$run_pid" </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
  late_pid=$!
  while :; do
    wait "$run_pid"
    run_status=$?
    # A signal that we caught ends the waiting, not the command.
    [ "$run_status" -gt 128 ] && kill -0 "$run_pid" 2>/dev/null || break
  done
  kill "$late_pid" 2>/dev/null
  wait "$late_pid" 2>/dev/null
  return "$run_status"
}

end_when_late() {
  late_nap=
  trap - EXIT
  trap 'kill "$late_nap" 2>/dev/null; exit 0' TERM
  sleep "$service_seconds" &
  late_nap=$!
  wait "$late_nap" || exit 0
  kill "$1"
  sleep 1
  kill -9 "$1"
}

# Whether the process that the pid file names is a running dhcpd.
pid_file_runs() {
  dhcpd_pid=
  [ -r "$PIDFILE" ] && { read -r dhcpd_pid <"$PIDFILE"; } 2>/dev/null
  is_number "$dhcpd_pid" && kill -0 "$dhcpd_pid" 2>/dev/null || return 1
  program=
  if [ -r "/proc/$dhcpd_pid/comm" ]; then
    { read -r program <"/proc/$dhcpd_pid/comm"; } 2>/dev/null
  else
    program=$(ps -o comm= -p "$dhcpd_pid" 2>/dev/null)
    program=${program##*/}
  fi
  # Some systems cut the name off, or show an interpreter's.
  case $program in
    '' | dhcpd* | "${DHCPD##*/}") return 0 ;;
  esac
  return 1
}

# Sets service to running, stopped or unknown.
read_service() {
  if [ -z "$STATUS" ]; then
    service=stopped
    pid_file_runs && service=running
    return 0
  fi
  sh -c "$STATUS" </dev/null >/dev/null 2>&1
  case $? in
    0)
      service=running
      # An init script's unit stays active when its daemon has died.
      [ -s "$PIDFILE" ] && ! pid_file_runs && service=stopped
      ;;
    126 | 127) service=unknown ;;
    *)
      service=stopped
      pid_file_runs && service=running
      ;;
  esac
  return 0
}

# await_service STATE SECONDS
await_service() {
  awaited=0
  while :; do
    read_service
    [ "$service" = "$1" ] && return 0
    [ "$awaited" -ge $(($2 * 5)) ] && return 1
    awaited=$((awaited + 1))
    nap
  done
}

# What the last run_detached wrote, as the end of a message, less what dhcpd says whenever it starts
# and whenever it ends.
service_words() {
  words=$(sed -e '/^Internet Systems Consortium/,/^For info/d' -e '/^If you think you have/,$d' \
    "$service_said" 2>/dev/null | tail -n 5)
  one_line "$words"
  words=${line:+: $line}
}

open_service_log() {
  service_said=$STATE/service.out
  { printf '' >"$service_said"; } 2>/dev/null || service_said=/dev/null
}

# Returns when dhcpd is gone. Also run where it seems stopped: a manager may be about to start it.
stop_service() {
  open_service_log
  if [ -n "$STOP" ]; then
    run_detached sh -c "$STOP"
  elif pid_file_runs; then
    kill "$dhcpd_pid" 2>/dev/null
  fi
  await_service stopped 20 && return 0
  if [ "$service" = unknown ]; then
    because missing "cannot tell whether dhcpd runs: '$STATUS' cannot be run"
  elif [ -z "$STOP" ] && kill -9 "$dhcpd_pid" 2>/dev/null && await_service stopped 5; then
    return 0
  else
    service_words
    because service "dhcpd still runs after '${STOP:-kill $dhcpd_pid}'$words"
  fi
}

# dhcpd does not start without a leases file, and with an empty one it comes up in recover. So an
# empty one is made only on a node that has never had a generation of ours in force.
need_leases() {
  [ -f "$LEASES" ] && return 0
  if [ -h "$LEASES" ] || [ -e "$LEASES" ]; then
    because not-a-file "the leases file '$LEASES' is no file"
    return 1
  fi
  read_current
  if [ "$current" -gt 0 ]; then
    because missing "there is no leases file '$LEASES', and this node has served before: find it \
(is the disk mounted? is there a '$LEASES~'?), or make an empty one, with which the node waits in \
recover for MCLT"
    return 1
  fi
  folder_of "$LEASES"
  [ -d "$folder" ] || {
    because missing "there is no folder '$folder' for the leases file; is dhcpd installed?"
    return 1
  }
  try "cannot make an empty '$LEASES'" put "$LEASES" '' || return 1
  chown "$ACCOUNT" "$LEASES" 2>/dev/null
  chmod 644 "$LEASES" 2>/dev/null
  give_context "$LEASES" "$folder"
}

# Returns when dhcpd has been running for a while: bad files and taken ports end it at once, and an
# init script may have said that all is well by then.
start_service() {
  need_leases || return 1
  read_service
  ran_before=$service
  open_service_log
  if [ -n "$START" ]; then
    # A drop-in of the unit may be among the files that were put into place, or back.
    case $START in *systemctl*) systemctl daemon-reload >/dev/null 2>&1 ;; esac
    run_detached sh -c "$START"
  elif ! has "$DHCPD"; then
    because missing "there is no dhcpd at '$DHCPD'; 'dhcpd' of 'paths:' names another place"
    return 1
  elif ! pid_file_runs; then
    # shellcheck disable=SC2086 # Names of interfaces, none with a blank.
    run_detached "$DHCPD" -4 -cf "$CONF" -lf "$LEASES" -pf "$PIDFILE" $INTERFACES
  fi
  start_status=$?
  case $start_status in
    143 | 137)
      service_words
      because service "'${START:-$DHCPD}' did not end within $service_seconds s$words"
      return 1
      ;;
  esac
  if [ "$start_status" -ne 0 ]; then
    service_words
    because service "dhcpd does not start: '${START:-$DHCPD}' ended with $start_status$words"
    return 1
  fi
  if await_service running 10; then
    sleep 1
    sleep 1
    read_service
  fi
  if [ "$service" = running ]; then
    # One that ran already goes on as it was.
    [ "$ran_before" = running ] || rm -f "$STATE/restart-pending"
    return 0
  fi
  service_words
  because service "dhcpd was started and does not stay$words; its log on the node tells more"
}
