#include "leases/writer.h"

#include <fmt/core.h>

#include "leases/strings.h"

namespace dhcpair::leases {
namespace {

constexpr std::string_view kHead =
    "# The format of this file is documented in the dhcpd.leases(5) manual page.\n"
    "# This file was written by dhcpair, for isc-dhcp-4.4.3-P1.\n\n";

void AppendDate(std::string_view name, Date date, std::string& out) {
  if (date != 0) out += fmt::format("  {} {};\n", name, PrintDate(date));
}

void AppendState(std::string_view name, std::optional<failover::BindingState> state,
                 std::string& out) {
  if (!state) return;
  out += fmt::format("  {} state {};\n", name, failover::Name(*state));
}

void Append(const Lease& lease, std::string& out) {
  out += fmt::format("lease {} {{\n", lease.address.ToString());
  AppendDate("starts", lease.starts, out);
  AppendDate("ends", lease.ends, out);
  AppendDate("tstp", lease.tstp, out);
  AppendDate("tsfp", lease.tsfp, out);
  AppendDate("atsfp", lease.atsfp, out);
  AppendDate("cltt", lease.cltt, out);
  AppendState("binding", lease.state, out);
  AppendState("next binding", lease.next, out);
  AppendState("rewind binding", lease.rewind, out);
  if (lease.is_reserved) out += "  reserved;\n";
  if (lease.is_dynamic_bootp) out += "  dynamic-bootp;\n";
  if (lease.hardware.is_present()) {
    out += fmt::format("  hardware {} {};\n", base::HardwareTypeName(lease.hardware.type()),
                       lease.hardware.ToString());
  }
  if (!lease.uid.empty()) {
    out += fmt::format("  uid {};\n", Quote(lease.uid));
  }
  if (!lease.rest.empty()) out += fmt::format("  {}\n", lease.rest);
  if (!lease.hostname.empty()) {
    out += fmt::format("  client-hostname {};\n", Quote(lease.hostname));
  }
  out += "}\n";
}

}  // namespace

std::string Print(const Lease& lease) {
  std::string out;
  Append(lease, out);
  return out;
}

std::string Print(const Database& database) {
  std::string out(kHead);
  if (!database.byte_order.empty()) {
    out += fmt::format("authoring-byte-order {};\n\n", database.byte_order);
  }
  for (const Declaration& declaration : database.declarations()) {
    out += fmt::format("{} {}\n", declaration.head, declaration.block);
  }
  for (const FailoverBlock& block : database.failover()) out += '\n' + Print(block);
  for (const Database::Index index : database.InOrder()) Append(database.At(index), out);
  if (!database.server_duid.empty()) {
    out += fmt::format("server-duid {};\n", Quote(database.server_duid));
  }
  return out;
}

}  // namespace dhcpair::leases
