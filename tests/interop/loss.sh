# shellcheck shell=bash
# The story of loss_of_primary.sh and loss_of_secondary.sh; sourced, not run.

survive_loss_of() {
  local lost=$1 survivor
  survivor=$(other "$lost")

  write_master
  write_pair
  generate
  build_network
  start_pair
  wait_until_pool_is_shared

  add_client alice "$lost"
  client_gets alice
  assert_served_by alice "$lost"
  wait_until_both_know alice

  kill_node "$lost"
  wait_until_state "$survivor" communications-interrupted

  # A client whom the survivor would leave to its partner while both are normal.
  add_client bob "$lost"
  client_gets bob
  assert_served_by bob "$survivor"
  client_renews alice
  assert_served_by alice "$survivor"

  start_node "$lost"
  wait_until_both_normal
  wait_until_both_know alice
  wait_until_both_know bob

  add_client carol "$lost"
  client_gets carol
  assert_served_by carol "$lost"
  client_renews bob
  assert_no_address_twice
}
