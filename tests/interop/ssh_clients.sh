#!/bin/bash
# What both ssh clients do with a real sshd, above all when something is wrong: one table of cases,
# each with libssh and with OpenSSH's ssh, through the program remote_probe.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$here/sshd.sh"

: "${REMOTE_PROBE:?say where the remote_probe program is}"

target=${node_address[primary]}
touch "$work/dhcpd.master"

# write_target HOST [SETTINGS]: the pair file for the client of this round.
write_target() {
  cat >"$work/pair.yaml" <<PAIR
pair: p
primary: {host: "$1", address: $target, ssh: {client: $client${2:+, $2}}}
secondary: {address: ${node_address[secondary]}}
PAIR
}

# The admin's files as they are when all is well.
reset_admin() {
  cp "$work/sshd/known_hosts.good" "$work/admin/.ssh/known_hosts"
  cp "$work/sshd/config.good" "$work/admin/.ssh/config"
  cp "$work/sshd/id_ed25519.good" "$work/admin/.ssh/id_ed25519"
  rm -f "$work/admin/.bashrc"
  write_target primary
}

probe() {
  as_admin timeout 60 "$REMOTE_PROBE" "$work/pair.yaml" "$@" || true
}

failed=0

# expect CASE PATTERN STEP...: the whole output of the probe matches the pattern.
expect() {
  local what=$1 pattern=$2 got begin=$EPOCHREALTIME
  shift 2
  got=$(probe "$@" 2>&1)
  # shellcheck disable=SC2053 # A pattern.
  if [[ $got == $pattern ]]; then
    printf '%-8s %-48s ok   %s\n' "$client" "$what" \
      "$(awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f s", b - a }')"
  else
    failed=1
    printf '%-8s %-48s FAILED\n  expected: %s\n  got: %s\n' "$client" "$what" "$pattern" \
      "${got:0:2000}"
  fi
}

key_of() {
  cut -d ' ' -f 1,2 "$work/sshd/$1.pub"
}

prepare() {
  # Of our own PID namespace, in which the cut connection is looked for.
  mount -t proc proc /proc
  # An /etc of our own, for doas has its rules nowhere else and the machine's is not ours.
  cp -a /etc "$work/etc.whole"
  mount --bind "$work/etc.whole" /etc
  # Without its own name a machine makes sudo complain.
  echo "127.0.0.1 localhost $(uname -n)" >>/etc/hosts
  build_network
  prepare_ssh
  [[ -n $(type -P sudo) ]] || skip 'no sudo on this machine'
  [[ -n $(type -P doas) ]] || skip 'no doas on this machine'
  local users
  # Somebody who is not root, and a root whose shell understands "exec" alone.
  users="ada:x:65001:65001::$work/ada:/bin/bash
odd:x:0:0::$work/admin:$work/bin/odd-shell"
  echo "$users" >>"$work/etc/passwd"
  printf 'ada:*:1:0:99999:7:::\nodd:*:1:0:99999:7:::\n' >>"$work/etc/shadow"
  echo "ada:x:65001:" >>"$work/etc/group"
  cat >"$work/bin/odd-shell" <<'SHELL'
#!/bin/bash
# As csh would: no assignments before a command, no line ends within quotes.
[[ $1 == -c && $2 == exec\ * && $2 != *$'\n'* && $2 != *'!'* ]] || { echo 'Badly formed'; exit 1; }
eval "$2"
SHELL
  chmod 755 "$work/bin/odd-shell" "$work" "$work/bin"
  mkdir -p "$work/ada" && chown 65001:65001 "$work/ada"

  # Before the nodes' sshd start: they do not see what is mounted later.
  echo 'root ALL=(ALL) ALL' >"$work/etc/sudoers"
  chmod 440 "$work/etc/sudoers"
  mount --bind "$work/etc/sudoers" /etc/sudoers
  echo 'permit nopass root' >/etc/doas.conf

  ssh-keygen -q -t ed25519 -N '' -f "$work/sshd/other"
  ssh-keygen -q -t rsa -b 3072 -N '' -f "$work/sshd/primary.rsa"
  ssh-keygen -q -t ed25519 -N '' -f "$work/sshd/stranger"
  start_sshd primary "HostKey $work/sshd/primary.rsa"
  start_sshd secondary
  launch_sshd closed primary 2201 'AllowTcpForwarding no'
  launch_sshd banner primary 2202 "Banner $work/sshd/banner"
  printf 'WELCOME\nto the \033[31mnode\n' >"$work/sshd/banner"
  cp "$work/admin/.ssh/id_ed25519" "$work/sshd/id_ed25519.good"
  cp "$work/admin/.ssh/known_hosts" "$work/sshd/known_hosts.good"
  {
    echo "Include $work/sshd/included"
    cat "$work/admin/.ssh/config"
    echo "Host by-alias"
    echo "  HostName $target"
    echo "Host jumped"
    echo "  HostName $target"
    echo "  ProxyJump secondary"
    echo "Host jumped-twice"
    echo "  HostName $target"
    echo "  ProxyJump secondary,root@$target:2202"
    echo "Host lax"
    echo "  HostName $target"
    echo "  StrictHostKeyChecking no"
    echo "  UserKnownHostsFile /dev/null"
    echo "Host 2201 2202"
    echo "  HostName $target"
    echo "Host *"
    echo "  User root"
  } >"$work/sshd/config.good"
  # Services of the node: one of its loopback that answers each line with the line, one that says
  # nothing and one that says what no sshd does.
  ip netns exec primary python3 - <<'ECHO' &
import socketserver
import threading

class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        while data := self.request.recv(65536):
            self.request.sendall(b"echo " + data)

class Silent(socketserver.StreamRequestHandler):
    def handle(self):
        self.rfile.read()

class Web(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"HTTP/1.0 400 Bad Request\r\n\r\n")

for address, handler in ((("127.0.0.1", 7911), Echo), (("", 2203), Silent), (("", 2204), Web)):
    server = socketserver.ThreadingTCPServer(address, handler)
    threading.Thread(target=server.serve_forever).start()
ECHO
  printf 'Match host included\n  HostName %s\n' "$target" >"$work/sshd/included"
  head -c 20971520 /dev/urandom >"$work/large"
}

