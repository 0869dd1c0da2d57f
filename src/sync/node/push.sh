# shellcheck shell=sh
# The steps of a push up to its confirmation. Each can be repeated: one that has been done already
# is done again without harm, or answers as it did.

# step_stage PUSH GENERATION BYTES, then for each file PATH MODE PRESENT-SHA256, and for its contents
# and then its check contents SENT SHA256 HEAD TAIL: so many bytes come on standard input, one piece
# after the other. What is not sent is taken from the file that is there, whose digest is
# PRESENT-SHA256 (-: from none): HEAD blocks from its front, TAIL bytes from its end. No check contents
# (-1) where `dhcpd -t` is given the file itself.
step_stage() {
  input_waits=1
  enter_state
  read_lock && [ "$l_id" = "$1" ] || fail stale "this node is not locked for push '$1'"
  write_beat
  if read_record; then
    [ "$p_id" = "$1" ] ||
      fail stale "push '$p_id' of $p_owner is on this node and has not ended; end it first"
    case $p_phase in
      staging | staged)
        clean_staged
        rm -rf "$STATE/generations/$p_to"
        ;;
      *) fail stale "push '$1' is beyond staging on this node" ;;
    esac
  fi
  rm -rf "$STATE/push"
  stage_push=$1
  stage_generation=$2
  input_bytes=$3
  shift 3
  stage_set "$@" && return 0
  # As if nothing had been: the disk may be full, so nothing is written.
  clean_staged
  rm -rf "$STATE/push" "$STATE/generations/$p_to.new"
  [ "$p_to" -gt "$p_from" ] && rm -rf "$STATE/generations/$p_to"
  fail_why
}

stage_set() {
  p_id=$stage_push p_owner=$l_owner p_phase=staging
  paths=$(staged_paths "$@")
  # shellcheck disable=SC2086
  check_places $paths && need_no_lost_leases && number_generations || return 1
  try "cannot make the folder '$STATE/push'" mkdir "$STATE/push" || return 1
  try "cannot write to '$STATE/push'" put "$STATE/push/paths" "$paths$nl" || return 1
  write_record || return 1
  # For the way back on a full disk.
  try "cannot write to '$STATE/push'" reserve_room || return 1
  # shellcheck disable=SC2086
  keep_present $paths && receive_input && write_staged "$@" && make_generation "$@" &&
    copy_leases || return 1
  # shellcheck disable=SC2086
  set -- $paths
  for path; do
    staged_name "$path"
    folder_of "$path"
    set -- "$@" "$staged" "$folder"
    shift
  done
  flush "$@"
  rm -f "$STATE/push/input"
  p_phase=staged
  write_record
}

staged_paths() {
  while [ $# -ge 11 ]; do
    printf '%s\n' "$1"
    shift 11
  done
}

reserve_room() { dd if=/dev/zero of="$STATE/push/room" bs=4096 count=4; }

# Only plain files are replaced. The folder of dhcpd.conf shows that dhcpd is installed; others are
# made beside it.
check_places() {
  folder_of "$CONF"
  [ -d "$folder" ] || {
    because missing "there is no folder '$folder' for '${CONF##*/}'; is dhcpd installed?"
    return 1
  }
  for path; do
    kind_of "$path"
    case $kind in
      symlink)
        because not-a-file "'$path' is a symbolic link; put a regular file there, or name where it \
leads under 'paths:'"
        return 1
        ;;
      other)
        because not-a-file "'$path' is no regular file; move it away"
        return 1
        ;;
    esac
    folder_of "$path"
    [ -d "$folder" ] || try "cannot make the folder '$folder'" make_folder "$folder" || return 1
  done
}

# With all that lead to it, for dhcpd under its own account must get there.
make_folder() { (umask 022 && mkdir -p "$1"); }

# A node that served before and has no leases file needs a person, before anything is touched.
need_no_lost_leases() {
  [ -f "$LEASES" ] && return 0
  read_current
  [ "$current" -eq 0 ] || need_leases
}

# The generation before and the new one. Where the files are not those of the generation in force
# (a first push, an edit by hand), what is there now becomes a generation of its own.
number_generations() {
  read_current
  generation_numbers
  highest=${numbers%%"$nl"*}
  [ -n "$highest" ] || highest=0
  # shellcheck disable=SC2086
  describe $paths || return 1
  before=$described
  p_from=$current
  p_drift=0
  if [ "$current" -eq 0 ]; then
    p_drift=1
  elif ! same_files "$STATE/generations/$current/manifest"; then
    p_drift=1
    p_from=$((highest + 1))
    highest=$p_from
  fi
  p_to=$((highest + 1))
  # Both nodes of a pair count alike.
  [ "$p_to" -ge "$stage_generation" ] || p_to=$stage_generation
}

