#pragma once

#include <string>
#include <vector>

#include "lint/node_rules.h"
#include "support/lint_rows.h"
#include "support/named.h"

/// The files of a pair, for what is to be found between them.
namespace dhcpair::test {

/// A subnet with a failover pool, four lines.
inline constexpr char kPools[] =
    "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
    "  option routers 10.0.0.1;\n"
    "  pool { failover peer \"x\"; range 10.0.0.100 10.0.0.199; }\n"
    "}\n";

/// A peer with these statements from line 2 on.
inline std::string Peer(const std::string& statements) {
  return "failover peer \"x\" {\n" + statements + "}\n";
}

/// Two peers that are mirror images, seven lines each.
inline const std::string kPrimary = Peer(
    "  primary; mclt 1800; split 128;\n  address 10.0.0.2;\n  port 647;\n"
    "  peer address 10.0.0.3;\n  peer port 847;\n");
inline const std::string kSecondary = Peer(
    "  secondary;\n  address 10.0.0.3;\n  port 847;\n  peer address 10.0.0.2;\n"
    "  peer port 647;\n");

/// kPools with a further pool in line 10, where the file begins with one of the peers.
inline std::string MorePools(const std::string& pool) {
  return "subnet 10.0.0.0 netmask 255.255.255.0 {\n  option routers 10.0.0.1;\n" + pool +
         "  pool { failover peer \"x\"; range 10.0.0.100 10.0.0.199; }\n}\n";
}

struct NodesRow : Named {
  std::string primary;
  std::string secondary;
  std::vector<std::string> findings;  ///< "NODE ID:LINE"
};

inline text::Diagnostics CheckBoth(const std::string& primary, const std::string& secondary,
                                   const MapLoader& loader = {}) {
  const conf::Model ours = ReadModel(primary, "primary.conf", loader);
  const conf::Model theirs = ReadModel(secondary, "secondary.conf", loader);
  text::Diagnostics diagnostics;
  lint::CheckNodes(ours, theirs, diagnostics);
  return diagnostics;
}

/// Every finding as "NODE ID:LINE", in the order in which they were found.
inline std::vector<std::string> SeenOn(const text::Diagnostics& diagnostics) {
  std::vector<std::string> seen;
  for (const text::Diagnostic& finding : diagnostics.all()) {
    seen.push_back(finding.node + " " + Seen(Only(finding))[0]);
  }
  return seen;
}

}  // namespace dhcpair::test
