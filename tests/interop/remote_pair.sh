# shellcheck shell=bash
# A pair as push finds it; sourced behind lib.sh, whose words for nodes get another meaning here. Each
# node has all its files below $work/NODE, a dhcpd that becomes a daemon, and an sshd (sshd.sh); on
# the host "admin" lie pair.yaml, dhcpd.master and the keys, in $work/admin.
#
# A node's dhcpd is started by the wrapper $work/NODE/bin/dhcpd, whoever starts it. Each start begins
# a new log, $work/NODE.N.log.

source "$here/sshd.sh"
# Outside of every pool.
admin_address=192.168.13.5

admin=$work/admin
# Of the last dhcpair.
status=0
mclt=60
# For the sshd_config of both nodes.
sshd_lines=()

log_of() {
  echo "$work/$1.$(cat "$work/$1/lives").log"
}

leases_of() {
  echo "$work/$1/db/dhcpd.leases"
}

conf_of() {
  echo "$work/$1/etc/dhcpd.conf"
}

master_of() {
  echo "$work/$1/etc/dhcpd.master"
}

dhcpd_pid_of() {
  cat "$work/$1/run/dhcpd.pid" 2>/dev/null
}

# dhcpd belongs to the node, not to this shell: a restart may end it.
assert_nodes_alive() {
  :
}

# ---- hosts

# The processes that the nodes' shells look for are those of our PID namespace.
mount -t proc proc /proc 2>/dev/null || skip "no /proc of our own"

build_remote_network() {
  local node
  build_network
  prepare_ssh
  for node in primary secondary; do
    make_node "$node"
    boot_sshd "$node"
  done
}

# The wrapper returns when dhcpd serves or has ended, as one does that becomes a daemon. Where a line of
# the master is like that in $work/NODE/will_not_start, dhcpd takes the files and does not start.
make_node() {
  local node=$1
  mkdir -p "$work/$node"/{bin,etc,db,run}
  echo 0 >"$work/$node/lives"
  cat >"$work/$node/bin/dhcpd" <<WRAPPER
#!/usr/bin/env bash
# dhcpd, with its log in a file of the test's: there is no syslog here.
for word; do [[ \$word != -[tT] && \$word != --version ]] || exec '$dhcpd' "\$@"; done
if [[ -f '$work/$node/will_not_start' ]] &&
  grep -qf '$work/$node/will_not_start' '$(master_of "$node")'; then
  echo 'dhcpd will not start on this' >&2
  exit 1
fi
$(declare -f with_times)
life=\$((\$(cat '$work/$node/lives') + 1))
log='$work/$node'.\$life.log
: >"\$log"
echo \$life >'$work/$node/lives'
# With -q it would say nothing in its log.
set -- "\${@/#-q/-4}"
setsid '$dhcpd' -d -f "\$@" </dev/null > >(with_times >>"\$log") 2>&1 3>&- 4>&- &
until grep -q 'Server starting service' "\$log"; do
  kill -0 \$! 2>/dev/null || { sleep 0.1; cat "\$log" >&2; exit 1; }
  sleep 0.05
done
WRAPPER
  chmod 755 "$work/$node/bin/dhcpd"
}

boot_sshd() {
  start_sshd "$1" "SetEnv NODE=$1 PATH=$work/$1/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" \
    "${sshd_lines[@]}"
}

start_node() {
  ip netns exec "$1" "$work/$1/bin/dhcpd" -4 -cf "$(conf_of "$1")" -lf "$(leases_of "$1")" \
    -pf "$work/$1/run/dhcpd.pid" "$interface" || fail "dhcpd of the $1 does not start"
  say "$1 started"
}