# Whether each path of `before` is in a manifest with the same digest, or absent in both. What is
# neither listed nor there is no difference.
same_files() {
  [ -f "$1" ] || return 1
  same_rest=$before
  while [ -n "$same_rest" ]; do
    read_row "${same_rest%%"$nl"*}"
    same_rest=${same_rest#*"$nl"}
    [ -n "$row_path" ] || continue
    wanted="$row_kind $row_sha"
    wanted_path=$row_path
    found='none -'
    while read -r other_row; do
      read_row "$other_row"
      [ "$row_path" != "$wanted_path" ] || found="$row_kind $row_sha"
    done <"$1"
    [ "$found" = "$wanted" ] || return 1
  done
}

# The files as they are, by link. An edit in place would change both names; commit notices it.
keep_present() {
  try "cannot write to '$STATE/push'" mkdir -p "$STATE/push/before" || return 1
  set_how='link'
  kept_rest=$before
  while [ -n "$kept_rest" ]; do
    read_row "${kept_rest%%"$nl"*}"
    kept_rest=${kept_rest#*"$nl"}
    [ "$row_kind" = file ] || continue
    ln "$row_path" "$STATE/push/before/$row_number" 2>/dev/null ||
      try "cannot keep a copy of '$row_path'" cp -p "$row_path" "$STATE/push/before/$row_number" ||
      return 1
  done
  try "cannot write to '$STATE/push'" put "$STATE/push/before/manifest" "$before"
}

receive_input() {
  try "cannot receive the files" save_input || return 1
  arrived=$(wc -c <"$STATE/push/input") || arrived=0
  [ $((arrived)) -eq "$input_bytes" ] && return 0
  because failed "only $((arrived)) of $input_bytes bytes arrived; the connection was cut or the \
disk is full"
}

# Where nothing is sent, what stands on standard input is not ours.
save_input() {
  if [ "$input_bytes" -eq 0 ]; then
    printf '' >"$STATE/push/input"
  else
    cat >"$STATE/push/input"
  fi
}

# compose FILE SENT HEAD TAIL PRESENT: a file from the piece of the input at `offset` and from what
# is present. The input goes by whole blocks, then the rest byte by byte. Offsets are multiples of the
# block, so no byte is read twice.
compose() {
  rm -f "$1"
  printf '' >"$1" || return 1
  # Some dd take a count of 0 for everything.
  [ "$3" -eq 0 ] || dd if="$5" of="$1" bs=4096 count="$3" || return 1
  sent_blocks=$(($2 / 4096))
  sent_rest=$(($2 % 4096))
  [ "$sent_blocks" -eq 0 ] ||
    dd if="$STATE/push/input" bs=4096 skip=$((offset / 4096)) count="$sent_blocks" >>"$1" || return 1
  [ "$sent_rest" -eq 0 ] ||
    dd if="$STATE/push/input" bs=1 skip=$((offset + sent_blocks * 4096)) count="$sent_rest" >>"$1" ||
    return 1
  [ "$4" -eq 0 ] || tail -c "$4" "$5" >>"$1"
}

# Whether a path had this digest when it was looked at.
had_digest() { # PATH SHA256
  case $nl$(plain_rows "$before")$nl in
    *"${nl}file $2 $1$nl"*) return 0 ;;
  esac
  because stale "'$1' was changed on this node since it was compared; push again"
  return 1
}

write_staged() {
  written=
  digests_wanted=
  offset=0
  while [ $# -ge 11 ]; do
    staged_name "$1"
    check_name "$1"
    [ "$3" = - ] || had_digest "$1" "$3" || return 1
    write_piece "$staged" "$1" "$2" "$4" "$5" "$6" "$7" || return 1
    if [ "$8" -ge 0 ]; then
      write_piece "$checked" "$1" "$2" "$8" "$9" "${10}" "${11}" || return 1
    else
      rm -f "$checked"
      try "cannot write '$checked'" ln "$staged" "$checked" || return 1
    fi
    shift 11
  done
  # shellcheck disable=SC2086
  verify_digests $digests_wanted -- $written
}

write_piece() { # FILE PATH MODE SENT SHA256 HEAD TAIL
  try "cannot write '$1'" compose "$1" "$4" "$6" "$7" "$2" || return 1
  offset=$(((offset + $4 + 4095) / 4096 * 4096))
  dress "$1" "$2" "$3" || return 1
  written="$written $1"
  digests_wanted="$digests_wanted $5"
}

# verify_digests DIGEST... -- FILE...
verify_digests() {
  verify_list=
  while [ "$1" != -- ]; do
    verify_list="$verify_list$1 "
    shift
  done
  shift
  read_digests "$@" || return 1
  for verify_path; do
    next_digest
    [ "$digest" = "${verify_list%% *}" ] || {
      because failed "'$verify_path' did not arrive whole; the disk may be failing"
      return 1
    }
    verify_list=${verify_list#* }
  done
}

# Owner, mode and context of a new file: those of the one it replaces, but never more open than was
# asked for. A new one that only its group may read is given to the group of dhcpd's account.
dress() { # NEW OLD MODE
  if [ -f "$2" ]; then
    dress_line=$(ls -ldn "$2") || dress_line=
    read_attributes "$dress_line"
    [ "$uid:$gid" = "$(id -u):$(id -g)" ] ||
      try "cannot give '$1' to the owner of '$2'" chown "$uid:$gid" "$1" || return 1
    and_modes "$mode" "$3"
  else
    mode=$3
    case $3 in
      *[4567]0)
        dress_group=$(id -gn "$ACCOUNT" 2>/dev/null) && chgrp "$dress_group" "$1" 2>/dev/null
        ;;
    esac
  fi
  try "cannot set the mode of '$1'" chmod "$mode" "$1" || return 1
  give_context "$1" "$2"
}

# Sets mode to the bits that both modes of three octal digits have. Digit by digit, since shells do
# not agree on whether 0644 is octal.
and_modes() {
  mode=$((${1%??} & ${2%??}))
  and_one=${1#?}
  and_two=${2#?}
  mode=$mode$((${and_one%?} & ${and_two%?}))$((${and_one#?} & ${and_two#?}))
}

# The new generation: its own copies, for a link to the files in place would follow edits in place.
# A file that the generation before has as well is linked to that.
make_generation() {
  made=$STATE/generations/$p_to.new
  rm -rf "$made" "$STATE/generations/$p_to"
  try "cannot make the folder '$made'" mkdir "$made" || return 1
  manifest=
  number=0
  while [ $# -ge 11 ]; do
    staged_name "$1"
    made_line=$(ls -ldn "$staged") || made_line=
    read_attributes "$made_line"
    keep_copy "$5" "$staged" "$made/$number" || return 1
    manifest="${manifest}file $number $5 $mode $uid $gid $bytes $1$nl"
    number=$((number + 1))
    shift 11
  done
  clock
  try "cannot write to '$made'" put "$made/manifest" "$manifest" &&
    try "cannot write to '$made'" put "$made/meta" "push $p_id
made-at $now
made-by $p_owner
confirmed 0
" && try "cannot make generation $p_to" mv "$made" "$STATE/generations/$p_to" || return 1
  flush "$STATE/generations"
}

# keep_copy SHA256 FILE TO, with mode, uid and gid of the file
keep_copy() {
  if [ -f "$STATE/generations/$current/manifest" ]; then
    while read -r copy_row; do
      read_row "$copy_row"
      [ "$row_kind $row_sha $row_mode $row_uid $row_gid" = "file $1 $mode $uid $gid" ] || continue
      read_digests "$STATE/generations/$current/$row_number" && next_digest
      [ "$digest" = "$1" ] && ln "$STATE/generations/$current/$row_number" "$3" 2>/dev/null &&
        return 0
    done <"$STATE/generations/$current/manifest"
  fi
  try "cannot keep a copy for generation $p_to" cp -p "$2" "$3" && flush "$3"
}

# step_check PUSH: what the node's dhcpd says to the staged files.
step_check() {
  enter_state
  require_push "$1"
  [ "$p_phase" = staged ] || fail stale "the files of push '$1' are not staged any more"
  write_beat
  has "$DHCPD" || fail missing "there is no dhcpd at '$DHCPD'; 'dhcpd' of 'paths:' names another place"
  check_name "$CONF"
  messages=$("$DHCPD" -4 -t -cf "$checked" </dev/null 2>&1)
  check_status=$?
  case $messages in
    *"Can't open"*"Permission denied"*)
      denied=${messages#*"Can't open "}
      fail not-permitted "dhcpd may not read '${denied%%: *}' though it is there: is it confined by \
AppArmor or SELinux?"
      ;;
  esac
  say status "$check_status"
  # Not more than a person reads.
  block messages "$(printf '%s\n' "$messages" | head -n 2000)"
}

# step_arm PUSH LIMIT 0|1 SHA256: whether the watchdog may restart dhcpd, and the digest of its
# script, which is on standard input.
step_arm() {
  input_waits=1
  enter_state
  require_push "$1"
  write_beat
  case $p_phase in
    staged | committed) ;;
    *) fail stale "push '$1' needs no watchdog any more" ;;
  esac
  try "cannot write the watchdog" save_watchdog || fail_why
  read_digests "$STATE/push/watchdog.sh" || fail_why
  next_digest
  [ "$digest" = "$4" ] || fail failed "the watchdog's script did not arrive whole"
  p_limit=$2
  p_may_restart=$3
  p_armed_at=$now
  write_record || fail_why
  read_watch
  [ "$watched" = 1 ] && return 0
  rm -f "$STATE/push/watchdog"
  start_watchdog
  for _tries in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
    read_watch
    [ "$watched" = 1 ] && return 0
    nap
  done
  fail failed "the watchdog did not start; without it a node cut off would keep bad files"
}

save_watchdog() {
  cat >"$STATE/push/watchdog.sh.new" && flush "$STATE/push/watchdog.sh.new" &&
    mv -f "$STATE/push/watchdog.sh.new" "$STATE/push/watchdog.sh"
}

# Away from this session, deaf to its end, and without its files. logind may end what a session leaves behind, so
# under systemd it is a unit of its own.
start_watchdog() {
  watchdog_script=$STATE/push/watchdog.sh
  if [ -d /run/systemd/system ] && has systemd-run &&
    systemd-run --quiet --collect --no-ask-password \
    --unit="dhcpair-watchdog-$$" --property=KillMode=process --setenv="PATH=$PATH" \
    sh "$watchdog_script" </dev/null >/dev/null 2>&1; then
    return 0
  fi
  (
    trap '' HUP
    cd / && exec sh "$watchdog_script" </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- \
      8>&- 9>&-
  ) &
}

# step_beat PUSH: good from the lock on.
step_beat() {
  read_lock && [ "$l_id" = "$1" ] || fail stale "this node is not locked for push '$1' any more"
  if read_record; then
    case $p_phase in
      rolling-back | rolled-back) fail stale "push '$1' was taken back on this node" ;;
    esac
  fi
  write_beat
  step_look
}

# step_commit PUSH
step_commit() {
  enter_state
  require_push "$1"
  case $p_phase in
    staged) ;;
    committed | ready | confirmed) return 0 ;;
    *) fail stale "push '$1' was cut off on this node; it can only be taken back" ;;
  esac
  write_beat
  read_watch
  [ "$watched" = 1 ] || fail failed "no watchdog looks after push '$1'"
  check_unchanged || fail_why
  # From here on dhcpd may be started on the new files by a reboot, so what ran is noted now.
  read_service
  p_ran=$service
  p_phase=committing
  write_record || fail_why
  if put_in_place && boot_is_understood; then
    p_phase=committed
    write_record && return 0
  fi
  commit_kind=$why_kind commit_why=$why
  take_back || fail "$why_kind" "$commit_why; and going back failed: $why"
  fail "$commit_kind" "$commit_why; the old files are in place again"
}

# Nobody has changed what is replaced since it was looked at, or what replaces it.
check_unchanged() {
  # shellcheck disable=SC2046
  describe $(cat "$STATE/push/paths") || return 1
  present=$(plain_rows "$described")
  { read_set "$STATE/push/before" && [ "$present" = "$set_rows" ]; } || {
    because failed "somebody changed the files on this node since they were staged; look at what \
they are now and push again"
    return 1
  }
  set --
  wanted=
  while read -r row; do
    read_row "$row"
    staged_name "$row_path"
    [ -f "$staged" ] || {
      because failed "'$staged' is gone; push again"
      return 1
    }
    set -- "$@" "$staged"
    wanted="$wanted $row_sha"
  done <"$STATE/generations/$p_to/manifest"
  # shellcheck disable=SC2086
  verify_digests $wanted -- "$@"
}

read_set() {
  set_text=$(cat "$1/manifest") || return 1
  set_rows=$(plain_rows "$set_text")
}

# Kind, digest and path of manifest lines, to be compared.
plain_rows() {
  plain_rest=$1$nl
  while [ -n "$plain_rest" ]; do
    read_row "${plain_rest%%"$nl"*}"
    plain_rest=${plain_rest#*"$nl"}
    [ -n "$row_path" ] || continue
    printf '%s %s %s\n' "$row_kind" "$row_sha" "$row_path"
  done
}

put_in_place() {
  touched=
  while read -r row; do
    read_row "$row"
    staged_name "$row_path"
    check_name "$row_path"
    rm -f "$checked"
    try "cannot put '$row_path' into its place" mv -f "$staged" "$row_path" </dev/null || return 1
    folder_of "$row_path"
    touched="$touched $row_path $folder"
  done <"$STATE/generations/$p_to/manifest"
  # shellcheck disable=SC2086
  flush $touched
}

# step_restart PUSH: answers with the clock just before the stop.
step_restart() {
  enter_state
  require_push "$1"
  case $p_phase in
    committed | ready) ;;
    *) fail stale "the files of push '$1' are not in place" ;;
  esac
  write_beat
  read_service
  if [ "$p_stopped_at" -gt 0 ] && [ "$service" = running ] && [ "$p_restarted" = 1 ]; then
    say stopped-at "$p_stopped_at"
    return 0
  fi
  # On disk before dhcpd is touched, so that every way back knows of it.
  if [ "$p_restarted" = 0 ]; then
    p_restarted=1
    write_record || fail_why
    first_restart=1
  else
    first_restart=0
  fi
  clock
  stopped_at=$now
  stop_service || fail_why
  # The last word of the old configuration: what it has leased until now.
  [ "$first_restart" = 0 ] || copy_leases || fail_why
  start_service || fail_why
  p_stopped_at=$stopped_at
  write_record || fail_why
  write_beat
  say stopped-at "$stopped_at"
}

# step_ready PUSH LIMIT 0|1: the last says that dhcpd should be restarted on these files and was not.
step_ready() {
  enter_state
  require_push "$1"
  case $p_phase in
    committed) ;;
    ready | confirmed) return 0 ;;
    *) fail stale "the files of push '$1' are not in place" ;;
  esac
  write_beat
  read_watch
  [ "$watched" = 1 ] || fail failed "no watchdog looks after push '$1' any more"
  p_phase=ready
  p_ready_at=$now
  p_ready_limit=$2
  p_pending=$3
  write_record || fail_why
}

