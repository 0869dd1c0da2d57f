#include "omapi/results.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace dhcpair::omapi {
namespace {

constexpr std::array kResults{
    ResultRow{Result::kSuccess, "success", "done"},
    ResultRow{Result::kNoPermission, "no permission", "this attribute cannot be set"},
    ResultRow{Result::kExists, "exists", "there is such an object already"},
    ResultRow{Result::kNotFound, "not found",
              "its dhcpd.conf has no key of this name with this algorithm, or no failover peer of "
              "this name"},
    ResultRow{Result::kIoError, "I/O error",
              "dhcpd could not write its leases file: look at disk space and permissions there"},
    ResultRow{Result::kNotImplemented, "not implemented", "this dhcpd cannot do it"},
    ResultRow{Result::kInvalidArgument, "invalid argument", "the value does not fit the attribute"},
    ResultRow{Result::kUnchanged, "unchanged", "the value was there before"},
    ResultRow{Result::kSeveral, "several objects match", "the key names more than one object"},
    ResultRow{Result::kKeyConflict, "key conflict", "two keys name different objects"},
    ResultRow{Result::kParseError, "parse error", "dhcpd does not understand the statements"},
    ResultRow{Result::kNoKey, "no key", "its dhcpd wants every message signed"},
    ResultRow{Result::kKeyUnknown, "key unknown", "its dhcpd does not know the opened key"},
    ResultRow{Result::kInvalidKey, "invalid key",
              "the secret is not the one of its dhcpd.conf: push the pair's files, or correct "
              "'secret-file:'"},
    ResultRow{Result::kUnknownAttribute, "unknown attribute", "the object has no such attribute"},
};

}  // namespace

std::span<const ResultRow> Results() { return kResults; }

std::string Describe(std::uint32_t result) {
  const auto* const found = std::ranges::find_if(kResults, [&](const ResultRow& row) {
    return static_cast<std::uint32_t>(row.result) == result;
  });
  if (found == kResults.end()) return fmt::format("result {:#x}", result);
  return fmt::format("'{}' ({:#x}): {}", found->name, result, found->meaning);
}

}  // namespace dhcpair::omapi
