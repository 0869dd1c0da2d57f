# shellcheck shell=bash
# shellcheck disable=SC2154 # What lib.sh sets.
# Real sshd on the nodes, and a host "admin" from where they are reached; sourced after lib.sh, not
# run. After build_network:
#
#   prepare_ssh                      keys, accounts and the host admin (192.168.13.100), once
#   start_sshd NODE [LINE...]        sshd on port 22 of the node; the lines go into its sshd_config
#   as_admin COMMAND...              runs it there as root, whose home (for ssh too) is $work/admin
#
# The admin's ssh_config knows the aliases primary and secondary, its known_hosts has their keys. A
# script whose nodes have more of their own than a network namespace defines in_node first, which
# runs a command on a node.

admin_address=192.168.13.100
declare -A sshd_pid=()

if ! declare -F in_node >/dev/null; then
  in_node() { ip netns exec "$@"; }
fi

as_admin() {
  HOME=$work/admin SSH_AUTH_SOCK=${admin_agent-} ip netns exec admin "$@"
}

# Accounts of our own, over the machine's in our mount namespace: root's home is a folder of the
# test, and its password is not locked, which sshd would take for a locked account.
prepare_accounts() {
  local file
  mkdir -p "$work/etc"
  for file in passwd shadow group; do cp "/etc/$file" "$work/etc/$file"; done
  sed -i "s|^root:.*|root:x:0:0:root:$work/admin:/bin/bash|" "$work/etc/passwd"
  sed -i 's|^root:[^:]*:|root:*:|' "$work/etc/shadow"
  grep -q '^sshd:' "$work/etc/passwd" || skip "sshd has no account on this machine"
  for file in passwd shadow group; do mount --bind "$work/etc/$file" "/etc/$file"; done
}

prepare_ssh() {
  local node program
  for program in sshd ssh ssh-keygen; do
    [[ -n $(type -P "$program") ]] || skip "no $program on this machine"
  done
  # With the rights of one user only, sshd cannot become another.
  [[ $(wc -l </proc/self/uid_map) -gt 1 || $(awk '{ print $3 }' /proc/self/uid_map) -gt 1 ]] ||
    skip "sshd needs the rights of root"
  mkdir -p "$work/admin/.ssh" "$work/sshd" /run/sshd
  chmod 700 "$work/admin" "$work/admin/.ssh"
  prepare_accounts
  ssh-keygen -q -t ed25519 -N '' -C admin -f "$work/admin/.ssh/id_ed25519"
  cp "$work/admin/.ssh/id_ed25519.pub" "$work/sshd/authorized_keys"
  : >"$work/admin/.ssh/known_hosts"
  for node in primary secondary; do
    ssh-keygen -q -t ed25519 -N '' -C "$node" -f "$work/sshd/$node.ed25519"
    echo "${node_address[$node]} $(cut -d ' ' -f 1,2 "$work/sshd/$node.ed25519.pub")" \
      >>"$work/admin/.ssh/known_hosts"
    printf 'Host %s\n  HostName %s\n  User root\n' "$node" "${node_address[$node]}" \
      >>"$work/admin/.ssh/config"
  done
  add_host admin
  ip -n admin address add "$admin_address/24" dev "$interface"
}

answers_ssh() {
  ip netns exec "$1" bash -c ": </dev/tcp/127.0.0.1/$2" 2>/dev/null
}

# launch_sshd NAME NODE PORT [LINE...]: one more of them, with a name of its own. Of two lines with
# the same option sshd takes the first.
launch_sshd() {
  local name=$1 node=$2 port=$3
  shift 3
  {
    printf '%s\n' "$@"
    cat <<CONFIG
HostKey $work/sshd/$node.ed25519
AuthorizedKeysFile $work/sshd/authorized_keys
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
UseDNS no
PidFile none
Port $port
CONFIG
  } >"$work/sshd/$name.conf"
  in_node "$node" "$(type -P sshd)" -D -e -f "$work/sshd/$name.conf" >>"$work/sshd/$name.log" 2>&1 &
  sshd_pid[$name]=$!
  wait_until 10 "sshd of $name answers" answers_ssh "$node" "$port"
}

start_sshd() {
  local node=$1
  shift
  launch_sshd "$node" "$node" 22 "$@"
}

stop_sshd() {
  kill -TERM "${sshd_pid[$1]}"
  { wait "${sshd_pid[$1]}" || true; } 2>/dev/null
  unset "sshd_pid[$1]"
}