# step_confirm PUSH: the record is the commit point; the rest follows from it.
step_confirm() {
  enter_state
  if ! read_record && is_in_force "$1"; then
    return 0
  fi
  require_push "$1"
  case $p_phase in
    ready) ;;
    confirmed) ;;
    *) fail stale "push '$1' is not ready on this node" ;;
  esac
  p_phase=confirmed
  write_record || fail_why
  settle_generation || fail_why
}

# Whether the generation in force is of this push.
is_in_force() {
  read_current
  force_push=
  [ "$current" -gt 0 ] && [ -f "$STATE/generations/$current/meta" ] &&
    { read -r _force_key force_push <"$STATE/generations/$current/meta"; } 2>/dev/null
  [ -n "$force_push" ] && [ "$force_push" = "$1" ]
}

# What the confirmed record says, where others look for it.
settle_generation() {
  read_current
  [ "$current" != "$p_to" ] || return 0
  made=$STATE/generations/$p_to
  meta=$(sed 's/^confirmed 0$/confirmed 1/' "$made/meta")
  # Whoever looks while the other node is away must know that this one is ahead of it.
  [ "$p_may_restart" = 1 ] || meta="$meta${nl}alone 1"
  try "cannot write '$made/meta'" put "$made/meta" "$meta$nl" || return 1
  # Whoever looks later must know that dhcpd runs on older files than these.
  if [ "$p_pending" = 1 ]; then
    read_service
    [ "$service" = stopped ] ||
      try "cannot write '$STATE/restart-pending'" put "$STATE/restart-pending" "$p_to$nl" || return 1
  fi
  # Last, for it says that all of this is done.
  try "cannot write '$STATE/current'" put "$STATE/current" "$p_to$nl"
}
