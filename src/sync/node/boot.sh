# shellcheck shell=sh
# Boot files for which the system has a tool of its own.

# step_boot_settings PATH BYTES NAME=VALUE...: which tool looks after this file and, where that is
# sysrc, what it makes of the text on standard input. It works on a copy: the text is shown, staged
# and taken back like that of any other file.
step_boot_settings() {
  input_waits=1
  boot_tool=none
  case ${1##*/} in
    rc.conf) ! has sysrc || boot_tool=sysrc ;;
    rc.conf.local) ! has rcctl || boot_tool=rcctl ;;
  esac
  input_bytes=$2
  shift 2
  say tool "$boot_tool"
  if [ "$boot_tool" != sysrc ]; then
    [ "$input_bytes" -eq 0 ] || cat >/dev/null
    return 0
  fi
  boot_folder=$(mktemp -d "${TMPDIR:-/tmp}/dhcpair.XXXXXX") ||
    fail failed "cannot make a folder for a copy of the boot file"
  set_boot_copy "$@" || {
    rm -rf "$boot_folder"
    fail_why
  }
  block_of_file contents "$boot_folder/copy"
  rm -rf "$boot_folder"
}

set_boot_copy() {
  printf '' >"$boot_folder/copy"
  [ "$input_bytes" -eq 0 ] || try "cannot write to '$boot_folder'" receive_boot_copy || return 1
  # shellcheck disable=SC2034 # For fail, in common.sh.
  input_waits=
  arrived=$(wc -c <"$boot_folder/copy")
  [ $((arrived)) -eq "$input_bytes" ] || {
    because failed "only $((arrived)) of $input_bytes bytes arrived"
    return 1
  }
  try "sysrc does not take the settings" sysrc -f "$boot_folder/copy" "$@" </dev/null
}

receive_boot_copy() { cat >"$boot_folder/copy"; }

# Whether rcctl reads the flags that a push has changed in its file as they are meant; else dhcpd
# would be started on others, or not at all, at the next boot.
boot_is_understood() {
  has rcctl || return 0
  while read -r row; do
    read_row "$row"
    case $row_path in
      */rc.conf.local) flags_are_understood "$row_path" || return 1 ;;
    esac
  done <"$STATE/generations/$p_to/manifest"
}

flags_are_understood() {
  flags_before=$nl$(text_before "$1")$nl
  while IFS= read -r setting; do
    case $setting in
      [A-Za-z_]*_flags=*) ;;
      *) continue ;;
    esac
    case $flags_before in
      *"$nl$setting$nl"*) continue ;;
    esac
    service_name=${setting%%_flags=*}
    one_line "${setting#*=}"
    meant=$line
    one_line "$(rcctl get "$service_name" flags </dev/null 2>&1)"
    [ "$line" = "$meant" ] || {
      because rejected "'$1' sets the flags of $service_name to '$meant', but rcctl reads '$line'"
      return 1
    }
  done <"$1"
}

# What a path had before the push.
text_before() {
  while read -r row; do
    read_row "$row"
    [ "$row_kind $row_path" = "file $1" ] && cat "$STATE/push/before/$row_number"
  done <"$STATE/push/before/manifest"
}