cases_of_reaching() {
  expect 'works' $'hello\nstatus 3' run 'echo hello; exit 3'
  expect 'complaints are apart' $'out\nerr: complaint\nstatus 0' run 'echo complaint >&2; echo out'
  expect 'several commands' $'1\nstatus 0\n2\nstatus 1' run 'echo 1' run 'echo 2; false'
  # A shell on the node, where it has to tell of the signal, also says "Killed".
  expect 'killed by a signal' '*status 137' run 'kill -KILL $$'
  write_target by-alias
  expect 'an alias of ssh_config' $'hello\nstatus 0' run 'echo hello'
  write_target included
  expect 'Include and Match in ssh_config' $'hello\nstatus 0' run 'echo hello'
  write_target "root@$target" 'port: 22'
  expect 'user and port of the pair file' $'hello\nstatus 0' run 'echo hello'
  write_target jumped
  # shellcheck disable=SC2016 # For the node.
  expect 'ProxyJump' "$(printf '%s\nstatus 0' "${node_address[secondary]}")" \
    run 'echo ${SSH_CONNECTION%% *}'
  write_target nowhere.invalid
  expect 'unknown host name' 'failure unknown-host: *nowhere.invalid*' run true
  write_target "$target" 'port: 9'
  expect 'port closed' 'failure refused: *' run true
  write_target 192.168.13.250 'timeout: 2'
  expect 'nobody at the address' 'failure @(timeout|unknown-host): *' run true
  write_target primary "config: $work/no-such-config"
  expect 'no such ssh_config' 'failure bad-settings: *' run true
  printf 'Host renamed\n  HostName %s\n  IdentityFile %s\n' "$target" "$work/sshd/id_ed25519.good" \
    >"$work/admin/other_config"
  mv "$work/admin/.ssh/id_ed25519" "$work/admin/hidden"
  write_target root@renamed "config: $work/admin/other_config"
  expect 'ssh_config named by the pair file' $'hello\nstatus 0' run 'echo hello'
}

