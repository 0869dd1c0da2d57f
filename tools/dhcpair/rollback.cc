#include "sync/rollback.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit.h"
#include "commands.h"
#include "common.h"
#include "leases/date.h"
#include "pairs_command.h"
#include "push_pair.h"
#include "push_talk.h"
#include "real_waiting.h"
#include "sync/settle_run.h"
#include "text/table.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

using pair::Role;
using Json = nlohmann::ordered_json;

struct Options {
  PushCommandOptions push;
  std::vector<std::string> words;  ///< A generation and pair files.
  std::optional<int> generation = {};
  bool list = false;
};

// Of the words those of digits alone are generations: no pair file is called so.
bool SortWords(Options& options) {
  options.push.files.clear();
  for (const std::string& word : options.words) {
    if (!std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; })) {
      options.push.files.push_back(word);
      continue;
    }
    int number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size() || options.generation) {
      PrintErr(
          fmt::format("dhcpair: '{}': one generation is wanted, by its number ('dhcpair "
                      "rollback --list' shows them)\n",
                      word));
      return false;
    }
    options.generation = number;
  }
  if (options.push.files.empty()) options.push.files.emplace_back("pair.yaml");
  return true;
}

PairReport Refused(std::string why, ExitCode code) {
  PrintErr(fmt::format("dhcpair: {}\n", why));
  return {.outcome = "refused",
          .why = why,
          .exit_code = code,
          .json = {{"outcome", "refused"}, {"why", why}}};
}

PairReport Failed(const sync::StepError& error) {
  return Refused(error.Text(), ExitCodeOf(sync::FailedBefore(error)));
}

// Of a push that waits for its confirmation that is what the operator wants to undo: it is taken
// back, and nothing older after it. Nothing where none waits.
std::optional<PairReport> TakeBackWaiting(const Options& options, NodePair& nodes,
                                          sync::BothNodes& both) {
  auto results = both.Do<sync::NodeFacts>(both.nodes().reached(),
                                          [](sync::NodeAgent& agent) { return agent.Inspect({}); });
  if (auto error = both.ErrorIn(results, sync::Step::kInspect)) return Failed(*error);
  sync::PerRole<std::optional<sync::NodeFacts>> facts;
  for (const Role role : both.nodes().reached()) facts[role] = **std::move(results[role]);
  if (DecideSettle(TracesOf(facts)).fate != sync::SettleFate::kAwaits) return std::nullopt;
  TerminalTalk talk({.common = options.push.common}, nodes.pair(), both.waiting());
  const auto settled = SettleUnfinished(both, facts, sync::SettleWish::kBack, talk);
  if (!settled.errors.empty()) return Failed(settled.errors.front());
  const std::string& push = settled.decision.push;
  Audit(fmt::format("rollback {} push {} by {}", text::Visible(nodes.pair().source->name()), push,
                    Operator()));
  return PairReport{.outcome = "taken back",
                    .why = fmt::format("push {} waited for 'dhcpair confirm'", push),
                    .json = {{"outcome", "taken back"}, {"push", push}}};
}

std::expected<PushedFiles, PairReport> EarlierFiles(const Options& options, NodePair& nodes,
                                                    sync::BothNodes& both) {
  if (!options.generation && !options.push.dry_run) {
    if (auto taken_back = TakeBackWaiting(options, nodes, both)) {
      return std::unexpected(*std::move(taken_back));
    }
  }
  auto generations = sync::ReadGenerations(both);
  if (!generations) return std::unexpected(Failed(generations.error()));
  const auto numbers = ChooseGenerations(*generations, options.generation);
  if (!numbers) return std::unexpected(Refused(numbers.error(), ExitCode::kRefused));
  auto files = GenerationFiles(both, *generations, *numbers);
  if (!files) return std::unexpected(Failed(files.error()));
  for (const Role role : both.nodes().reached()) {
    const std::string& conf = both.pair().node(role).paths.conf.text();
    if (std::ranges::find((*files)[role], conf, &sync::ManagedFile::path) != (*files)[role].end()) {
      continue;
    }
    return std::unexpected(Refused(
        fmt::format("generation {} of the {} is from before its first push, when it had no '{}'; "
                    "'dhcpair rollback --list' shows what else there is",
                    (*numbers)[role], Name(role), conf),
        ExitCode::kRefused));
  }
  std::string done =
      fmt::format("rolled back to generation {}", (*numbers)[both.nodes().reached().front()]);
  if (both.nodes().reached().size() == 2 && numbers->primary != numbers->secondary) {
    done += fmt::format(" (the secondary to its {})", numbers->secondary);
  }
  return PushedFiles{*std::move(files), std::move(done)};
}

