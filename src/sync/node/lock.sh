# shellcheck shell=sh
# The lock of a node: who is changing it. Its heartbeat and its age go by the node's own clock.

# step_lock PUSH OWNER 0|1: the last says that a lock of somebody else is to be taken over. One that
# has been left (no heartbeat for a minute, no watchdog that will still act) is taken over anyway.
step_lock() {
  enter_state
  clean_leftovers
  if [ "$3" != 1 ] && is_held && [ "$l_id" != "$1" ]; then
    [ "$watched" = 0 ] ||
      fail locked "$l_owner has a push on this node under way; it ends or is taken back within \
$((deadline > now ? deadline - now : 0)) s"
    fail locked "$l_owner is changing this node, last heard of $((now - beat)) s ago; wait, or take \
over with --steal-lock"
  fi
  write_beat
  try "cannot lock the node" put "$STATE/lock" "$1 $2$nl" || fail_why
}

# Whether somebody is changing this node: heard of within a minute, or with a watchdog that will
# still act. Sets l_id, l_owner, now, beat, watched and deadline.
is_held() {
  read_lock || return 1
  clock
  read_record || p_phase=
  read_watch
  case $p_phase in '' | confirmed | rolled-back) watched=0 ;; esac
  [ "$watched" = 1 ] || [ $((now - beat)) -le 60 ]
}

# step_unlock PUSH: somebody else's lock stays.
step_unlock() {
  enter_state
  read_lock && [ "$l_id" = "$1" ] && remove_lock
  return 0
}

remove_lock() {
  rm -f "$STATE/lock" "$STATE/beat"
  flush "$STATE"
}

# What a step left that was cut off by a crash of the node.
clean_leftovers() {
  set +f
  rm -rf "$STATE"/push.old.* "$STATE"/beat.[0-9]* "$STATE"/mutex.dead.* "$STATE"/*.new "$STATE"/generations/*.new
  set -f
  [ -d "$STATE/push" ] && ! read_record && rm -rf "$STATE/push"
  return 0
}

# step_record LINE: to the node's own log of pushes. One write, so that lines stay whole.
step_record() {
  [ -d "$STATE" ] || try "cannot make the folder '$STATE'" mkdir -p "$STATE" || fail_why
  try "cannot write '$STATE/audit.log'" append_record "$(date -u '+%Y-%m-%dT%H:%M:%SZ') $1" ||
    fail_why
}

append_record() { printf '%s\n' "$1" >>"$STATE/audit.log"; }