cases_of_host_keys() {
  local known=$work/admin/.ssh/known_hosts
  : >"$known"
  expect 'unknown key' 'failure host-key-unknown: *known_hosts*ssh*primary*yes*' run true
  rm "$known"
  expect 'no known_hosts at all' 'failure host-key-unknown: *' run true
  write_target lax
  expect 'unknown key, StrictHostKeyChecking no' 'failure host-key-unknown: *' run true
  reset_admin
  echo "$target $(key_of other)" >"$known"
  expect 'changed key' \
    'failure host-key-changed: *somebody may be in between*ssh-keygen -R *' run true
  sed -i '/StrictHost/d; s/^Host \*/&\n  StrictHostKeyChecking no/' "$work/admin/.ssh/config"
  expect 'changed key, StrictHostKeyChecking no' 'failure host-key-changed: *' run true
  reset_admin
  { cat "$work/sshd/known_hosts.good"; echo "@revoked * $(key_of primary.ed25519)"; } >"$known"
  expect 'revoked key' 'failure host-key-changed: *revoked*' run true
  echo "$target $(key_of primary.rsa)" >"$known"
  expect 'another type of key is known' $'hello\nstatus 0' run 'echo hello'
  echo "$target $(key_of other)" >"$known"
  echo "$target $(key_of primary.ed25519)" >>"$known"
  expect 'one of two known keys' $'hello\nstatus 0' run 'echo hello'
  echo "$target $(key_of primary.ed25519)" >"$known"
  ssh-keygen -q -H -f "$known" >/dev/null 2>&1
  expect 'hashed known_hosts' $'hello\nstatus 0' run 'echo hello'
  echo "[$target]:2201 $(key_of primary.ed25519)" >"$known"
  write_target "$target" 'port: 2201'
  expect 'known_hosts with a port' $'hello\nstatus 0' run 'echo hello'
  write_target primary
  expect 'known only under another port' 'failure host-key-unknown: *' run true
}

cases_of_hosts_on_the_way() {
  local known=$work/admin/.ssh/known_hosts
  write_target jumped
  grep -v "^${node_address[secondary]} " "$work/sshd/known_hosts.good" >"$known"
  expect 'ProxyJump over an unknown host' '*failure @(host-key-unknown|lost): *' run true
  sed -i 's/^Host \*/&\n  StrictHostKeyChecking no/' "$work/admin/.ssh/config"
  expect 'the same, StrictHostKeyChecking no' '*failure @(host-key-unknown|lost): *' run true
  # The first hop is the matter of a ssh that another ssh starts.
  write_target jumped-twice
  echo "[$target]:2202 $(key_of primary.ed25519)" >>"$known"
  expect 'two hops, the first unknown, StrictHostKeyChecking no' \
    '*failure @(host-key-unknown|lost): *' run true
  {
    cat "$work/sshd/known_hosts.good"
    echo "[$target]:2202 $(key_of primary.ed25519)"
  } >"$known"
  expect 'two hops, both known' $'hello\nstatus 0' run 'echo hello'
}

cases_of_strange_servers() {
  write_target "$target" 'port: 2203, timeout: 2'
  expect 'a port that accepts and is silent' 'failure timeout: *' run true
  write_target "$target" 'port: 2204, timeout: 20'
  expect 'a port that speaks another protocol' 'failure lost: *' run true
  write_target primary
  local got
  got=$(as_admin timeout -s INT 2 "$REMOTE_PROBE" "$work/pair.yaml" run 'sleep 30' 2>&1 || true)
  if [[ $got == 'failure interrupted: '* ]]; then
    printf '%-8s %-48s ok\n' "$client" 'an interrupt while a command runs'
  else
    failed=1
    printf '%-8s %-48s FAILED\n  got: %s\n' "$client" 'an interrupt while a command runs' "$got"
  fi
}

cases_of_logging_in() {
  cp "$work/sshd/stranger" "$work/admin/.ssh/id_ed25519"
  expect 'a key the node does not take' 'failure not-authenticated: *' run true
  write_target primary "identity: $work/sshd/id_ed25519.good"
  expect 'the identity of the pair file' $'hello\nstatus 0' run 'echo hello'
  write_target primary "identity: $work/sshd/no-such-key"
  expect 'no such identity' 'failure not-authenticated: *' run true
  rm "$work/admin/.ssh/id_ed25519"
  write_target primary
  expect 'no key at all' 'failure not-authenticated: *' run true
  admin_agent=$work/agent.$client
  as_admin ssh-agent -D -a "$admin_agent" >/dev/null 2>&1 &
  local agent=$!
  wait_until 5 'the agent is there' test -S "$admin_agent"
  as_admin ssh-add -q "$work/sshd/stranger" "$work/sshd/id_ed25519.good"
  expect 'a key of the agent' $'hello\nstatus 0' run 'echo hello'
  kill "$agent"
  unset admin_agent
}

cases_of_tunnels() {
  expect 'a tunnel' 'tunnel: echo hello' tunnel 7911 hello
  expect 'two tunnels and a command' $'tunnel: echo a\nstatus 0\ntunnel: echo b' \
    tunnel 7911 a run true tunnel 7911 b
  expect 'a tunnel to a closed port' $'failure forwarding-refused: *\nhello\nstatus 0' \
    tunnel 9 x run 'echo hello'
  write_target "root@$target" 'port: 2201'
  echo "[$target]:2201 $(key_of primary.ed25519)" >>"$work/admin/.ssh/known_hosts"
  expect 'AllowTcpForwarding no' $'failure forwarding-refused: *\nhello\nstatus 0' \
    tunnel 7911 x run 'echo hello'
}

