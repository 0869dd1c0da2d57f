# shellcheck shell=sh
# Looking at a node. Nothing here changes anything, and nothing waits.

step_look() {
  clock
  say now "$now"
  read_service
  say service "$service"
  look_link
  look_state
}

# The last whole `failover peer "NAME" state` of the leases file. Its end first, for a busy server
# appends; the whole file, which may be large, only where it is not there.
look_state() {
  [ -f "$LEASES" ] || return 0
  state_block=$(tail -c 65536 "$LEASES" 2>/dev/null | last_state)
  if [ -z "$state_block" ]; then
    state_lines=$(grep -n '^failover peer ' "$LEASES" 2>/dev/null | tail -n 200 | cut -d : -f 1 |
      sort -rn)
    for state_line in $state_lines; do
      is_number "$state_line" || continue
      state_block=$(tail -n "+$state_line" "$LEASES" 2>/dev/null | first_state)
      [ -n "$state_block" ] && break
    done
  fi
  [ -z "$state_block" ] || block state "$state_block"
}

last_state() {
  DHCPAIR_PEER=$PEER awk '
    /^failover peer / { text = ""; inside = $0 == "failover peer \"" ENVIRON["DHCPAIR_PEER"] "\" state {" }
    /^[a-z]/ && !/^failover peer / { inside = 0 }
    inside { text = text $0 "\n" }
    inside && /^}/ { whole = text; inside = 0 }
    END { printf "%s", whole }'
}

# Of the declaration that the input starts with.
first_state() {
  DHCPAIR_PEER=$PEER awk '
    NR == 1 && $0 != "failover peer \"" ENVIRON["DHCPAIR_PEER"] "\" state {" { exit }
    NR > 1 && /^[a-z]/ { exit }
    { text = text $0 "\n" }
    /^}/ { printf "%s", text; exit }'
}

# Whether a TCP connection between the two failover endpoints is established, whoever dialled.
look_link() {
  if has ss; then
    connections=$(ss -tn 2>/dev/null) || connections=
    link_reader=text
  elif has netstat; then
    connections=$(netstat -an 2>/dev/null) || connections=
    link_reader=text
  elif [ -r /proc/net/tcp ]; then
    connections=$(cat /proc/net/tcp)
    link_reader=proc
  else
    connections=
  fi
  if [ -z "$connections" ]; then
    say link unknown
    return 0
  fi
  link_state=$(printf '%s\n' "$connections" | read_link_"$link_reader")
  if [ "$link_state" = none ]; then
    # Before a push that changes the endpoints, those of the dhcpd.conf in place are in force.
    link_state=$(
      take_endpoints_in_force
      printf '%s\n' "$connections" | read_link_"$link_reader"
    )
  fi
  say link "$link_state"
}

take_endpoints_in_force() {
  ADDRESS=$(failover_value address)
  PORT=$(failover_value port)
  PARTNER=$(failover_value 'peer address')
  PARTNER_PORT=$(failover_value 'peer port')
  PORT=${PORT:-647}
  PARTNER_PORT=${PARTNER_PORT:-647}
}

# The first such line of dhcpd.conf; only a failover peer has them.
failover_value() {
  sed -n "s/^[[:blank:]]*$1[[:blank:]]\{1,\}\([0-9.]*\)[[:blank:]]*;.*/\1/p" "$CONF" 2>/dev/null |
    head -n 1
}

# Lines of ss and netstat: an address and its port are joined by a colon or, on the BSDs, a dot.
read_link_text() {
  awk -v own="$ADDRESS" -v own_port="$PORT" -v other="$PARTNER" -v other_port="$PARTNER_PORT" '
    function endpoint(field) { sub(/^\[?::ffff:/, "", field); sub(/\][.:]/, ":", field)
                               sub(/[.:]([0-9]+)$/, " &", field); gsub(/ [.:]/, " ", field)
                               return field }
    /ESTAB/ {
      found = 0
      for (i = 1; i <= NF; i++) {
        if ($i !~ /[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+\]?[.:][0-9]+$/) continue
        at[++found] = endpoint($i)
      }
      if (found < 2) next
      split(at[1], mine, " "); split(at[2], its, " ")
      if (mine[1] != own || its[1] != other) next
      if (mine[2] == own_port || its[2] == other_port) established = 1
    }
    END { print established ? "established" : "none" }'
}

