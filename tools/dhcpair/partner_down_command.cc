#include "partner_down_command.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "real_waiting.h"
#include "sync/node_return.h"
#include "sync/partner_down.h"
#include "sync/partner_down_set.h"
#include "sync/settle_run.h"

namespace dhcpair {
namespace {

using failover::State;
using pair::Role;
using sync::Other;

class DeadCommand {
 public:
  DeadCommand(const PartnerDownOptions& options, StateRun& run, NodePair& nodes, Role dead)
      : options_(options), run_(run), nodes_(nodes), dead_(dead) {}

  void Run() {
    if (!nodes_.is_reached(survivor())) {
      for (const NodeProblem& problem : nodes_.problems()) {
        if (problem.role == survivor()) run_.Complain(pair(), problem);
      }
      return;
    }
    const auto facts = Look();
    if (!facts) return;
    run_.Show(pair(), survivor(), facts->survivor.reading);
    const auto verdict = DecidePartnerDown(
        pair(), *facts, {.is_off = options_.is_off, .double_allocation = options_.force});
    if (verdict.kind == sync::PartnerDownVerdict::Kind::kAlready) {
      Report(facts->survivor.reading, "is in partner-down already");
      return;
    }
    if (!Agreed(verdict)) return;
    if (run_.options().dry_run) {
      run_.Tell(fmt::format("would tell the {} that its partner is down, {}",
                            TitleOf(pair(), survivor()), WayOf(facts->survivor.reading)));
      return;
    }
    Set(facts->survivor.reading);
  }

 private:
  Role survivor() const { return Other(dead_); }
  const pair::Pair& pair() const { return nodes_.pair(); }

  static std::string_view WayOf(const sync::FailoverReading& reading) {
    return reading.source == sync::FailoverReading::Source::kOmapi
               ? "over OMAPI"
               : "by stopping its dhcpd, editing its leases file and starting it again";
  }

  std::optional<sync::PartnerDownFacts> Look() {
    sync::PartnerDownFacts facts{.dead = dead_, .mclt = pair().primary.mclt};
    auto look = nodes_.agent(survivor()).Inspect({});
    if (!look) {
      run_.Complain(pair(), ProblemOf(survivor(), "inspect", look.error()));
      return std::nullopt;
    }
    facts.survivor.link = look->link;
    facts.survivor.reading =
        ReadFailover(nodes_.transport(survivor()), pair(), survivor(), look->link);
    seen_[survivor()] = *std::move(look);
    const pair::Node& dead = pair().node(dead_);
    const auto hears = nodes_.agent(survivor()).Reaches(dead.address, dead.port);
    if (hears) facts.survivor.hears_the_dead = *hears;
    facts.dead_node = LookAtDead();
    facts.survivor.push_under_way = PushUnderWay();
    return facts;
  }

  // One that nobody works on any more may wait until the dead node is back.
  std::string PushUnderWay() const {
    const auto decision = DecideSettle(TracesOf(seen_));
    switch (decision.fate) {
      case sync::SettleFate::kRunning:
      case sync::SettleFate::kAwaits:
      case sync::SettleFate::kHelpsItself:
        return Describe(decision);
      case sync::SettleFate::kNone:
      case sync::SettleFate::kInDoubt:
      case sync::SettleFate::kForward:
      case sync::SettleFate::kBack:
        return "";
    }
    return "";
  }

  // Twice, for a dhcpd that serves writes to its leases file.
  sync::PartnerDownFacts::Dead LookAtDead() {
    sync::PartnerDownFacts::Dead dead;
    for (const NodeProblem& problem : nodes_.problems()) {
      if (problem.role == dead_) dead.why_unreached = problem.message;
    }
    if (!nodes_.is_reached(dead_)) return dead;
    const auto first = nodes_.agent(dead_).Inspect({});
    waiting_.Sleep(std::chrono::seconds(2));
    const auto second = nodes_.agent(dead_).Inspect({});
    if (!first || !second) {
      dead.why_unreached = first ? second.error().message : first.error().message;
      return dead;
    }
    seen_[dead_] = *second;
    dead.is_reached = true;
    dead.service = second->link.service;
    dead.address = second->address;
    dead.leases_change = first->leases.bytes != second->leases.bytes ||
                         first->link.state_block != second->link.state_block;
    return dead;
  }