# What happens when a node's power fails and comes back: no process is left, /run is empty.
power_off() {
  local pids
  pids=$(ip netns pids "$1")
  # shellcheck disable=SC2086 # Several of them.
  [[ -z $pids ]] || kill -KILL $pids
  { wait "${sshd_pid[$1]}" || true; } 2>/dev/null
  rm -f "$work/$1/run"/*
  say "$1 without power"
}

power_on() {
  boot_sshd "$1"
  [[ ! -f $(conf_of "$1") ]] || start_node "$1"
}

cut_link() {
  ip -n switch link set "$1" down
}

heal_link() {
  ip -n switch link set "$1" up
}

# ---- the admin's files

# write_remote_master RANGE [LINE...]: with short leases, so that a client soon asks again.
write_remote_master() {
  cat >"$admin/dhcpd.master" <<MASTER
authoritative;
ddns-update-style none;
ping-check false;
$(lease_times_of_crowd)
$(printf '%s\n' "${@:2}")
subnet 192.168.13.0 netmask 255.255.255.0 {
  pool {
    failover peer "dhcp-failover";
    deny dynamic bootp clients;
    range $1;
  }
}
MASTER
}

# write_remote_pair [LINE...]: further lines of the top level.
write_remote_pair() {
  local node
  {
    echo 'pair: dhcp-failover'
    for node in primary secondary; do
      cat <<NODE
$node:
  host: root@${node_address[$node]}
  address: ${node_address[$node]}
  paths:
    conf: $(conf_of "$node")
    master: $(master_of "$node")
    leases: $(leases_of "$node")
    pid: $work/$node/run/dhcpd.pid
    dhcpd: $work/$node/bin/dhcpd
    state: $work/$node/state
NODE
    done
    cat <<PAIR
failover:
  max-response-delay: 3
  mclt: $mclt
interfaces: [$interface]
platform: generic
PAIR
    printf '%s\n' "$@"
  } >"$admin/pair.yaml"
}

# dhcpair ARGUMENT...: as the admin types it; sets status, and leaves what it says in $admin/said.
dhcpair() {
  status=0
  (cd "$admin" && as_admin "$DHCPAIR" "$@") </dev/null >"$admin/said" 2>&1 || status=$?
  say "dhcpair $*: exit $status"
  sed 's/^/       | /' "$admin/said"
}

# dhcpair_ends STATUS ARGUMENT...
dhcpair_ends() {
  dhcpair "${@:2}"
  assert_equal "$status" "$1" "the exit status of dhcpair ${*:2}"
}

assert_said() {
  grep -qF -- "$1" "$admin/said" || fail "expected dhcpair to say: $1"
}

# What is said over and over is not read.
assert_said_once() {
  [[ $(grep -cF -- "$1" "$admin/said" || true) == 1 ]] || fail "expected dhcpair to say just once: $1"
}

# The pair as it was kept before dhcpair pushed to it: files copied by hand, both nodes normal.
install_by_hand() {
  local node
  dhcpair_ends 0 generate
  for node in primary secondary; do
    cp "$admin/out/$node"/dhcpd.* "$work/$node/etc"
    cp "$admin/dhcpd.master" "$(master_of "$node")"
    : >"$(leases_of "$node")"
    start_node "$node"
  done
  wait_until_both_normal
  wait_until_pool_is_shared
}

# ---- what must hold

# What a push may change on a node, and what shows that it was not touched.
traces_of() {
  local file
  for file in "$(conf_of "$1")" "$(master_of "$1")"; do
    sha256sum "$file" 2>&1 || true
    # shellcheck disable=SC2012 # Of files with tame names: links and times count as well.
    ls -li --time-style=full-iso "$file" 2>&1 || true
  done
  ls -i "$(leases_of "$1")"
  echo "dhcpd $(dhcpd_pid_of "$1")"
  ls "$work/$1/etc"
}

remember_nodes() {
  local node
  for node in primary secondary; do traces_of "$node" >"$work/$node.before"; done
}

# assert_untouched [NODE...]
assert_untouched() {
  local node
  # shellcheck disable=SC2048 # Two names of one word each.
  for node in ${*:-primary secondary}; do
    diff -u "$work/$node.before" <(traces_of "$node") || fail "the $node was touched"
    kill -0 "$(dhcpd_pid_of "$node")" 2>/dev/null || fail "dhcpd of the $node does not run"
  done
  say "${*:-both nodes} as before"
}

assert_node_has_master() {
  cmp -s "$(master_of "$1")" "$2" || {
    diff -u "$2" "$(master_of "$1")" || true
    fail "the master of the $1 is not $2"
  }
}

# Both nodes have the same generation, which is the wanted one.
assert_both_have_master() {
  assert_node_has_master primary "$1"
  assert_node_has_master secondary "$1"
}

# Neither staged files beside the managed ones nor a lock, a record of a push or a watchdog.
assert_no_litter() {
  local node litter
  for node in primary secondary; do
    litter=$(find "$work/$node/etc" "$work/$node/state" \( -name '*.dhcpair*' -o -name '*.new' -o \
      -path '*/state/lock' -o -path '*/state/push' -o -path '*/state/mutex*' \) 2>/dev/null || true)
    [[ -z $litter ]] || fail "left on the $node: ${litter//$'\n'/ }"
  done
}
