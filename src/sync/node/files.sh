# shellcheck shell=sh
# The managed files of a node, and sets of them. A set is a folder with a manifest and one file for
# each of its lines that has one:
#
#   file NUMBER SHA256 MODE UID GID BYTES PATH
#   none NUMBER - - - - - PATH
#
# A file that is not there belongs to a set as well: going back to it removes the file.

# Sets mode, uid, gid and bytes from a line of `ls -ldn`.
read_attributes() {
  # shellcheck disable=SC2086
  set -- $1
  uid=${3:-0} gid=${4:-0} bytes=${5:-0}
  rest=${1#?}
  digits=
  for round in u g o; do
    three=${rest%"${rest#???}"}
    rest=${rest#???}
    digit=0
    case $three in r??) digit=4 ;; esac
    case $three in ?w?) digit=$((digit + 2)) ;; esac
    case $three in ??[xst]) digit=$((digit + 1)) ;; esac
    digits=$digits$digit
  done
  mode=$digits
}

# Sets kind to what lies at a path.
kind_of() {
  if [ -h "$1" ]; then
    kind=symlink
  elif [ -f "$1" ]; then
    kind='file'
  elif [ -e "$1" ]; then
    kind=other
  else
    kind=none
  fi
}

# Sets described to the manifest lines of paths as they are now. All files are looked at with one
# digest command and one ls.
describe() {
  described=
  regular=
  for path; do
    kind_of "$path"
    [ "$kind" = file ] && regular="$regular $path"
  done
  listing=
  if [ -n "$regular" ]; then
    # Paths hold no blanks (pair::NodePath).
    # shellcheck disable=SC2086
    read_digests $regular || return 1
    # shellcheck disable=SC2086,SC2012
    listing=$(ls -ldn $regular 2>/dev/null) || {
      because failed "files changed while they were looked at; try again"
      return 1
    }
  fi
  number=0
  for path; do
    kind_of "$path"
    case " $regular " in
      *" $path "*)
        next_digest
        attributes_from "$path"
        described="${described}file $number $digest $mode $uid $gid $bytes $path$nl"
        ;;
      *)
        case $kind in file) kind=none ;; esac
        described="$described$kind $number - - - - - $path$nl"
        ;;
    esac
    number=$((number + 1))
  done
}

# Attributes of a path out of `listing`, whose lines ls has sorted.
attributes_from() {
  at_rest=$listing$nl
  while [ -n "$at_rest" ]; do
    at_line=${at_rest%%"$nl"*}
    at_rest=${at_rest#*"$nl"}
    case $at_line in
      *" $1")
        read_attributes "$at_line"
        return 0
        ;;
    esac
  done
  mode=000 uid=0 gid=0 bytes=0
}

# Sets row_* from a manifest line.
read_row() {
  # shellcheck disable=SC2086
  set -- $1
  row_kind=${1:-} row_number=${2:-} row_sha=${3:-} row_mode=${4:-} row_uid=${5:-} row_gid=${6:-}
  row_path=${8:-}
}

# Where a file waits beside its place, and where `dhcpd -t` finds what it is given instead.
staged_name() { staged=$1.dhcpair-new; }
check_name() { checked=$1.dhcpair-check; }

# The SELinux context of a new file: that of the old one, else what the policy has for its place.
# Without SELinux both commands fail or are not there.
give_context() { # NEW OLD
  [ -d /sys/fs/selinux ] && [ -e /sys/fs/selinux/enforce ] || return 0
  { [ -f "$2" ] && chcon --reference="$2" "$1" 2>/dev/null; } || restorecon "$1" 2>/dev/null
  return 0
}

# Puts a set back into its places: restore_set FOLDER link|copy. A file that is right already is
# left alone. Files of the current set are linked, since that works on a full disk; those of a
# generation are copied, so that an edit in place never reaches the generation.
restore_set() {
  set_folder=$1
  set_how=$2
  [ -f "$set_folder/manifest" ] || {
    because failed "'$set_folder/manifest' is missing"
    return 1
  }
  touched=
  while read -r row; do
    read_row "$row"
    [ -n "$row_path" ] || continue
    restore_row </dev/null || return 1
  done <"$set_folder/manifest"
  # shellcheck disable=SC2086
  [ -z "$touched" ] || flush $touched
}

restore_row() {
  kind_of "$row_path"
  case $row_kind:$kind in
    none:none) return 0 ;;
    none:file | none:symlink)
      try "cannot remove '$row_path'" rm -f "$row_path" || return 1
      ;;
    file:other | none:other)
      because not-a-file "'$row_path' has become a folder or a device; move it away"
      return 1
      ;;
    file:*)
      if [ "$kind" = file ]; then
        read_digests "$row_path" || return 1
        next_digest
        [ "$digest" = "$row_sha" ] && return 0
      fi
      put_file "$set_folder/$row_number" "$row_path" || return 1
      touched="$touched $row_path"
      ;;
    *) return 0 ;;
  esac
  folder_of "$row_path"
  touched="$touched $folder"
}

# put_file FROM PATH: a whole file in its place by rename.
put_file() {
  staged_name "$2"
  rm -f "$staged"
  if [ "$set_how" != link ] || ! ln "$1" "$staged" 2>/dev/null; then
    try "cannot write '$staged'" cp -p "$1" "$staged" || {
      rm -f "$staged"
      return 1
    }
    give_context "$staged" "$2"
  fi
  try "cannot put '$2' into its place" mv -f "$staged" "$2" || {
    rm -f "$staged"
    return 1
  }
}

# Removes what waits beside the places of the push.
clean_staged() {
  [ -f "$STATE/push/paths" ] || return 0
  while read -r path; do
    staged_name "$path"
    check_name "$path"
    rm -f "$staged" "$checked"
  done <"$STATE/push/paths"
}

# The numbers of all generations, highest first.
generation_numbers() {
  numbers=
  set +f
  for numbered in "$STATE/generations"/*; do
    numbered=${numbered##*/}
    is_number "$numbered" && numbers="$numbers$numbered$nl"
  done
  set -f
  numbers=$(printf '%s' "$numbers" | sort -rn)
}