# Hexadecimal, the address in the order of the processor; state 01 is established.
read_link_proc() {
  awk -v own="$ADDRESS" -v own_port="$PORT" -v other="$PARTNER" -v other_port="$PARTNER_PORT" '
    function hex(address, order,  part) {
      split(address, part, ".")
      if (order) return sprintf("%02X%02X%02X%02X", part[4], part[3], part[2], part[1])
      return sprintf("%02X%02X%02X%02X", part[1], part[2], part[3], part[4])
    }
    BEGIN { ports[1] = sprintf("%04X", own_port); ports[2] = sprintf("%04X", other_port) }
    $4 == "01" {
      split($2, mine, ":"); split($3, its, ":")
      for (order = 0; order < 2; order++) {
        if (mine[1] != hex(own, order) || its[1] != hex(other, order)) continue
        if (mine[2] == ports[1] || its[2] == ports[2]) established = 1
      }
    }
    END { print established ? "established" : "none" }'
}

# Whether the failover address is the node's own. One that moves between nodes is none: carp and
# vrrp interfaces, and what keepalived has added.
look_address() {
  if has ip; then
    addresses=$(ip -o -4 addr show 2>/dev/null)
    keepalived=0
    [ -e /run/keepalived.pid ] || [ -e /run/keepalived/keepalived.pid ] && keepalived=1
    address=$(printf '%s\n' "$addresses" | awk -v own="$ADDRESS" -v keepalived="$keepalived" '
      { split($4, at, "/") }
      at[1] == own {
        held = 1
        if ($2 ~ /^(vrrp|carp)/ || / proto (keepalived|18)( |$)/) virtual = 1
        if (keepalived && ((at[2] == 32 && $2 != "lo") || / secondary /)) virtual = 1
      }
      END { print virtual ? "virtual" : held ? "held" : "missing" }')
  elif has ifconfig; then
    address=$(ifconfig -a 2>/dev/null | awk -v own="$ADDRESS" '
      /^[a-z]/ { interface = $1 }
      $1 == "inet" {
        at = $2
        sub(/^addr:/, "", at); sub(/\/.*/, "", at)
        if (at != own) next
        held = 1
        if (interface ~ /^(carp|vrrp)/ || / vhid /) virtual = 1
      }
      END { print virtual ? "virtual" : held ? "held" : "missing" }')
  else
    address=unknown
  fi
  say address "$address"
}

look_system() {
  say system "$(uname -s)"
  say uid "$(id -u)"
  if [ -r /etc/os-release ]; then
    while read -r os_line; do
      os_value=${os_line#*=}
      os_value=${os_value#[\"\']}
      os_value=${os_value%[\"\']}
      case $os_line in
        ID=*) say distribution "$os_value" ;;
        VERSION_ID=*) say distribution-version "$os_value" ;;
      esac
    done </etc/os-release
  fi
  has "$DHCPD" || return 0
  version=$("$DHCPD" --version 2>&1)
  one_line "$version"
  say dhcpd "${line#isc-dhcpd-}"
}

look_push() {
  read_record || p_phase=
  read_in_force
  say generation "$current"
  ! grep -q '^alone 1$' "$STATE/generations/$current/meta" 2>/dev/null || say generation-alone 1
  if [ -n "$p_phase" ]; then
    read_watch
    # A watchdog that is going back acts once: whoever goes on waits for it, and tries again.
    case $p_phase in confirmed | rolled-back | rolling-back) watched=0 ;; esac
    say push-id "$p_id"
    say push-phase "$p_phase"
    say push-from "$p_from"
    say push-to "$p_to"
    say push-restarted "$p_restarted"
    say push-watched "$watched"
    say push-deadline "$deadline"
    say push-owner "$p_owner"
    # Only a push to one node alone never restarts it by its watchdog.
    [ "$p_may_restart" = 1 ] || say push-alone 1
  else
    watched=0
  fi
  read_lock || return 0
  read_beat
  stale=0
  [ $((now - beat)) -gt 60 ] && [ "$watched" = 0 ] && stale=1
  say lock-id "$l_id"
  say lock-owner "$l_owner"
  say lock-beat "$beat"
  say lock-stale "$stale"
}

# Sets current to the generation in force. That of a confirmed push is so from the record on,
# whatever a crash left undone.
read_in_force() {
  read_current
  [ "$p_phase" != confirmed ] || current=$p_to
}

look_leases() {
  [ -f "$LEASES" ] || return 0
  leases_bytes=$(wc -c <"$LEASES") && say leases $((leases_bytes))
}

# step_inspect PATH...
step_inspect() {
  step_look
  look_system
  look_address
  look_push
  [ ! -f "$STATE/restart-pending" ] || say restart-pending 1
  look_leases
  # The order of the two manifests is that of their own paths.
  say_rows "$STATE/generations/$current/manifest" pushed
  describe "$@" || fail_why
  block files "$described"
}

# A manifest, as a block.
say_rows() {
  [ -f "$1" ] || return 0
  block_of_file "$2" "$1"
}

# step_fetch PATH...
step_fetch() {
  for path; do
    kind_of "$path"
    case $kind in
      none) ;;
      file)
        [ -r "$path" ] || fail not-permitted "cannot read '$path': permission denied"
        say path "$path"
        block_of_file contents "$path"
        ;;
      symlink)
        fail not-a-file "'$path' is a symbolic link; put a regular file there, or name where it \
leads under 'paths:'"
        ;;
      *) fail not-a-file "'$path' is no regular file; move it away" ;;
    esac
  done
}

