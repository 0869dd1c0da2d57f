#include "omapi/ops.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace dhcpair::omapi {
namespace {

constexpr std::array kOps{
    OpRow{Op::kOpen, "open"},     OpRow{Op::kRefresh, "refresh"}, OpRow{Op::kUpdate, "update"},
    OpRow{Op::kNotify, "notify"}, OpRow{Op::kStatus, "status"},   OpRow{Op::kDelete, "delete"},
};

}  // namespace

std::span<const OpRow> Ops() { return kOps; }

std::string_view Name(Op op) {
  const auto* const found = std::ranges::find(kOps, op, &OpRow::op);
  assert(found != kOps.end());
  return found->name;
}

std::optional<Op> OpNumbered(std::uint32_t number) {
  const auto* const found = std::ranges::find_if(
      kOps, [&](const OpRow& row) { return static_cast<std::uint32_t>(row.op) == number; });
  if (found == kOps.end()) return std::nullopt;
  return found->op;
}

}  // namespace dhcpair::omapi
