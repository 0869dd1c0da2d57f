#include "sync/planned_stop.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "real_waiting.h"
#include "state_command.h"
#include "sync/omapi_connection.h"
#include "sync/settle_run.h"

namespace dhcpair {
namespace {

using failover::State;
using pair::Role;
using sync::Other;
using Kind = sync::PlannedStopVerdict::Kind;

struct Options {
  StateOptions state;
  std::string node;
};

class PlannedStopCommand {
 public:
  PlannedStopCommand(StateRun& run, NodePair& nodes, Role role)
      : run_(run), nodes_(nodes), role_(role) {}

  void Drain() {
    const auto facts = Look();
    if (!facts) return;
    ShowBoth(*facts);
    const auto verdict = DecideDrain(*facts);
    if (Refused(verdict)) return;
    if (verdict.kind == Kind::kAllowed) {
      if (run_.options().dry_run) {
        run_.Tell(fmt::format("would put the {} into shutdown; its partner would serve alone",
                              TitleOf(pair(), role_)));
        return;
      }
      if (!run_.Confirmed(fmt::format("{} is to serve nobody until it is resumed, and {} alone?",
                                      TitleOf(pair(), role_), TitleOf(pair(), Other(role_)))) ||
          !Set(omapi::NewState::kShutdown) || !PartnerServes()) {
        return;
      }
    }
    run_.Note("outcome", "drained");
    run_.Tell(fmt::format("{} is drained: it serves nobody, also after a restart",
                          TitleOf(pair(), role_)));
    const std::string& stop = pair().node(role_).service.stop;
    run_.Tell(fmt::format("stop its dhcpd now{}; 'dhcpair resume {}' starts it and brings it back",
                          stop.empty() ? "" : fmt::format(" ('{}')", stop), Name(role_)));
  }

  void Resume() {
    auto facts = Look();
    if (!facts) return;
    ShowBoth(*facts);
    auto verdict = DecideResume(*facts);
    if (Refused(verdict)) return;
    if (verdict.kind == Kind::kAlready) {
      run_.Tell(fmt::format("{}: {}", TitleOf(pair(), role_), verdict.reason));
      return;
    }
    if (run_.options().dry_run) {
      run_.Tell(fmt::format("would {}put the {} into recover and wait for normal",
                            verdict.kind == Kind::kStartFirst ? "start dhcpd, " : "",
                            TitleOf(pair(), role_)));
      return;
    }
    if (verdict.kind != Kind::kOnItsWay &&
        !run_.Confirmed(fmt::format("Bring {} back?", TitleOf(pair(), role_)))) {
      return;
    }
    if (verdict.kind == Kind::kStartFirst) {
      facts = Start();
      if (!facts) return;
      verdict = DecideResume(*facts);
      if (Refused(verdict)) return;
    }
    if (verdict.kind == Kind::kAllowed && !Set(omapi::NewState::kRecover)) return;
    // One that is on its way already may have arrived.
    const bool is_ours = verdict.kind != Kind::kOnItsWay;
    run_.Watch(nodes_, role_, is_ours ? partner_now_ : 0, waiting_);
  }

 private:
  const pair::Pair& pair() const { return nodes_.pair(); }

  std::optional<sync::PlannedStopFacts> Look() {
    const auto partner = LookOne(Other(role_));
    const auto own = LookOne(role_);
    if (!partner || !own) return std::nullopt;
    const auto unfinished = HasUnfinishedPush();
    if (!unfinished) return std::nullopt;
    partner_now_ = partner->link.now;
    return sync::PlannedStopFacts{.node = role_,
                                  .has_omapi = pair().node(role_).omapi.has_value(),
                                  .reading = own->reading,
                                  .link = own->link,
                                  .partner = partner->reading,
                                  .partner_service = partner->link.service,
                                  .has_unfinished_push = *unfinished};
  }

  std::optional<sync::NodeSight> LookOne(Role role) {
    auto link = nodes_.agent(role).Look();
    if (!link) {
      run_.Complain(pair(), ProblemOf(role, "look", link.error()));
      return std::nullopt;
    }
    auto reading = ReadFailover(nodes_.transport(role), pair(), role, *link);
    return sync::NodeSight{*std::move(link), std::move(reading)};
  }

  std::optional<bool> HasUnfinishedPush() {
    sync::PerRole<std::optional<sync::NodeFacts>> facts;
    for (const Role role : sync::kBothRoles) {
      auto found = nodes_.agent(role).Inspect({});
      if (!found) {
        run_.Complain(pair(), ProblemOf(role, "inspect", found.error()));
        return std::nullopt;
      }
      facts[role] = *std::move(found);
    }
    return DecideSettle(TracesOf(facts)).fate != sync::SettleFate::kNone;
  }

