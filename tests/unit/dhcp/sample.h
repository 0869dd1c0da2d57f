#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "dhcp/message.h"
#include "support/hex.h"

namespace dhcpair::test {

/// A message of real programs, with where it was taken.
struct CapturedMessage {
  std::string title;
  std::string bytes;
};

inline std::vector<CapturedMessage> CapturedMessages() {
  std::ifstream file(std::string(std::getenv("DHCPAIR_SOURCE_ROOT")) +
                     "/tests/unit/dhcp/data/messages.hex");
  EXPECT_TRUE(file.good());
  std::vector<CapturedMessage> messages;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) {
      messages.push_back({.title = line, .bytes = ""});
    } else {
      messages.back().bytes += FromHex(line);
    }
  }
  // The first lines say what the file is.
  std::erase_if(messages, [](const CapturedMessage& message) { return message.bytes.empty(); });
  return messages;
}

/// A head of an Ethernet client with a value of its own in each field.
inline dhcp::Head SampleHead() {
  dhcp::Head head;
  head.set_hardware(*base::HardwareAddress::Make(base::HardwareAddress::kEthernet,
                                                 std::vector<std::uint8_t>{2, 0, 0, 0, 1, 0x0a}));
  head.hops = 3;
  head.xid = 0x01020304;
  head.secs = 0x0506;
  head.flags = dhcp::kBroadcastFlag;
  head.ciaddr = base::Ipv4Address(0x0a000001);
  head.yiaddr = base::Ipv4Address(0x0a000002);
  head.siaddr = base::Ipv4Address(0x0a000003);
  head.giaddr = base::Ipv4Address(0x0a000004);
  return head;
}

/// The head of an empty request on the wire, 236 octets, with what the fields for names hold.
inline std::string WireHead(std::string_view sname = "", std::string_view file = "") {
  std::string bytes(dhcp::kHeadBytes, '\0');
  bytes[0] = 1;
  bytes[1] = 1;
  bytes[2] = 6;
  bytes.replace(44, sname.size(), sname);
  bytes.replace(108, file.size(), file);
  return bytes;
}

/// A request with these octets behind the cookie.
inline std::string WireRequest(std::string_view options, std::string_view sname = "",
                               std::string_view file = "") {
  return WireHead(sname, file) + std::string(dhcp::kCookie) + std::string(options);
}

}  // namespace dhcpair::test
