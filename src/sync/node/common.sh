# shellcheck shell=sh
# What every step on a node stands on. Each call sends these files whole, so a node keeps nothing
# of them but a watchdog's own copy. Only POSIX utilities are used, besides `date +%s` and what is
# asked for with command -v. The settings in capitals are written above this text by
# sync/node_script.cc, quoted.
#
# A function that can fail sets why_kind and why, and returns 1; only steps (step_*) end the shell.

set -fu
umask 077
LC_ALL=C
export LC_ALL
IFS=' 	
'
nl='
'
# Appended, so that what the node's own PATH names wins.
PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
export PATH
# Caught, not ignored: dhcpair or its connection may die, the step goes on to its end, and what it
# starts gets the default back.
trap : HUP PIPE

why_kind=failed
why=
mutex_held=
input_waits=

# ---- the answer: everything between two lines with the caller's nonce

say() { printf '%s %s\n' "$1" "$2"; }

# block NAME TEXT
block() {
  block_bytes=$(printf '%s' "$2" | wc -c)
  printf 'block %s %s\n%s\n' "$1" $((block_bytes)) "$2"
}

# block_of_file NAME FILE
block_of_file() {
  block_bytes=$(wc -c <"$2") || block_bytes=0
  printf 'block %s %s\n' "$1" $((block_bytes))
  cat "$2"
  printf '\n'
}

# Ends the step. KIND is a word of sync/reply.cc.
fail() {
  one_line "$2"
  # Who sends a long input must not find its way blocked before it can read the answer.
  [ -z "$input_waits" ] || cat >/dev/null 2>&1
  printf 'error %s %s\n' "$1" "$line"
  exit 0
}

fail_why() { fail "$why_kind" "$why"; }

end_answer() {
  release_mutex
  printf 'dhcpair-end %s\n' "$NONCE"
}

# run_step FUNCTION ARGUMENT...
run_step() {
  printf '\ndhcpair-begin %s\n' "$NONCE"
  trap end_answer EXIT
  trap 'exit 1' INT TERM
  "$@"
  printf 'ok\n'
}

# ---- words

because() {
  why_kind=$1
  why=$2
  return 1
}

# Sets line to a text without line breaks and runs of blanks.
one_line() {
  # shellcheck disable=SC2086 # Split on purpose; set -f keeps names from being expanded.
  set -- $1
  line="$*"
}

is_number() {
  case $1 in
    '' | *[!0-9]*) return 1 ;;
  esac
}

# Says why a command failed, by what it wrote: because_of WHAT TEXT
because_of() {
  case $2 in
    *'No space left on device'* | *'uota exceeded'*)
      because no-space "$1: the disk is full; make room and try again"
      ;;
    *'Read-only file system'*)
      because not-permitted "$1: the file system is read-only"
      ;;
    *'Permission denied'* | *'Operation not permitted'*)
      because not-permitted "$1: permission denied; log in as root, or set 'become:' under 'ssh:'"
      ;;
    *)
      one_line "$2"
      because failed "$1${line:+: $line}"
      ;;
  esac
}

# try WHAT COMMAND...: runs a command for its effect on files.
try() {
  try_what=$1
  shift
  try_said=$("$@" 2>&1 >/dev/null) || because_of "$try_what" "$try_said"
}

clock() {
  now=$(date +%s)
  is_number "$now" || now=0
}

# A moment: not every sleep takes fractions.
nap() { sleep 0.2 2>/dev/null || sleep 1; }

# On disk, before what comes next. An old sync takes no names and writes everything.
flush() { sync "$@" 2>/dev/null || sync; }

has() { command -v "$1" >/dev/null 2>&1; }

