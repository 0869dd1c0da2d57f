# shellcheck shell=sh
# The leases file of dhcpd: a journal, so it is only ever added to. What a changed configuration
# made dhcpd forget comes back from the copy that the push kept; an older file never takes the place
# of a newer one.

# A copy of the leases file is kept up to this size.
leases_kib_max=4194304

# Keeps a copy of the leases file. Call it with dhcpd stopped, or accept a torn last entry.
copy_leases() {
  [ -f "$LEASES" ] || return 0
  leases_bytes=$(wc -c <"$LEASES") || leases_bytes=0
  if [ $((leases_bytes / 1024)) -gt "$leases_kib_max" ]; then
    because failed "the leases file '$LEASES' is larger than $((leases_kib_max / 1048576)) GiB; \
no copy of it can be kept"
    return 1
  fi
  try "cannot keep a copy of '$LEASES'" cp -p "$LEASES" "$STATE/push/leases.new" || {
    rm -f "$STATE/push/leases.new"
    return 1
  }
  flush "$STATE/push/leases.new"
  try "cannot keep a copy of '$LEASES'" mv -f "$STATE/push/leases.new" "$STATE/push/leases"
}

# Reads the present file, then the copy twice. Prints how many lines of the present file stand
# before a torn tail, how many it has, and how many addresses are missing in it; writes their last
# whole declarations of the copy to the file in ADDITIONS. A declaration starts at a line's start
# and ends with a brace there, as dhcpd writes it; its fields are indented, and texts in them have no
# line breaks.
# shellcheck disable=SC2016 # Fields of awk.
merge_program='
function opens(text) { return text ~ /^[a-z].*\{/ && text !~ /\}[ \t]*$/ }
# Nearly every line: a field of a declaration.
/^[ \t]/ {
  if (pass == 1) lines = FNR
  if (writing) print > (ENVIRON["ADDITIONS"])
  next
}
pass == 1 {
  lines = FNR
  if (inside && /^\}/) { inside = 0; good = FNR; if (address != "") kept[address] = 1 }
  else if (opens($0)) { inside = 1; address = $1 == "lease" ? $2 : "" }
  else if (!inside && $1 == "lease" && /\}[ \t]*$/) { kept[$2] = 1; good = FNR }
  else if (!inside && (/^(#.*)?$/ || /[;}][ \t]*$/)) good = FNR
  next
}
pass == 2 {
  if (/^lease /) {
    address = $2
    start = FNR
    copied = opens($0)
    if (!copied && /\}[ \t]*$/ && !(address in kept)) { last[address] = start; missing = 1 }
  } else if (copied && /^\}/) {
    if (!(address in kept)) { last[address] = start; missing = 1 }
    copied = 0
  } else if (opens($0)) copied = 0
  next
}
!missing { exit }
/^lease / {
  writing = ($2 in last) && last[$2] == FNR
  if (writing) added++
}
writing { print > (ENVIRON["ADDITIONS"]) }
/\}[ \t]*$/ { writing = 0 }
END { print good + 0, lines + 0, added + 0 }
'

# With dhcpd stopped: what the copy knows and the present file has lost is appended to it. A torn
# tail of the present file is taken off first, or it would swallow what follows; it was never
# answered for, since dhcpd syncs before it answers.
merge_leases() {
  copy=$STATE/push/leases
  additions=$STATE/push/additions
  [ -f "$copy" ] || copy=/dev/null
  present=$LEASES
  [ -f "$present" ] || present=/dev/null
  rm -f "$additions"
  counts=$(ADDITIONS=$additions awk "$merge_program" pass=1 "$present" pass=2 "$copy" pass=3 \
    "$copy" 2>&1)
  # shellcheck disable=SC2086
  set -- $counts
  if [ $# -ne 3 ] || ! is_number "$1" || ! is_number "$2" || ! is_number "$3"; then
    because_of "cannot merge the leases of '$STATE/push/leases' into '$LEASES'" "$counts"
    return 1
  fi
  merged=$3
  if [ "$1" -eq "$2" ] && [ -f "$LEASES" ]; then
    [ "$merged" -eq 0 ] || try "cannot add leases to '$LEASES'" append_leases
  elif [ "$2" -gt 0 ] || [ "$merged" -gt 0 ]; then
    try "cannot write '$LEASES.dhcpair-new'" rewrite_leases "$1" || {
      rm -f "$LEASES.dhcpair-new"
      return 1
    }
  fi || return 1
  rm -f "$additions"
}

# The last line may lack its end.
append_leases() {
  { printf '\n' && cat "$additions"; } >>"$LEASES" && flush "$LEASES"
}

# rewrite_leases LINES: the whole part of the present file, then the additions.
rewrite_leases() {
  like=$LEASES
  [ -f "$like" ] || like=$STATE/push/leases
  # Made by cp, for the owner and the mode; emptied at once.
  cp -p "$like" "$LEASES.dhcpair-new" && {
    [ "$1" -eq 0 ] || head -n "$1" "$LEASES"
    printf '\n'
    [ ! -f "$additions" ] || cat "$additions"
  } >"$LEASES.dhcpair-new" && give_context "$LEASES.dhcpair-new" "$LEASES" &&
    flush "$LEASES.dhcpair-new" && mv -f "$LEASES.dhcpair-new" "$LEASES" && {
      folder_of "$LEASES"
      flush "$folder"
    }
}