  // All consents that are wanted, one after the other; those given by options count. --yes answers
  // the last question only: what nobody but the operator can know has options of its own.
  bool Agreed(const sync::PartnerDownVerdict& verdict) {
    for (const std::string& refusal : verdict.refusals) {
      run_.Complain("refused: " + refusal, ExitCode::kRefused);
    }
    if (!verdict.refusals.empty()) return false;
    if (!verdict.why_double_allocation.empty()) {
      run_.Say("warning: " + verdict.why_double_allocation);
      if (!options_.force) {
        run_.Complain("refused: --force takes that upon itself", ExitCode::kRefused);
        return false;
      }
    }
    if (!verdict.why_is_off.empty()) {
      run_.Say(verdict.why_is_off);
      if (!options_.is_off && !IsOffByWord()) return false;
    }
    return run_.options().dry_run ||
           run_.Confirmed(fmt::format("{} is down for good, and {} is to serve alone?",
                                      TitleOf(pair(), dead_), TitleOf(pair(), survivor())));
  }

  bool IsOffByWord() {
    if (!run_.options().yes && !run_.options().dry_run) {
      return run_.Confirmed(
          fmt::format("Is {} off, so that it can serve nobody?", TitleOf(pair(), dead_)));
    }
    run_.Complain("refused: make sure that it is off, and say so with --is-off",
                  ExitCode::kRefused);
    return false;
  }

  void Set(const sync::FailoverReading& reading) {
    run_.Say(fmt::format("telling the {} {}", TitleOf(pair(), survivor()), WayOf(reading)));
    const auto set = SetPartnerDown(nodes_.transport(survivor()), nodes_.agent(survivor()), pair(),
                                    reading, waiting_);
    if (!set) {
      run_.Complain(pair(), ProblemOf(survivor(), "partner-down", set.error()));
      return;
    }
    static_cast<void>(nodes_.agent(survivor()).Record("partner-down: set by dhcpair"));
    Report(*set, "is in partner-down");
  }

  void Report(const sync::FailoverReading& reading, std::string_view what) {
    run_.Tell(fmt::format("{} {}", TitleOf(pair(), survivor()), what));
    run_.Note(fmt::format("{}_state", Name(survivor())), "partner-down");
    if (reading.mine_since) {
      const auto from = sync::PartnersAddressesFrom(*reading.mine_since, pair().primary.mclt);
      run_.Tell(
          fmt::format("it gives its partner's addresses too from {} by its clock, {} s after "
                      "that began; one that the partner promised for longer (tsfp), as much "
                      "later",
                      TimeForPeople(from), pair().primary.mclt.count()));
      run_.Note("partners_addresses_from", TimeForPeople(from));
    }
    run_.Tell(
        fmt::format("keep the {} off until 'dhcpair partner-down --return {}' has looked at "
                    "what it saved",
                    TitleOf(pair(), dead_), Name(dead_)));
  }

  const PartnerDownOptions& options_;
  StateRun& run_;
  NodePair& nodes_;
  Role dead_;
  sync::PerRole<std::optional<sync::NodeFacts>> seen_;
  RealWaiting waiting_;
};

class ReturnCommand {
 public:
  ReturnCommand(const PartnerDownOptions& options, StateRun& run, NodePair& nodes, Role returning)
      : options_(options), run_(run), nodes_(nodes), returning_(returning) {}

