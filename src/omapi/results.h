#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace dhcpair::omapi {

/// The results that a STATUS of ISC dhcpd may carry: from 0x60000 on its own, below it those of the
/// ISC library.
enum class Result : std::uint32_t {
  kSuccess = 0,
  kNoPermission = 6,
  kExists = 18,
  kNotFound = 23,
  kIoError = 26,
  kNotImplemented = 27,
  kInvalidArgument = 0x60003,
  kUnchanged = 0x60005,
  kSeveral = 0x60006,
  kKeyConflict = 0x60007,
  kParseError = 0x60008,
  kNoKey = 0x60009,
  kKeyUnknown = 0x6000a,
  kInvalidKey = 0x6000b,
  kUnknownAttribute = 0x60020,
};

struct ResultRow {
  Result result;
  std::string_view name;
  std::string_view meaning;  ///< For the operator: what it says of node and pair file.
};

std::span<const ResultRow> Results();

/// "'invalid key' (0x6000b): the secret is not the one …"; of a number that is in no table, the
/// number.
std::string Describe(std::uint32_t result);

}  // namespace dhcpair::omapi