# Sets folder to the folder of a path.
folder_of() {
  folder=${1%/*}
  [ -n "$folder" ] || folder=/
}

# ---- digests

# Prints a line for each file, its SHA-256 first. For large files openssl is the fastest where it is,
# for it uses what the processor has for that; for others it starts too slowly.
digests() {
  if has openssl && [ -n "$(find "$@" -size +2048 2>/dev/null)" ]; then
    openssl dgst -sha256 -r "$@"
  elif has sha256sum; then
    sha256sum "$@"
  elif has sha256; then
    sha256 -r "$@"
  elif has shasum; then
    shasum -a 256 "$@"
  elif has openssl; then
    openssl dgst -sha256 -r "$@"
  else
    cksum -a sha256 "$@"
  fi
}

# Sets digest_list to the lines for these files, which next_digest takes one by one.
read_digests() {
  digest_list=
  [ $# -eq 0 ] && return 0
  digest_list=$(digests "$@" 2>/dev/null) && return 0
  if has sha256sum || has sha256 || has shasum || has openssl; then
    because_of "cannot read the files" "$(digests "$@" 2>&1 >/dev/null)"
  else
    because missing "cannot take SHA-256 digests: one of sha256sum, sha256, shasum or openssl is \
needed"
  fi
}

next_digest() {
  digest=${digest_list%%"$nl"*}
  digest_list=${digest_list#*"$nl"}
  digest=${digest%% *}
}

# ---- processes, so named that a later process of the same number is another one

# Sets mark to what tells this process from all others, empty where it does not run.
mark_process() {
  mark=
  is_number "$1" || return 0
  kill -0 "$1" 2>/dev/null || return 0
  mark_line=
  if [ -r "/proc/$1/stat" ]; then
    { read -r mark_line <"/proc/$1/stat"; } 2>/dev/null
    mark_pid=$1
    # The name in parentheses may hold blanks; the start in clock ticks is field 22.
    # shellcheck disable=SC2086
    set -- ${mark_line##*') '}
    # Dead, and only not yet buried by its parent.
    case ${1:-} in Z | X) return 0 ;; esac
    [ $# -ge 20 ] && shift 19
    mark_boot=
    { read -r mark_boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
    mark="$mark_pid:${1:-}:$mark_boot"
  else
    mark_line=$(ps -o args= -p "$1" 2>/dev/null)
    # shellcheck disable=SC2086
    mark=$(IFS=_ && set -f && set -- $1 $mark_line && printf '%s' "$*" | tr -c 'A-Za-z0-9_.:-' '_')
  fi
}

# Whether the process that had this mark still runs.
lives() {
  [ -n "$1" ] || return 1
  mark_process "${1%%[:_]*}"
  [ "$mark" = "$1" ]
}

# ---- one at a time: a symbolic link that names its owner, since making one is a single step that
# needs no room on a full disk

mutex_owner() {
  owner_line=$(ls -ld "$STATE/mutex" 2>/dev/null) || owner_line=
  owner=
  case $owner_line in
    *' -> '*) owner=${owner_line##* -> } ;;
  esac
}

# take_mutex SECONDS
take_mutex() {
  clock
  mark_process $$
  mutex_me="$mark@$now"
  mutex_waited=0
  while :; do
    mutex_said=$(ln -s "$mutex_me" "$STATE/mutex" 2>&1) && break
    mutex_owner
    if [ -z "$owner" ]; then
      [ -h "$STATE/mutex" ] || case $mutex_said in
        *exists*) ;;
        *)
          because_of "cannot write to '$STATE'" "$mutex_said"
          return 1
          ;;
      esac
    elif ! lives "${owner%@*}"; then
      bury_mutex && continue
    fi
    if [ "$mutex_waited" -ge $(($1 * 5)) ]; then
      because locked "another step of dhcpair has been at work on this node for $1 s (process \
${owner%%[:_]*}); try again later"
      return 1
    fi
    mutex_waited=$((mutex_waited + 1))
    nap
  done
  mutex_held=1
}

# The mutex of a dead process goes away. Of several who find it dead, one gets to do that; it looks
# again first, since the others may have been quicker.
bury_mutex() {
  dead=$owner
  burial=$STATE/mutex.dead.$dead
  if ! ln -s "$mutex_me" "$burial" 2>/dev/null; then
    # Whoever was at it may have died over it.
    burial_line=$(ls -ld "$burial" 2>/dev/null) || return 1
    burier=${burial_line##* -> }
    lives "${burier%@*}" || rm -f "$burial"
    return 1
  fi
  mutex_owner
  [ "$owner" = "$dead" ] && rm -f "$STATE/mutex"
  rm -f "$burial"
  return 0
}

release_mutex() {
  [ -n "$mutex_held" ] && rm -f "$STATE/mutex"
  mutex_held=
}

# ---- what lies in the state folder

# The folder itself, and the mutex: enter_state [SECONDS]
enter_state() {
  if [ -h "$STATE" ] || { [ -e "$STATE" ] && [ ! -d "$STATE" ]; }; then
    fail not-a-file "'$STATE' is no folder; dhcpair keeps its own files there ('state' of 'paths:')"
  fi
  [ -d "$STATE/generations" ] ||
    try "cannot make the folder '$STATE'" mkdir -p "$STATE/generations" || fail_why
  take_mutex "${1-30}" || fail_why
}

# Sets current to the generation that was confirmed last, 0 where none ever was.
read_current() {
  current=0
  if [ -f "$STATE/current" ]; then
    { read -r current <"$STATE/current"; } 2>/dev/null
    is_number "$current" || current=0
  fi
}

# put FILE TEXT: the whole text on disk, or the file as it was.
put() {
  # shellcheck disable=SC2015
  { printf '%s' "$2" >"$1.new"; } && flush "$1.new" && mv -f "$1.new" "$1" && {
    folder_of "$1"
    flush "$folder"
  }
}

# Reads the record of the push on this node into p_*; fails where there is none.
read_record() {
  p_id='' p_phase='' p_from=0 p_to=0 p_restarted=0 p_ran='' p_drift=0 p_limit=0 p_may_restart=1
  p_armed_at=0 p_ready_at=0 p_ready_limit=0 p_stopped_at=0 p_pending=0 p_owner=''
  [ -f "$STATE/push/record" ] || return 1
  {
    while read -r rec_key rec_value; do
      case $rec_key in
        id) p_id=$rec_value ;;
        phase) p_phase=$rec_value ;;
        from) p_from=$rec_value ;;
        to) p_to=$rec_value ;;
        restarted) p_restarted=$rec_value ;;
        ran) p_ran=$rec_value ;;
        drift) p_drift=$rec_value ;;
        limit) p_limit=$rec_value ;;
        may-restart) p_may_restart=$rec_value ;;
        armed-at) p_armed_at=$rec_value ;;
        ready-at) p_ready_at=$rec_value ;;
        ready-limit) p_ready_limit=$rec_value ;;
        stopped-at) p_stopped_at=$rec_value ;;
        pending) p_pending=$rec_value ;;
        owner) p_owner=$rec_value ;;
      esac
    done <"$STATE/push/record"
  } 2>/dev/null
  [ -n "$p_id" ]
}

# The record is one file, replaced whole: a crash leaves the old one or the new one.
write_record() {
  try "cannot write '$STATE/push/record'" put "$STATE/push/record" "id $p_id
phase $p_phase
from $p_from
to $p_to
restarted $p_restarted
ran $p_ran
drift $p_drift
limit $p_limit
may-restart $p_may_restart
armed-at $p_armed_at
ready-at $p_ready_at
ready-limit $p_ready_limit
stopped-at $p_stopped_at
pending $p_pending
owner $p_owner
"
}

read_lock() {
  l_id='' l_owner=''
  [ -f "$STATE/lock" ] || return 1
  { read -r l_id l_owner <"$STATE/lock"; } 2>/dev/null
  [ -n "$l_id" ]
}

# Sets beat to the time of the last heartbeat.
read_beat() {
  beat=0
  [ -f "$STATE/beat" ] && { read -r beat <"$STATE/beat"; } 2>/dev/null
  is_number "$beat" || beat=0
}

# Not flushed: after a power cut nobody waits for it. On a full disk the old one counts.
write_beat() {
  clock
  { printf '%s\n' "$now" >"$STATE/beat.$$"; } 2>/dev/null && mv -f "$STATE/beat.$$" "$STATE/beat" ||
    rm -f "$STATE/beat.$$"
}

# Sets watched to 1 where a live watchdog looks after the push of the record, and deadline to when
# it will act. The primary waits a minute longer (or as long again, where the limit is shorter), so
# that the pair does not restart at once.
read_watch() {
  watched=0
  watch_mark=
  if [ -f "$STATE/push/watchdog" ]; then
    { read -r watch_mark <"$STATE/push/watchdog"; } 2>/dev/null
    lives "$watch_mark" && watched=1
  fi
  read_beat
  [ "$beat" -ge "$p_armed_at" ] || beat=$p_armed_at
  deadline=$((beat + p_limit))
  [ "$p_phase" = ready ] && deadline=$((p_ready_at + p_ready_limit))
  [ "$ROLE" = primary ] && deadline=$((deadline + (p_limit < 60 ? p_limit : 60)))
  return 0
}

# The step of a push goes on only where the node has this push and its lock: require_push ID
require_push() {
  read_lock || fail stale "this node is not locked for push '$1' any more"
  [ "$l_id" = "$1" ] || fail stale "$l_owner has taken over this node with push '$l_id'"
  read_record || fail stale "push '$1' is not on this node any more"
  [ "$p_id" = "$1" ] || fail stale "push '$p_id' of $p_owner is on this node, not '$1'"
  case $p_phase in
    rolled-back | rolling-back) fail stale "push '$1' was taken back on this node" ;;
  esac
}
