#include "sync/node_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "remote/shell.h"
#include "sync/node_scripts.h"

namespace dhcpair::sync {
namespace {

// Looking is what must be fast, so it travels light.
constexpr std::array<std::string_view, 4> kLooking{"common.sh", "files.sh", "service.sh",
                                                   "look.sh"};
constexpr std::array<std::string_view, 10> kAll{"common.sh", "files.sh", "service.sh", "look.sh",
                                                "leases.sh", "lock.sh",  "boot.sh",    "push.sh",
                                                "back.sh",   "state.sh"};
constexpr std::array<std::string_view, 6> kWatching{"common.sh", "files.sh", "service.sh",
                                                    "leases.sh", "back.sh",  "watchdog.sh"};
constexpr std::array<std::string_view, 6> kLookingSteps{"step_look",    "step_inspect",
                                                        "step_fetch",   "step_generations",
                                                        "step_reaches", "step_fetch_generation"};

std::string Settings(const pair::Pair& pair, pair::Role role) {
  const pair::Node& node = pair.node(role);
  const pair::Node& partner =
      pair.node(role == pair::Role::kPrimary ? pair::Role::kSecondary : pair::Role::kPrimary);
  std::string settings;
  const auto set = [&](std::string_view name, std::string_view value) {
    settings += fmt::format("{}={}\n", name, remote::Quote(value));
  };
  set("ROLE", Name(role));
  set("PEER", pair.name.text());
  set("ADDRESS", node.address.ToString());
  set("PORT", std::to_string(node.port));
  set("PARTNER", partner.address.ToString());
  set("PARTNER_PORT", std::to_string(partner.port));
  set("CONF", node.paths.conf.text());
  set("LEASES", node.paths.leases.text());
  set("PIDFILE", node.paths.pid.text());
  set("DHCPD", node.paths.dhcpd.text());
  set("STATE", node.paths.state.text());
  set("ACCOUNT", node.platform->user);
  set("INTERFACES", fmt::format("{}", fmt::join(node.interfaces, " ")));
  set("START", node.service.start);
  set("STOP", node.service.stop);
  set("STATUS", node.service.status);
  return settings;
}

std::string Texts(std::span<const std::string_view> names) {
  std::string texts;
  for (const std::string_view name : names) {
    const auto script = std::ranges::find(NodeScripts(), name, &NodeScript::name);
    assert(script != NodeScripts().end());
    texts += script->text;
  }
  return texts;
}

bool Looks(std::string_view step) {
  return std::ranges::find(kLookingSteps, step) != kLookingSteps.end();
}

}  // namespace

std::string ComposeCall(const pair::Pair& pair, pair::Role role, const NodeCall& call) {
  std::string script =
      fmt::format("{{\n{}NONCE={}\n", Settings(pair, role), remote::Quote(call.nonce));
  script += Looks(call.step) ? Texts(kLooking) : Texts(kAll);
  script += fmt::format("run_step {}", call.step);
  for (const std::string& argument : call.arguments) script += " " + remote::Quote(argument);
  return script + "\n}\n";
}

std::string ComposeWatchdog(const pair::Pair& pair, pair::Role role, std::string_view push) {
  return fmt::format("{{\n{}{}watch {}\n}}\n", Settings(pair, role), Texts(kWatching),
                     remote::Quote(push));
}

}  // namespace dhcpair::sync