  void ShowBoth(const sync::PlannedStopFacts& facts) {
    run_.Show(pair(), role_, facts.reading);
    run_.Show(pair(), Other(role_), facts.partner);
  }

  bool Refused(const sync::PlannedStopVerdict& verdict) {
    if (verdict.kind != Kind::kRefused) return false;
    run_.Complain("refused: " + TitleOf(pair(), role_) + ": " + verdict.reason, ExitCode::kRefused);
    return true;
  }

  bool Set(omapi::NewState state) {
    auto connection = sync::OmapiConnection::Open(nodes_.transport(role_), pair(), role_);
    const auto set = connection ? connection->Set(state) : std::unexpected(connection.error());
    if (!set) {
      run_.Complain(pair(), {role_, "omapi", set.error().message, ExitCode::kRefused});
      return false;
    }
    // A node that is told to recover may be beyond it already.
    const State now = connection->object().local_state;
    if (state == omapi::NewState::kShutdown && now != State::kShutdown) {
      run_.Complain(pair(),
                    {role_, "omapi",
                     fmt::format("it was put into shutdown, and is in {}", failover::Name(now)),
                     ExitCode::kRefused});
      return false;
    }
    return true;
  }

  // It hears of the shutdown and goes to partner-down at once, if it hears.
  bool PartnerServes() {
    const auto end = waiting_.Now() + std::chrono::seconds(run_.options().timeout_seconds);
    std::string last = "it does not answer";
    while (waiting_.Now() < end && !waiting_.IsInterrupted()) {
      const auto sight = LookAt(nodes_.transport(Other(role_)), nodes_.agent(Other(role_)), pair());
      if (sight && sight->reading.mine) {
        if (sight->reading.mine == State::kPartnerDown &&
            sight->reading.partner == State::kShutdown) {
          run_.Show(pair(), Other(role_), sight->reading);
          return true;
        }
        last = fmt::format("it is in {}", failover::Name(*sight->reading.mine));
      }
      waiting_.Sleep(std::chrono::seconds(1));
    }
    run_.Complain(
        fmt::format("{} is drained, but the {} does not serve alone: {}; 'dhcpair resume "
                    "{}' takes it back",
                    TitleOf(pair(), role_), TitleOf(pair(), Other(role_)), last, Name(role_)),
        ExitCode::kTimedOut);
    return false;
  }

  // Starts dhcpd and waits until it is in shutdown again, or whatever else it comes up in.
  std::optional<sync::PlannedStopFacts> Start() {
    const auto started = nodes_.agent(role_).StartService();
    if (!started) {
      run_.Complain(pair(), ProblemOf(role_, "start", started.error()));
      return std::nullopt;
    }
    run_.Say(fmt::format("{}: dhcpd started", TitleOf(pair(), role_)));
    const auto end = waiting_.Now() + std::chrono::seconds(run_.options().timeout_seconds);
    auto facts = Look();
    while (facts && facts->reading.mine != State::kShutdown && waiting_.Now() < end &&
           !waiting_.IsInterrupted()) {
      waiting_.Sleep(std::chrono::seconds(1));
      facts = Look();
    }
    return facts;
  }

  StateRun& run_;
  NodePair& nodes_;
  Role role_;
  sync::NodeTime partner_now_ = 0;
  RealWaiting waiting_;
};

ExitCode Run(std::string_view name, const Options& options, void (PlannedStopCommand::*act)()) {
  StateRun run(name, options.state);
  auto pair = run.LoadPair();
  if (!pair) return run.End();
  const auto role = run.FindNode(*pair, options.node);
  if (!role) return run.End();
  NodePair nodes = run.Connect(*std::move(pair));
  for (const NodeProblem& problem : nodes.problems()) run.Complain(nodes.pair(), problem);
  if (nodes.are_both_reached()) {
    PlannedStopCommand command(run, nodes, *role);
    (command.*act)();
  }
  return run.End();
}

void Add(CLI::App& app, ExitCode& exit_code, std::string name, const char* description,
         void (PlannedStopCommand::*act)()) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand(name, description);
  command.add_option("NODE", options->node, "primary, secondary or the node's host")->required();
  AddStateOptions(command, options->state);
  command.callback([options, &exit_code, name, act] { exit_code = Run(name, *options, act); });
}

}  // namespace

void AddDrain(CLI::App& app, ExitCode& exit_code) {
  Add(app, exit_code, "drain",
      "hands a node's clients over to its partner, for a planned stop longer than MCLT",
      &PlannedStopCommand::Drain);
}

void AddResume(CLI::App& app, ExitCode& exit_code) {
  Add(app, exit_code, "resume", "brings a drained node back and waits until both are normal",
      &PlannedStopCommand::Resume);
}

}  // namespace dhcpair
