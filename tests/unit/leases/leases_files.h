#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "leases/reader.h"

namespace dhcpair::leases {

/// A file of tests/unit/leases/captures.
inline std::string Capture(const std::string& name) {
  const std::string path =
      std::string(std::getenv("DHCPAIR_SOURCE_ROOT")) + "/tests/unit/leases/captures/" + name;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  EXPECT_FALSE(out.str().empty()) << path;
  return out.str();
}

/// The lease of an address, which must be there.
inline Lease LeaseOf(const Database& database, std::string_view address) {
  const auto index = database.Find(base::Ipv4Address::Parse(address).value());
  EXPECT_TRUE(index.has_value()) << address;
  return index ? database.At(*index) : Lease{};
}

/// "KIND:LINE KIND:LINE ..." of all that was found.
inline std::string Found(const LeasesFile& file) {
  std::string found;
  for (const Finding& finding : file.findings.kept()) {
    found += (found.empty() ? "" : " ") + std::string(RowOf(finding.kind).id) + ":" +
             std::to_string(finding.line);
  }
  return found;
}

}  // namespace dhcpair::leases