  void Run() {
    for (const NodeProblem& problem : nodes_.problems()) run_.Complain(pair(), problem);
    if (!nodes_.are_both_reached()) return;
    const auto facts = Look();
    if (!facts) return;
    run_.Show(pair(), Other(returning_), facts->partner);
    run_.Show(pair(), returning_, facts->saved);
    auto verdict = DecideReturn(*facts);
    if (verdict.kind == sync::ReturnVerdict::Kind::kRefused) {
      run_.Complain("refused: " + TitleOf(pair(), returning_) + ": " + verdict.reason,
                    ExitCode::kRefused);
      return;
    }
    run_.Tell(fmt::format("{}: {}", TitleOf(pair(), returning_), verdict.reason));
    if (options_.as_is) verdict.silent_until.reset();
    if (verdict.silent_until) {
      run_.Tell(fmt::format("it will serve nobody until {} by its clock, {} s from now",
                            TimeForPeople(*verdict.silent_until),
                            *verdict.silent_until - facts->now));
      run_.Note("silent_until", TimeForPeople(*verdict.silent_until));
    }
    if (run_.options().dry_run || !Begin(*facts, verdict.kind)) return;
    // What runs already may have been normal for long.
    const bool has_started = verdict.kind != sync::ReturnVerdict::Kind::kWatch;
    run_.Watch(nodes_, returning_, has_started ? partner_now_ : 0, waiting_);
  }

 private:
  const pair::Pair& pair() const { return nodes_.pair(); }

  std::optional<sync::ReturnFacts> Look() {
    sync::ReturnFacts facts{.returning = returning_, .mclt = pair().primary.mclt};
    const Role other = Other(returning_);
    const auto partner = nodes_.agent(other).Look();
    if (!partner) {
      run_.Complain(pair(), ProblemOf(other, "look", partner.error()));
      return std::nullopt;
    }
    const auto own = nodes_.agent(returning_).Inspect({});
    if (!own) {
      run_.Complain(pair(), ProblemOf(returning_, "inspect", own.error()));
      return std::nullopt;
    }
    partner_now_ = partner->now;
    facts.partner = ReadFailover(nodes_.transport(other), pair(), other, *partner);
    facts.partner_service = partner->service;
    facts.saved = ReadSavedFailover(pair(), own->link);
    facts.service = own->link.service;
    facts.leases = own->leases;
    facts.now = own->link.now;
    return facts;
  }

  // Whether the node is on its way back.
  bool Begin(const sync::ReturnFacts& facts, sync::ReturnVerdict::Kind kind) {
    using enum sync::ReturnVerdict::Kind;
    if (kind == kWatch) return true;
    const bool edit = kind == kEditFirst && !options_.as_is;
    if (!run_.Confirmed(fmt::format("{} {}?",
                                    edit ? "Edit its saved state to recover, and start" : "Start",
                                    TitleOf(pair(), returning_)))) {
      return false;
    }
    if (edit) {
      const auto edited = EditSavedState(nodes_.agent(returning_), *facts.saved.mine,
                                         State::kRecover, sync::NodeAgent::Afterwards::kStart);
      if (!edited) {
        run_.Complain(pair(), ProblemOf(returning_, "edit", edited.error()));
        return false;
      }
      run_.Say(fmt::format("{}: saved state edited to recover, dhcpd started",
                           TitleOf(pair(), returning_)));
      return true;
    }
    const auto started = nodes_.agent(returning_).StartService();
    if (!started) {
      run_.Complain(pair(), ProblemOf(returning_, "start", started.error()));
      return false;
    }
    run_.Say(fmt::format("{}: dhcpd started", TitleOf(pair(), returning_)));
    return true;
  }

  const PartnerDownOptions& options_;
  StateRun& run_;
  NodePair& nodes_;
  Role returning_;
  sync::NodeTime partner_now_ = 0;
  RealWaiting waiting_;
};

}  // namespace

ExitCode RunPartnerDown(const PartnerDownOptions& options) {
  StateRun run("partner-down", options.state);
  const bool is_return = !options.returning.empty();
  if (!is_return && options.dead.empty()) {
    run.Complain("say which node is down with --dead NODE, or which comes back with --return NODE",
                 ExitCode::kBadInput);
    return run.End();
  }
  auto pair = run.LoadPair();
  if (!pair) return run.End();
  const auto role = run.FindNode(*pair, is_return ? options.returning : options.dead);
  if (!role) return run.End();
  NodePair nodes = run.Connect(*std::move(pair));
  if (is_return) {
    ReturnCommand(options, run, nodes, *role).Run();
  } else {
    DeadCommand(options, run, nodes, *role).Run();
  }
  return run.End();
}

}  // namespace dhcpair
