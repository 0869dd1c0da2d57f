#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/ipv4_address.h"
#include "base/prefix.h"

namespace dhcpair::generate {

/// A run of addresses, both ends included.
struct AddressRange {
  base::Ipv4Address first;
  base::Ipv4Address last;
};

/// What `init` knows of the pair to be. All texts are already values that a pair file takes.
struct StarterFacts {
  std::string pair_name;
  base::Ipv4Address primary;
  base::Ipv4Address secondary;
  std::string primary_host;
  std::string secondary_host;
  int port;
  std::int64_t mclt_seconds;
  int split;
  std::string platform;  ///< Empty: left to be filled in.
  std::vector<std::string> interfaces;
  base::Prefix subnet;
  AddressRange range;
  base::Ipv4Address router;
};

/// The two files to start from.
struct StarterFiles {
  std::string pair_yaml;
  std::string master;
};

StarterFiles PrintStarter(const StarterFacts& facts);

/// Half of the subnet for the pool: a run of addresses without any of `taken`, the network and the
/// broadcast address. Nothing where the subnet is too small for two.
std::optional<AddressRange> ChooseRange(const base::Prefix& subnet,
                                        const std::vector<base::Ipv4Address>& taken);

}  // namespace dhcpair::generate
