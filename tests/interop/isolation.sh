# shellcheck shell=bash
# Sourced by lib.sh, not run. Runs the script that sources it a second time, as PID 1 of namespaces of
# its own (PID, mount, network; a user namespace where we are not root). Whatever a test starts,
# mounts or names exists in there only, and the kernel removes it with PID 1, however that ends.

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

skip() {
  if [[ ${DHCPAIR_INTEROP_REQUIRED-} == 1 ]]; then
    echo "FAILED: DHCPAIR_INTEROP_REQUIRED=1 does not let this test be skipped: $1"
    exit 1
  fi
  echo "SKIPPED: $1"
  exit 77
}

# What a test is going to need from its namespaces, tried out.
namespaces_work() {
  unshare "$@" --mount --net --pid --fork --kill-child sh -c '
    mount -t tmpfs tmpfs /run && mkdir /run/netns && ip netns add probe &&
    ip -n probe link add type bridge && ip -n probe link add type veth &&
    ip netns exec probe true'
}

# Sets user_namespace: the arguments of unshare that give us the rights to the other namespaces.
find_rights() {
  local complaint
  user_namespace=()
  if ((EUID == 0)) && namespaces_work >/dev/null 2>&1; then return; fi
  user_namespace=(--map-root-user)
  complaint=$(namespaces_work "${user_namespace[@]}" 2>&1) && return
  skip "no namespaces for us: ${complaint##*$'\n'}"
}

# Ends the test inside: TERM lets it say what it was waiting for; what is left after that goes with
# its PID namespace.
end_inside() {
  local first
  # The list has no line end, which read takes for a failure.
  read -r first <"/proc/$inside/task/$inside/children" || true
  kill -TERM "$first"
  for _ in {1..30}; do
    kill -0 "$inside" || return 0
    sleep 0.1
  done
  kill -KILL "$inside"
} 2>/dev/null

run_inside() {
  local program status=0
  for program in unshare setpriv ip dhcpd udhcpc; do
    [[ -n $(type -P "$program") ]] || skip "no $program on this machine"
  done
  find_rights

  # Should this shell be killed without a chance to act, unshare is told to go too, and with it all
  # the rest.
  DHCPAIR_INTEROP_INSIDE=1 setpriv --pdeathsig KILL \
    unshare "${user_namespace[@]}" --mount --net --pid --fork --kill-child bash "$0" "$@" <&0 &
  inside=$!
  trap 'end_inside; exit 129' HUP
  trap 'end_inside; exit 130' INT
  trap 'end_inside; exit 143' TERM
  wait "$inside" || status=$?
  exit "$status"
}

# Never true of a shell that stands in the machine's own namespaces, where the next step would hide
# /run.
is_inside() {
  [[ ${DHCPAIR_INTEROP_INSIDE-} == 1 && $$ == 1 ]]
}

is_inside || run_inside "$@"

# Our own /run makes the names of "ip netns" our own, and holds the work folder.
mount -t tmpfs tmpfs /run
work=/run/pair
mkdir /run/netns "$work"