cases_of_becoming_root() {
  write_target "ada@$target" 'become: sudo'
  expect 'no right to sudo' 'failure not-permitted: *NOPASSWD: /bin/sh*' run true
  echo 'ada ALL=(root) NOPASSWD: /bin/sh' >>"$work/etc/sudoers"
  expect 'sudo with its rule' $'0\nstatus 0' run 'id -u'
  head -c 100000 "$work/large" >"$work/small"
  expect 'sudo with input' $'100000\nstatus 0' input "$work/small" run 'wc -c'
  echo 'root ALL=(ALL) ALL' >"$work/etc/sudoers"
  write_target "ada@$target" 'become: doas'
  expect 'no right to doas' 'failure not-permitted: *permit nopass USER as root cmd /bin/sh*' run true
  echo 'permit nopass ada as root cmd /bin/sh' >>/etc/doas.conf
  expect 'doas with its rule' $'0\nstatus 0' run 'id -u'
  expect 'doas with input' $'100000\nstatus 0' input "$work/small" run 'wc -c'
  echo 'permit nopass root' >/etc/doas.conf
  write_target "ada@$target"
  expect 'not root' $'65001\nstatus 0' run 'id -u'
}

cases_of_noise() {
  write_target "root@$target" 'port: 2202'
  echo "[$target]:2202 $(key_of primary.ed25519)" >>"$work/admin/.ssh/known_hosts"
  expect 'a banner' $'hello\nstatus 0' run 'echo hello'
  printf 'echo NOISE; echo NOISE >&2\n' >"$work/admin/.bashrc"
  expect 'a noisy profile' $'NOISE\nhello\nerr: NOISE\nstatus 0' run 'echo hello'
  printf 'one\ntwo\n' >"$work/small"
  expect 'a noisy profile, with input' $'NOISE\none\ntwo\nerr: NOISE\nstatus 0' \
    input "$work/small" run cat
  rm "$work/admin/.bashrc"
  write_target "odd@$target"
  expect 'a login shell that is none of ours' $'it\'s\nstatus 0' run "echo \"it's\""
  expect 'the same, with input' $'one\ntwo\nstatus 0' input "$work/small" run cat
}

cases_of_size_and_time() {
  local sum
  sum=$(sha256sum <"$work/large")
  expect '20 MB there' "${sum%% *}*status 0" input "$work/large" run sha256sum
  expect '20 MB back' $'20971520\nstatus 0' limit 30000000 \
    run "cat $work/large | wc -c"
  # Both ways at once, and the digest of what came back.
  as_admin timeout 60 "$REMOTE_PROBE" "$work/pair.yaml" input "$work/large" run cat >"$work/back"
  truncate -s -9 "$work/back" # "status 0" and its line end
  if cmp -s "$work/large" "$work/back"; then
    printf '%-8s %-48s ok\n' "$client" '20 MB there and back at once'
  else
    failed=1
    printf '%-8s %-48s FAILED\n' "$client" '20 MB there and back at once'
  fi
  expect 'output over the limit' $'failure too-much-output: *\nhello\nstatus 0' \
    limit 100000 run 'cat /dev/zero' run 'echo hello'
  expect 'a command that hangs' $'failure timeout: *within 1 s\nhello\nstatus 0' \
    timeout 1 run 'sleep 30' timeout 20 run 'echo hello'
  expect 'input that nobody reads' 'status 5' input "$work/large" run 'exit 5'
  # The first of our parents that is no shell is the sshd of this connection.
  # shellcheck disable=SC2016
  expect 'cut in the middle' $'failure lost: *\nfailure lost: *' \
    run 'echo before; p=$$
         until grep -q sshd /proc/$p/comm; do p=$(cut -d " " -f 4 /proc/$p/stat); done
         kill -KILL $p; sleep 20' run 'echo after'
}

prepare
shopt -s extglob
for client in ${CLIENTS:-libssh openssh}; do
  for cases in reaching host_keys hosts_on_the_way strange_servers logging_in tunnels \
    becoming_root noise size_and_time; do
    reset_admin
    "cases_of_$cases"
  done
done
((failed == 0)) || fail 'not all cases went as expected'
