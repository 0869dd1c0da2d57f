# shellcheck shell=bash
# A crowd of clients that renew all the time, and what must hold for them whatever is done to the
# pair meanwhile; sourced behind lib.sh. They are dhclients, which renew when half of the lease is over
# (udhcpc lets three quarters of so short a one go by) and for a while ask their own server only.

crowd=()
crowd_since=
# In seconds. Who hears nothing for longer has let its lease run out.
: "${lease_time:=20}"
: "${renewal_time:=$((lease_time / 2))}"

# For the master: T1 is 10 s, and from 17 s on a client asks both servers.
lease_times_of_crowd() {
  cat <<MASTER
default-lease-time $lease_time;
min-lease-time $lease_time;
max-lease-time $lease_time;
option dhcp-renewal-time $renewal_time;
# A renewal is a renewal, and gets a new lease time, however young the lease is.
dhcp-cache-threshold 0;
MASTER
}

# Seconds since the machine's start, which nobody sets.
uptime_now() {
  local now
  read -r now _ </proc/uptime
  echo "$now"
}

# add_to_crowd NAME MAC: another host on the bridge.
add_to_crowd() {
  crowd+=("$1")
  client_mac[$1]=$2
  : >"$work/crowd/$1.events"
  add_host "$1" "$2"
}

start_client() {
  : >"$work/crowd/$1.leases"
  ip netns exec "$1" dhclient -4 -d -v --no-pid -cf "$work/crowd/dhclient.conf" \
    -lf "$work/crowd/$1.leases" -sf "$here/crowd_event" -e "EVENTS=$work/crowd/$1.events" \
    -e "PATH=$PATH" "$interface" >"$work/crowd/$1.log" 2>&1 &
  client_pid[$1]=$!
}

# gather_crowd COUNT: starts the clients, which stay; more of them when called again. Those of a big
# crowd come one by one, so that at any moment of the next 10 s somebody renews.
gather_crowd() {
  local i name first=$((${#crowd[@]} + 1))
  mkdir -p "$work/crowd"
  cat >"$work/crowd/dhclient.conf" <<'CONF'
also request dhcp-renewal-time;
timeout 30;
retry 1;
initial-interval 1;
backoff-cutoff 2;
CONF
  for ((i = first; i < first + $1; ++i)); do
    name=$(printf 'c%03d' "$i")
    add_to_crowd "$name" "$(printf '02:00:00:00:0c:%02x' "$i")"
    start_client "$name"
    (($1 < 20)) || sleep 0.1
  done
  wait_until 60 "all ${#crowd[@]} of the crowd have addresses" crowd_is_served
}

crowd_is_served() {
  local client
  for client in "${crowd[@]}"; do
    grep -q ' ack ' "$work/crowd/$client.events" || return 1
  done
}

address_in_crowd() {
  awk '$2 == "ack" { address = $3 } END { print address }' "$work/crowd/$1.events"
}

both_know_crowd() {
  local node client known
  for node in primary secondary; do
    known=$'\n'$(bindings_of "$node")$'\n'
    for client in "${crowd[@]}"; do
      [[ $known == *$'\n'"$(address_in_crowd "$client") active ${client_mac[$client]} "* ]] || return 1
    done
  done
}

wait_until_both_know_crowd() {
  wait_until 30 'both nodes know of all leases of the crowd' both_know_crowd
}

# From now on all must hold that the assertions say.
watch_crowd() {
  crowd_since=$(uptime_now)
  say "the crowd is watched"
}

# crowd_events AWK-PROGRAM ARGUMENT...: over "CLIENT TIME EVENT ADDRESS SECONDS SERVER" of all, in
# the order of time.
crowd_events() {
  (cd "$work/crowd" && awk '{ sub(/\.events$/, "", FILENAME); print FILENAME, $0 }' ./*.events) |
    sed 's,^\./,,' | sort -s -n -k 2,2 | awk "${@:2}" "$1"
}

# ---- what must hold

# Between any two answers, and since the last one, no more than the lease lasts.
assert_nobody_fell_silent() {
  local longest whose at
  read -r longest whose at < <(crowd_events '
    function gap(client, now,   seconds) {
      seconds = now - (last[client] > 0 ? last[client] : since)
      if (now > since && seconds > longest) { longest = seconds; whose = client; at = now }
    }
    $3 == "ack" { gap($1, $2); last[$1] = $2 }
    END {
      for (client in last) gap(client, now)
      print longest, whose, at - since
    }' -v since="$crowd_since" -v now="$(uptime_now)")
  awk -v longest="$longest" -v max="$lease_time" 'BEGIN { exit longest > max }' ||
    fail "$whose had no answer for $longest s, until $at s after the begin"
  say "no client was silent for longer than $longest s"
}

assert_everybody_kept_its_address() {
  local changed
  changed=$(crowd_events '
    $3 == "ack" && $4 != address[$1] && address[$1] && $2 > since {
      print $1 " had " address[$1] " and got " $4
    }
    $3 == "ack" { address[$1] = $4 }' -v since="$crowd_since")
  [[ -z $changed ]] || fail "addresses changed: ${changed//$'\n'/; }"
}

assert_no_nak() {
  local naks
  naks=$(grep -h 'DHCPNAK' "$work"/*.[0-9]*.log "$work"/crowd/*.log || true)
  [[ -z $naks ]] || fail "NAKs were sent, the first: $(head -n 3 <<<"$naks")"
}

# Who was given an address holds it for the time of the lease, unless it has given it up before.
assert_nobody_shares_an_address() {
  local shared
  shared=$(crowd_events '
    $3 == "ack" {
      if (($4 in holder) && holder[$4] != $1 && until[$4] > $2)
        print $4 " of " holder[$4] " was given to " $1
      if ($1 in held && held[$1] != $4 && holder[held[$1]] == $1) delete holder[held[$1]]
      holder[$4] = $1; until[$4] = $2 + $5; held[$1] = $4
    }
    $3 != "ack" && ($1 in held) {
      if (holder[held[$1]] == $1) delete holder[held[$1]]
      delete held[$1]
    }')
  [[ -z $shared ]] || fail "held by two clients: ${shared//$'\n'/; }"
}

assert_crowd_is_well() {
  assert_no_nak
  assert_everybody_kept_its_address
  assert_nobody_shares_an_address
  assert_nobody_fell_silent
}
