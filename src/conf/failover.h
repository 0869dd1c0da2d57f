#pragma once

#include "conf/parse.h"

namespace dhcpair::conf {

/// A "failover peer" statement of the global scope or, where there is a network, of a shared
/// network; `word` is the "failover" that has been taken.
bool ParseFailoverPeer(Parse& parse, const Token& word, std::optional<Index> network);

/// The index of the peer of this name; absent where there is none before this.
std::optional<Index> FindPeer(const Model& model, std::string_view name);

}  // namespace dhcpair::conf
