#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace dhcpair::omapi {

/// What a message asks for, or how it answers (ISC dhcpd's omapip/omapip.h).
enum class Op : std::uint32_t {
  kOpen = 1,
  kRefresh = 2,
  kUpdate = 3,
  kNotify = 4,
  kStatus = 5,
  kDelete = 6,
};

struct OpRow {
  Op op;
  std::string_view name;
};

std::span<const OpRow> Ops();
std::string_view Name(Op op);
/// The op of this number, or nothing.
std::optional<Op> OpNumbered(std::uint32_t number);

}  // namespace dhcpair::omapi
