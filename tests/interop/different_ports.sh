#!/usr/bin/env bash
# A pair on the ports of the old examples, another on each node: each listens on its own, finds its
# partner on the partner's, and serves.
source "$(dirname "$0")/lib.sh"

assert_listens() {
  ip netns exec "$1" ss --no-header --listening --tcp --numeric "sport = :$2" | grep -q LISTEN ||
    fail "expected the $1 to listen on port $2"
}

write_master
write_pair 519 520
generate
build_network
start_pair
assert_listens primary 519
assert_listens secondary 520
wait_until_pool_is_shared

add_client alice primary
add_client bob secondary
client_gets alice
client_gets bob
assert_served_by alice primary
assert_served_by bob secondary
