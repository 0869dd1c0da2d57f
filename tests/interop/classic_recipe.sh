#!/usr/bin/env bash
# The pair of share/examples/classic as it stands. Each node has a root of its own with its files
# where they belong, and starts dhcpd by the pieces of its boot files.
source "$(dirname "$0")/lib.sh"
interface=xl0

leases_of() {
  echo "$work/$1/var/db/dhcpd.leases"
}

# The machine's programs in a root that has nothing else but what dhcpair generated and the master.
install_node() {
  local root=$work/$1 folder
  mkdir -p "$root"/{usr,dev,proc,etc,var/db,var/run}
  mount --rbind /usr "$root/usr"
  mount -t tmpfs tmpfs "$root/usr/local"
  for folder in dev proc; do mount --rbind "/$folder" "$root/$folder"; done
  for folder in bin sbin lib lib64; do
    if [[ -L /$folder ]]; then cp -P "/$folder" "$root/$folder"; fi
  done
  cp "$work/out/$1"/* "$root/etc"
  cp "$source_root/share/examples/classic/dhcpd.master" "$root/etc"

  mkdir "$root/usr/local/sbin"
  cp "$dhcpd" "$root/usr/local/sbin/isc-dhcpd"
  cat >"$root/usr/local/sbin/dhcpd" <<'WRAPPER'
#!/bin/sh
# In the foreground, with its log on standard error for us to read, where -q would let it say nothing.
for word; do
  shift
  [ "$word" = -q ] || set -- "$@" "$word"
done
exec /usr/local/sbin/isc-dhcpd -4 -d -f "$@"
WRAPPER
  chmod 755 "$root/usr/local/sbin/dhcpd"
}

start_node() {
  begin_life "$1" chroot "$work/$1" sh -c '. /etc/rc.conf.local && . /etc/rc.local'
}

"$DHCPAIR" generate "$source_root/share/examples/classic/pair.yaml" -o "$work/out"
install_node primary
install_node secondary
build_network
start_pair
wait_until_pool_is_shared

add_client alice primary
add_client bob secondary
client_gets alice
client_gets bob
assert_served_by alice primary
assert_served_by bob secondary
# The first lease is as long as MCLT allows.
assert_equal "$(lease_time_of alice)" 1800 "alice's first lease in seconds"
wait_until_both_know alice
wait_until_both_know bob
client_renews alice
client_renews bob
assert_no_address_twice
