#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pair/pair.h"

namespace dhcpair::sync {

/// One step of src/sync/node/*.sh with what it is to be given.
struct NodeCall {
  std::string_view step;  ///< The name of its function: "step_stage".
  std::vector<std::string> arguments = {};
  std::string nonce;  ///< Frames the answer; a word that no banner has.
};

/// The script that does a step on a node of a pair: all of the node's settings as quoted
/// assignments, the functions, the call; in one brace group, so that a part of it does nothing.
std::string ComposeCall(const pair::Pair& pair, pair::Role role, const NodeCall& call);

/// The script of a node's watchdog over a push, to be kept and run there.
std::string ComposeWatchdog(const pair::Pair& pair, pair::Role role, std::string_view push);

}  // namespace dhcpair::sync
