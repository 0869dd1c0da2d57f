#include "lint/access_rules.h"

#include <array>

#include "lint/settings.h"

namespace dhcpair::lint {
namespace {

using conf::Statement;
using text::Rule;
using enum text::Severity;

constexpr Rule kNoOmapi{"access-omapi-missing", kAdvice,
                        "a failover peer, and no omapi-port to command it by", "FP232"};
constexpr Rule kOpenOmapi{"access-omapi-without-key", kWarning,
                          "omapi-port without omapi-key: everyone may change leases", "FP233"};

}  // namespace

void CheckAccess(const conf::Model& model, text::Diagnostics& diagnostics) {
  // In a file with mistakes, what is missing may be what could not be read.
  if (model.has_errors) return;
  // dhcpd looks for them in the global scope alone.
  const Statement* port = nullptr;
  bool has_key = false;
  ForEachStatement(model.scopes.front().statements, [&](const Statement& statement) {
    if (statement.Sets("server", "omapi-port")) port = &statement;
    has_key |= statement.Sets("server", "omapi-key");
  });
  if (port == nullptr) {
    if (model.peers.empty()) return;
    diagnostics.Add({&kNoOmapi, model.LocationOf(model.peers.front().origin),
                     "without omapi-port and omapi-key, nobody can tell this server over the "
                     "network that its partner is down, or to shut down; set both"});
  } else if (!has_key) {
    diagnostics.Add({&kOpenOmapi, model.LocationOf(port->origin),
                     "everyone who reaches this port may read and change leases; name a key for "
                     "it with 'omapi-key NAME;'"});
  }
}

std::span<const Rule* const> AccessRules() {
  static constexpr std::array kAll{&kNoOmapi, &kOpenOmapi};
  return kAll;
}

}  // namespace dhcpair::lint
