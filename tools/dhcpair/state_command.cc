#include "state_command.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "ask.h"
#include "leases/date.h"
#include "text/utf8.h"

namespace dhcpair {

using failover::State;
using pair::Role;
using Source = sync::FailoverReading::Source;

void AddStateOptions(CLI::App& command, StateOptions& options) {
  command.add_option("PAIR", options.file, "pair file; pair.yaml where none is given")
      ->option_text("[PAIR]");
  command.add_flag("-y,--yes", options.yes, "do it without a question");
  command.add_flag("--dry-run", options.dry_run, "look at both nodes, say what would be done");
  command
      .add_option("--timeout", options.timeout_seconds,
                  "seconds to wait for each state on the way to normal, besides recover-wait "
                  "(default: 120)")
      ->check(CLI::Range(1, 86400))
      ->option_text("SECONDS");
  AddCommonOptions(command, options.common, Formats::kTextAndJson);
}

std::string TimeForPeople(sync::NodeTime time) { return leases::DateForPeople(time) + " UTC"; }

std::optional<pair::Pair> StateRun::LoadPair() {
  auto pairs = LoadPairs({options_.file}, options_.common, diagnostics_);
  if (!pairs) {
    exit_code_ = ExitCode::kBadInput;
    return std::nullopt;
  }
  pair_name_ = pairs->front().name.text();
  return std::move(pairs->front());
}

std::optional<Role> StateRun::FindNode(const pair::Pair& pair, std::string_view name) {
  const auto role = NodeNamed(pair, name);
  if (!role) Complain(NoSuchNode(pair, name), ExitCode::kBadInput);
  return role;
}

NodePair StateRun::Connect(pair::Pair pair) {
  NodePair nodes = NodePair::Connect(std::move(pair));
  diagnostics_.Append(nodes.findings());
  if (options_.common.format != Format::kJson) PrintFindings(nodes.findings(), options_.common);
  for (const std::string& warning : nodes.warnings()) Say(warning);
  if (nodes.findings().has_errors()) exit_code_ = Worse(exit_code_, ExitCode::kBadInput);
  return nodes;
}

void StateRun::Say(std::string_view line) const {
  if (options_.common.quiet || options_.common.format == Format::kJson) return;
  PrintErr(fmt::format("{}\n", text::Visible(line)));
}

void StateRun::Tell(std::string_view line) const {
  if (options_.common.format == Format::kJson) return;
  PrintOut(fmt::format("{}\n", text::Visible(line)));
}

void StateRun::Complain(std::string_view message, ExitCode code) {
  exit_code_ = Worse(exit_code_, code);
  problems_.emplace_back(message);
  if (options_.common.format == Format::kJson) return;
  PrintErr(fmt::format("dhcpair: {}\n", text::Visible(message)));
}

void StateRun::Complain(const pair::Pair& pair, const NodeProblem& problem) {
  Complain(Sentence(pair, problem), problem.exit_code);
}

bool StateRun::Confirmed(std::string_view question) {
  if (options_.yes) return true;
  switch (Ask(text::Visible(question))) {
    case Reply::kYes:
      return true;
    case Reply::kNo:
      Complain("nothing was done", ExitCode::kRefused);
      return false;
    case Reply::kNobodyThere:
      break;
  }
  Complain("nothing was done, for there is no terminal to ask on; --yes does it without a question",
           ExitCode::kRefused);
  return false;
}

void StateRun::Show(const pair::Pair& pair, Role role, const sync::FailoverReading& reading) {
  std::string line = TitleOf(pair, role) + ": ";
  if (reading.mine) {
    line += failover::Name(*reading.mine);
    if (reading.mine_since) line += " since " + TimeForPeople(*reading.mine_since);
    line += reading.source == Source::kOmapi ? ", by OMAPI" : ", by its leases file";
    Note(fmt::format("{}_state", Name(role)), std::string(failover::Name(*reading.mine)));
  } else {
    line += "state unknown";
  }
  if (!reading.why_not.empty()) line += fmt::format(" ({})", reading.why_not);
  Say(line);
}

void StateRun::Note(const std::string& name, const std::string& value) {
  std::erase_if(notes_, [&](const auto& note) { return note.first == name; });
  notes_.emplace_back(name, value);
}

void StateRun::Watch(NodePair& nodes, Role returning, sync::NodeTime partner_not_before,
                     sync::Waiting& waiting) {
  const pair::Pair& pair = nodes.pair();
  const auto tell = [&](const sync::NormalNews& news) {
    std::string line = fmt::format("{}: {}", TitleOf(pair, returning), failover::Name(news.state));
    if (news.wait_ends) {
      line += fmt::format(", until {} by its clock, {} s from now", TimeForPeople(*news.wait_ends),
                          news.wait_left.count());
    }
    Say(line);
  };
  const sync::NodesInReach reach{
      .pair = pair,
      .transports = {&nodes.transport(Role::kPrimary), &nodes.transport(Role::kSecondary)},
      .agents = {&nodes.agent(Role::kPrimary), &nodes.agent(Role::kSecondary)}};
  const auto outcome = WaitForNormal(reach, returning, partner_not_before,
                                     std::chrono::seconds(options_.timeout_seconds), tell, waiting);
  switch (outcome.kind) {
    case sync::NormalOutcome::Kind::kNormal:
      Tell("both nodes are normal");
      Note("outcome", "normal");
      return;
    case sync::NormalOutcome::Kind::kTimedOut:
      Complain("gave up waiting for normal, nothing was undone: " + outcome.why_not,
               ExitCode::kTimedOut);
      return;
    case sync::NormalOutcome::Kind::kInterrupted:
      Complain("interrupted while waiting for normal; the nodes go on by themselves",
               ExitCode::kTimedOut);
      return;
  }
}

ExitCode StateRun::End() {
  if (options_.common.format == Format::kJson) {
    nlohmann::ordered_json object{{"pair", pair_name_},
                                  {"dry_run", options_.dry_run},
                                  {"exit_code", static_cast<int>(exit_code_)},
                                  {"problems", problems_}};
    for (const auto& [name, value] : notes_) object[name] = value;
    auto pairs = nlohmann::ordered_json::array();
    if (!pair_name_.empty()) pairs.push_back(std::move(object));
    PrintPairsJson(command_, std::move(pairs), diagnostics_, options_.common);
  }
  return exit_code_;
}

}  // namespace dhcpair
