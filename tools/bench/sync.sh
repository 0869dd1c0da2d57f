#!/usr/bin/env bash
# Times `dhcpair push` beside bare ssh on a real pair, and prints ratios.
#
#   DHCPAIR=build/tools/dhcpair/dhcpair tools/bench/sync.sh [--repeat N] [--sizes BYTES,BYTES]
#
# See README.md beside this file. Exit status: 0, or 77 where there is no sshd or no dhcpd.
source "$(dirname "$0")/../../tests/interop/lib.sh"
source "$here/crowd.sh"
source "$here/remote_pair.sh"

repeat=9
sizes=10000,20000000
while (($#)); do
  case $1 in
    --repeat) repeat=$2 ;;
    --sizes) sizes=$2 ;;
    *) fail "no such option: $1" ;;
  esac
  shift 2
done

# median: of the numbers that come in.
median() {
  sort -n | awk '{ took[NR] = $1 } END { print took[int((NR + 1) / 2)] }'
}

# timed COMMAND...: the median of the seconds that it takes.
timed() {
  local begin i
  for ((i = 0; i < repeat; ++i)); do
    begin=$EPOCHREALTIME
    "$@" >/dev/null || fail "$* ended with $?"
    echo "$begin $EPOCHREALTIME"
  done | awk '{ print $2 - $1 }' | median
}

# row WHAT SECONDS PEER SECONDS-OF-PEER
row() {
  awk -v what="$1" -v ours="$2" -v name="$3" -v peer="$4" 'BEGIN {
    printf "%-42s %7.3f s   %-26s %7.3f s   %5.2f x\n", what, ours, name, peer, ours / peer
  }'
}

ssh_true() {
  as_admin ssh primary true </dev/null
}

ssh_true_both() {
  as_admin ssh primary true </dev/null &
  as_admin ssh secondary true </dev/null
  wait $!
}

send_by_cat() {
  as_admin ssh "$1" "cat >$work/$1/sent.new && mv $work/$1/sent.new $work/$1/sent" \
    <"$admin/dhcpd.master"
}

ssh_cat_both() {
  send_by_cat primary &
  send_by_cat secondary
  wait $!
}

# push ARGUMENT...: what it says goes to $work/push.json.
push() {
  (cd "$admin" && as_admin "$DHCPAIR" push --yes --json "$@") </dev/null >"$work/push.json" \
    2>"$work/push.err" || fail "push ended with $?: $(cat "$work/push.json" "$work/push.err")"
}

# Another first line, as long as before, each time.
turn_page() {
  page=$((page + 1))
  sed -i "1s/.*/# page $(printf '%06d' "$page")/" "$admin/dhcpd.master"
}

# Every line but those that mean something, as long as before.
rewrite_book() {
  page=$((page + 1))
  sed -i "s/^# \(line\|lime\) /# $( ((page % 2)) && echo lime || echo line ) /" "$admin/dhcpd.master"
}

# push_changed HOW: what has changed, turn_page or rewrite_book.
push_changed() {
  "$1"
  push --no-restart
}

# Of the last push: the seconds of all steps but the checks, those of stage and commit, which move the
# files, and the steps by name.
steps_of_push() {
  python3 - "$work/push.json" <<'PYTHON'
import json
import sys

steps = json.load(open(sys.argv[1], encoding="utf-8"))["results"]["pairs"][0]["steps"]
print(sum(step["seconds"] for step in steps if step["step"] != "check"),
      sum(step["seconds"] for step in steps if step["step"] in ("stage", "commit")),
      " ".join(f"{step['step']} {step['seconds']:.3f}" for step in steps))
PYTHON
}

# write_sized_master BYTES: nearly all of it comment, so that the time goes into moving it and not
# into what dhcpd makes of it.
write_sized_master() {
  page=0
  write_remote_master '192.168.13.32 192.168.13.47'
  {
    echo '# page 000000'
    awk -v bytes="$1" 'BEGIN {
      for (i = 0; written < bytes; ++i) {
        line = sprintf("# line %09d of what an administrator has to say about this network\n", i)
        printf "%s", line
        written += length(line)
      }
    }'
    cat "$admin/dhcpd.master"
  } >"$work/sized"
  mv "$work/sized" "$admin/dhcpd.master"
}

# rows_of SIZE WHAT HOW: a master of this size of which so much changes.
rows_of() {
  local size=$1 i begin seconds moved steps
  local -a whole apart moving
  whole=() apart=() moving=()
  for ((i = 0; i < repeat; ++i)); do
    begin=$EPOCHREALTIME
    push_changed "$3"
    whole+=("$(awk -v begin="$begin" -v end="$EPOCHREALTIME" 'BEGIN { print end - begin }')")
    read -r seconds moved steps < <(steps_of_push)
    apart+=("$seconds")
    moving+=("$moved")
  done
  row "push, $2 of $size bytes, no restart" "$(printf '%s\n' "${whole[@]}" | median)" \
    'ssh cat, both at once' "$cat_seconds"
  row '  the same without the checks' "$(printf '%s\n' "${apart[@]}" | median)" '' "$cat_seconds"
  row '  stage and commit alone' "$(printf '%s\n' "${moving[@]}" | median)" '' "$cat_seconds"
  echo "  the last one by steps: $steps"
  for node in primary secondary; do
    cmp "$admin/dhcpd.master" "$(master_of "$node")" || fail "the $node has something else"
  done
}

build_remote_network >/dev/null
write_remote_master '192.168.13.32 192.168.13.47'
write_remote_pair
install_by_hand >/dev/null
push
printf '%-42s %9s   %-26s %9s   %7s\n' '' dhcpair '' peer ratio
ssh_true_seconds=$(timed ssh_true)
row 'push, nothing to change, both nodes' "$(timed push)" 'ssh host true' "$ssh_true_seconds"
row '' "$(timed push)" 'ssh true, both at once' "$(timed ssh_true_both)"
for size in ${sizes//,/ }; do
  write_sized_master "$size"
  push --no-restart
  cat_seconds=$(timed ssh_cat_both)
  rows_of "$size" 'a line' turn_page
  rows_of "$size" 'all' rewrite_book
done
