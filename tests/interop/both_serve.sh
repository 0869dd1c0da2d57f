#!/usr/bin/env bash
# Both nodes of a generated pair reach normal, each serves its own clients, and a renewal gets the
# whole lease time, which no node may give before its partner knows of the lease.
source "$(dirname "$0")/lib.sh"

write_master
write_pair
generate
build_network
start_pair
wait_until_pool_is_shared

add_client alice primary
add_client bob secondary
for client in alice bob; do
  client_gets $client
  assert_equal "$(lease_time_of $client)" 60 "the first lease of $client in seconds, by mclt"
done
assert_served_by alice primary
assert_served_by bob secondary

for client in alice bob; do
  wait_until_both_know $client
  client_renews $client
  assert_equal "$(lease_time_of $client)" 120 "the renewed lease of $client in seconds"
done
assert_no_address_twice