Json ListJson(const sync::GenerationFacts& generation) {
  Json files = Json::object();
  for (const sync::FileFacts& file : generation.files) files[file.path] = file.sha256;
  return {{"number", generation.number},         {"made_at", generation.made_at},
          {"made_by", generation.made_by},       {"was_confirmed", generation.was_confirmed},
          {"is_current", generation.is_current}, {"files", std::move(files)}};
}

std::string_view Describe(const sync::GenerationFacts& generation) {
  if (generation.is_current) return "in force";
  return generation.was_confirmed ? "confirmed before" : "not pushed by dhcpair";
}

// Of each node that answers, whatever the other does.
PairOutcome List(const Options& options, NodePair& nodes) {
  PairOutcome outcome{.json = PairJson(nodes.pair())};
  const auto generations = sync::OnBoth([&](Role role) {
    using Generations = sync::NodeAgent::Result<std::vector<sync::GenerationFacts>>;
    return nodes.is_reached(role) ? std::optional<Generations>(nodes.agent(role).Generations())
                                  : std::nullopt;
  });
  std::vector<std::vector<std::string>> rows;
  for (const Role role : sync::kBothRoles) {
    if (!generations[role]) continue;
    if (!*generations[role]) {
      AddProblem(nodes.pair(), ProblemOf(role, "inspect", generations[role]->error()), outcome);
      continue;
    }
    Json list = Json::array();
    for (const sync::GenerationFacts& generation : **generations[role]) {
      list.push_back(ListJson(generation));
      rows.push_back({std::string(Name(role)), fmt::format("generation {}", generation.number),
                      leases::DateForPeople(generation.made_at), generation.made_by,
                      std::string(Describe(generation))});
    }
    outcome.json["nodes"][std::string(Name(role))]["generations"] = std::move(list);
  }
  if (options.push.files.size() > 1 && !rows.empty()) {
    outcome.out = text::Visible(nodes.pair().source->name()) + ":\n";
  }
  outcome.out += text::FormatTable(rows);
  return outcome;
}

}  // namespace

void AddRollback(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand(
      "rollback", "puts an earlier generation back on both nodes, by the steps of a push");
  command
      .add_option("words", options->words,
                  "a generation by its number on the primary (default: the one before that in "
                  "force), and pair files (default: pair.yaml)")
      ->option_text("[GENERATION] [PAIR...]");
  command.add_flag("--list", options->list, "show the generations that the nodes keep");
  AddPushOptions(command, options->push, PushFiles::kByCaller);
  command.callback([options, &exit_code] {
    if (!SortWords(*options)) {
      exit_code = ExitCode::kBadInput;
      return;
    }
    if (options->list) {
      exit_code =
          RunOnPairs({"rollback", options->push.files, options->push.common, options->push.jobs},
                     [&](NodePair& nodes) { return List(*options, nodes); });
      return;
    }
    exit_code = PushToPairs("rollback", options->push, [&](NodePair& nodes, sync::BothNodes& both) {
      return EarlierFiles(*options, nodes, both);
    });
  });
}

}  // namespace dhcpair
