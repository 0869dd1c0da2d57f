#include "pair/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pair/platform.h"

namespace dhcpair::pair {
namespace {

constexpr std::uint16_t In(std::same_as<Place> auto... places) {
  return static_cast<std::uint16_t>(((1u << static_cast<unsigned>(places)) | ...));
}

using enum Place;
using enum ValueKind;

constexpr std::array kKeys{
    Key{"pair", In(kTop), kName, 0, 0, "", true},
    Key{"primary", In(kTop), kSection, 0, 0, "", true},
    Key{"secondary", In(kTop), kSection, 0, 0, "", true},
    Key{"failover", In(kTop), kSection},
    Key{"master", In(kTop), kLocalPath, 0, 0, "dhcpd.master"},
    Key{"files", In(kTop), kFiles},
    Key{"unmanaged", In(kTop), kNodePaths},
    Key{"templates", In(kTop), kLocalPath},
    Key{"plan", In(kTop), kSection},

    Key{"host", In(kNode), kHost},
    Key{"address", In(kNode), kAddress, 0, 0, "", true},

    Key{"platform", In(kTop, kNode), kChoice},
    Key{"interfaces", In(kTop, kNode), kWords},
    Key{"paths", In(kTop, kNode), kSection},
    Key{"service", In(kTop, kNode), kSection},
    Key{"extra", In(kTop, kNode), kLines},
    Key{"omapi", In(kTop, kNode), kSection},
    Key{"ssh", In(kTop, kNode), kSection},

    Key{"port", In(kFailover, kNode), kInteger, 1, 65535, "647"},
    // 0 is replaced by dhcpd's own value for both, so it would not mean what it says.
    Key{"max-response-delay", In(kFailover, kNode), kSeconds, 1, kSecondsMax, "60"},
    Key{"max-unacked-updates", In(kFailover, kNode), kInteger, 1, 65535, "10"},
    // Compared with the secs field of DHCP, which has 16 bits.
    Key{"load-balance-max", In(kFailover, kNode), kSeconds, 0, 65535, "3"},
    Key{"mclt", In(kFailover), kSeconds, 1, kSecondsMax, "3600"},
    Key{"split", In(kFailover), kInteger, 0, 256, "128"},
    Key{"hba", In(kFailover), kHba},
    Key{"auto-partner-down", In(kFailover, kNode), kSeconds, 0, kSecondsMax},
    Key{"max-lease-misbalance", In(kFailover, kNode), kInteger, 0, 100},
    Key{"max-lease-ownership", In(kFailover, kNode), kInteger, 0, 100},
    Key{"min-balance", In(kFailover, kNode), kSeconds, 1, kSecondsMax},
    Key{"max-balance", In(kFailover, kNode), kSeconds, 1, kSecondsMax},

    Key{"conf", In(kPaths), kNodePath},
    Key{"master", In(kPaths), kNodePath},
    Key{"leases", In(kPaths), kNodePath},
    Key{"pid", In(kPaths), kNodePath},
    Key{"dhcpd", In(kPaths), kNodePath},
    Key{"state", In(kPaths), kNodePath},

    Key{"start", In(kService), kCommand},
    Key{"stop", In(kService), kCommand},
    Key{"status", In(kService), kCommand},

    Key{"port", In(kOmapi), kInteger, 1, 65535, "7911"},
    Key{"key", In(kOmapi), kName, 0, 0, "dhcpair-omapi"},
    Key{"algorithm", In(kOmapi), kChoice, 0, 0, "hmac-sha256"},
    Key{"secret-file", In(kOmapi), kLocalPath, 0, 0, "", true},

    Key{"user", In(kSsh), kWord},
    Key{"port", In(kSsh), kInteger, 1, 65535},
    Key{"identity", In(kSsh), kWord},
    Key{"config", In(kSsh), kLocalPath},
    Key{"become", In(kSsh), kChoice, 0, 0, "none"},
    Key{"client", In(kSsh), kChoice, 0, 0, "libssh"},
    Key{"timeout", In(kSsh), kSeconds, 1, 3600, "30"},

    Key{"outage", In(kPlan), kSeconds, 1, kSecondsMax, "", true},
    Key{"new-clients-per-hour", In(kPlan), kInteger, 1, 1'000'000, "", true},

    Key{"from", In(kFile), kLocalPath, 0, 0, "", true},
    Key{"to", In(kFile), kNodePath, 0, 0, "", true},
    Key{"mode", In(kFile), kMode, 0, 0, "0644"},
};

}  // namespace

std::span<const Key> Keys() { return kKeys; }

const Key* FindKey(std::string_view name, Place place) {
  const auto found = std::ranges::find_if(
      kKeys, [&](const Key& key) { return key.name == name && key.IsIn(place); });
  return found == kKeys.end() ? nullptr : &*found;
}

const Key* FindKeyAnywhere(std::string_view name) {
  const auto found = std::ranges::find(kKeys, name, &Key::name);
  return found == kKeys.end() ? nullptr : &*found;
}

std::vector<std::string_view> KeyNames(Place place) {
  std::vector<std::string_view> names;
  for (const Key& key : kKeys) {
    if (key.IsIn(place)) names.push_back(key.name);
  }
  return names;
}

std::string_view Describe(Place place) {
  switch (place) {
    case kTop:
      return "the top level";
    case kNode:
      return "a node ('primary:' or 'secondary:')";
    case kFailover:
      return "'failover:'";
    case kPaths:
      return "'paths:'";
    case kService:
      return "'service:'";
    case kOmapi:
      return "'omapi:'";
    case kSsh:
      return "'ssh:'";
    case kPlan:
      return "'plan:'";
    case kFile:
      return "an item of 'files:'";
  }
  return "";
}

std::string Takes(const Key& key) {
  switch (key.kind) {
    case kInteger:
      return fmt::format("a number from {} to {}", key.min, key.max);
    case kSeconds:
      return fmt::format("a time such as 1800, 30m or 1h, from {} to {} seconds", key.min, key.max);
    case kAddress:
      return "an IPv4 address such as 192.168.13.6";
    case kName:
      return "a name such as dhcp-failover";
    case kHost:
      return "an ssh destination such as root@192.168.13.6";
    case kHba:
      return "32 hexadecimal octets such as \"ff:ff:...:00\", in quotes";
    case kLocalPath:
      return "the path of a local file";
    case kNodePath:
      return "an absolute path on the node";
    case kMode:
      return "a file mode such as 0644";
    case kLines:
      return "lines of dhcpd.conf as one text (start it with |)";
    case kCommand:
      return "a line for the node's shell such as 'systemctl start dhcpd'";
    case kWord:
      return "a word";
    case kChoice:
      return fmt::format("one of {}", fmt::join(Choices(key), ", "));
    case kSection:
      return "a mapping with keys of its own";
    case kWords:
      return "a list of words such as [em0, em1]";
    case kNodePaths:
      return "a list of absolute paths on the node";
    case kFiles:
      return "a list of {from: LOCAL, to: PATH-ON-THE-NODE}";
  }
  return "";
}

std::span<const std::string_view> Choices(const Key& key) {
  static constexpr std::array<std::string_view, 6> kAlgorithms{
      "hmac-md5", "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512"};
  static constexpr std::array<std::string_view, 3> kBecome{"none", "sudo", "doas"};
  static constexpr std::array<std::string_view, 3> kClients{"libssh", "openssh", "local"};
  if (key.name == "platform") return PlatformNames();
  if (key.name == "algorithm") return kAlgorithms;
  if (key.name == "become") return kBecome;
  if (key.name == "client") return kClients;
  return {};
}

}  // namespace dhcpair::pair
