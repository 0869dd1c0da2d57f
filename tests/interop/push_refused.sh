#!/usr/bin/env bash
# What a node cannot take, or must not be given in silence, is refused with the node's name, and
# neither node is touched.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/crowd.sh"
source "$(dirname "$0")/remote_pair.sh"

# refused STATUS WORDS [NODE...]: a push ends so and says so; the nodes stay as they were.
refused() {
  dhcpair_ends "$1" push --yes
  assert_said "$2"
  assert_untouched
  assert_no_litter
}

begin() {
  say "-- $*"
  remember_nodes
}

# A disk of its own for the configuration, small and empty enough for one more pair of files.
mkdir -p "$work/secondary/etc"
mount -t tmpfs -o size=128k tmpfs "$work/secondary/etc"
build_remote_network
write_remote_master '192.168.13.32 192.168.13.47'
write_remote_pair
install_by_hand
write_remote_master '192.168.13.32 192.168.13.48'
dhcpair_ends 0 push --yes
cp "$admin/dhcpd.master" "$work/pushed.master"
write_remote_master '192.168.13.32 192.168.13.49'
secondary='secondary (root@192.168.13.7)'

begin 'a full disk'
head -c 1000000 /dev/zero >"$work/secondary/etc/ballast" 2>/dev/null || true
remember_nodes
refused 4 "$secondary, stage: "
assert_said_once 'the disk is full'
rm "$work/secondary/etc/ballast"

begin 'a read-only folder'
mount -o remount,ro "$work/secondary/etc"
refused 4 "$secondary, stage: "
assert_said 'read-only'
mount -o remount,rw "$work/secondary/etc"

begin 'a master that is a symbolic link'
mv "$(master_of secondary)" "$work/secondary/elsewhere"
ln -s "$work/secondary/elsewhere" "$(master_of secondary)"
remember_nodes
refused 4 'symbolic link'
assert_said "$secondary"
rm "$(master_of secondary)"
mv "$work/secondary/elsewhere" "$(master_of secondary)"

begin 'a file that somebody changed on one node'
echo '# by hand' >>"$(master_of secondary)"
remember_nodes
dhcpair_ends 1 diff
assert_said '# by hand'
refused 4 '# by hand'
assert_said_once 'was changed on the node since the last push'
cp "$work/pushed.master" "$(master_of secondary)"

begin 'no dhcpd'
mv "$work/secondary/bin/dhcpd" "$work/secondary/bin/gone"
refused 4 "$secondary"
assert_said 'dhcpd'
mv "$work/secondary/bin/gone" "$work/secondary/bin/dhcpd"

# set_clock SECONDS: how far the secondary's clock is ahead for its shell.
set_clock() {
  cat >"$work/secondary/bin/date" <<DATE
#!/bin/sh
[ "\$*" = +%s ] || exec $(type -P date) "\$@"
echo \$((\$($(type -P date) +%s) + $1))
DATE
  chmod 755 "$work/secondary/bin/date"
}

begin 'clocks 90 s apart'
set_clock 90
refused 4 'clock'
assert_said_once "s behind the secondary's"
begin 'clocks 40 s apart'
set_clock 40
dhcpair_ends 0 push --dry-run
assert_said 'clock'
assert_untouched
rm "$work/secondary/bin/date"

begin 'an unknown host key'
cp "$admin/.ssh/known_hosts" "$work/known_hosts"
grep -v "^${node_address[secondary]} " "$work/known_hosts" >"$admin/.ssh/known_hosts"
refused 3 "$secondary, connect: "
assert_said 'known_hosts'
begin 'a changed host key'
echo "${node_address[secondary]} $(cut -d ' ' -f 1,2 "$work/sshd/primary.ed25519.pub")" \
  >>"$admin/.ssh/known_hosts"
refused 3 "$secondary, connect: "
cp "$work/known_hosts" "$admin/.ssh/known_hosts"

begin 'a pair that is not normal'
power_off secondary
dhcpair push --yes
((status == 3)) || fail "expected 3, a node that cannot be reached"
power_on secondary
wait_until_both_normal

begin 'a lock that somebody holds'
for node in primary secondary; do
  echo 'push-9 ada@admin' >"$work/$node/state/lock"
  date +%s >"$work/$node/state/beat"
done
dhcpair_ends 4 push --yes
assert_said 'ada@admin'
assert_untouched

# After all of that it can still be done, whatever the shell of the node prints before.
echo 'echo Welcome; echo "to this node" >&2' >"$admin/.bashrc"
dhcpair_ends 0 push --yes --steal-lock
assert_both_have_master "$admin/dhcpd.master"
wait_until_both_normal
assert_no_litter