step_generations() {
  read_record || p_phase=
  read_in_force
  say generation "$current"
  generation_numbers
  for number in $numbers; do
    say number "$number"
    [ -f "$STATE/generations/$number/meta" ] && cat "$STATE/generations/$number/meta"
    say_rows "$STATE/generations/$number/manifest" files
  done
}

# step_fetch_generation NUMBER
step_fetch_generation() {
  set_folder=$STATE/generations/$1
  [ -f "$set_folder/manifest" ] || fail missing "there is no generation $1 on this node"
  while read -r row; do
    read_row "$row"
    [ "$row_kind" = file ] || continue
    read_digests "$set_folder/$row_number" || fail_why
    next_digest
    [ "$digest" = "$row_sha" ] ||
      fail failed "generation $1 is damaged: its copy of '$row_path' is not what was pushed"
    say path "$row_path"
    block_of_file contents "$set_folder/$row_number"
  done <"$set_folder/manifest"
}

# step_reaches ADDRESS PORT: by ping, and by TCP where the port is not 0.
step_reaches() {
  case $(uname -s) in
    Linux) wait_option=-W ;;
    FreeBSD | Darwin | DragonFly) wait_option=-t ;;
    *) wait_option=-w ;;
  esac
  # Three, for the first one is easily lost where a link has just come back.
  if has ping && ping -n -c 3 "$wait_option" 2 "$1" </dev/null >/dev/null 2>&1; then
    say reaches 1
    return 0
  fi
  if [ "$2" -gt 0 ] && has nc && nc -z -w 2 "$1" "$2" </dev/null >/dev/null 2>&1; then
    say reaches 1
    return 0
  fi
  # A closed port alone does not tell a dead machine from a living one.
  has ping || fail missing "there is no ping on this node to look for $1 with"
  say reaches 0
}
