#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/hex.h"

namespace dhcpair::test {

/// What each side sent over one connection.
struct Captured {
  std::string client;
  std::string server;
};

/// The connections of data/NAME.hex: "connection N", then a line for each segment in its order,
/// '>' from the client, '<' from dhcpd.
inline std::vector<Captured> ReadCapture(const std::string& name) {
  const char* const root = std::getenv("DHCPAIR_SOURCE_ROOT");
  std::ifstream file(std::string(root == nullptr ? "." : root) + "/tests/unit/omapi/data/" + name +
                     ".hex");
  std::vector<Captured> connections;
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with("connection ")) {
      connections.emplace_back();
    } else {
      (line[0] == '>' ? connections.back().client : connections.back().server) +=
          FromHex(line.substr(2));
    }
  }
  EXPECT_FALSE(connections.empty()) << "no capture " << name;
  return connections;
}

/// The secret of all captures.
inline constexpr char kCapturedSecret[] = "c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAwMDEyMzQ1Njc=";

}  // namespace dhcpair::test
