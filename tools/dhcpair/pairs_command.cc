#include "pairs_command.h"

#include <fmt/core.h>
#include <unistd.h>

#include "text/render.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

using pair::Role;

// Lines of several pairs say of which one they speak.
std::string WithPrefix(std::string_view text, const std::string& prefix) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines += prefix;
    lines += text.substr(0, end);
    text.remove_prefix(end);
  }
  return lines;
}

PairOutcome WorkOn(pair::Pair pair, const CommonOptions& options,
                   const std::function<PairOutcome(NodePair&)>& work) {
  NodePair nodes = NodePair::Connect(std::move(pair));
  PairOutcome outcome;
  if (nodes.findings().has_errors()) {
    outcome.json = PairJson(nodes.pair());
    outcome.exit_code = ExitCode::kBadInput;
  } else {
    outcome = work(nodes);
  }
  std::string said;
  if (options.format != Format::kJson) {
    said += RenderTerminal(Shown(nodes.findings(), options), ColorFor(options, STDERR_FILENO));
  }
  for (const std::string& warning : nodes.warnings()) said += warning + "\n";
  if (options.verbose) {
    for (const std::string& assumption : nodes.assumptions()) said += assumption + "\n";
  }
  outcome.err = said + outcome.err;
  for (const NodeProblem& problem : nodes.problems()) AddProblem(nodes.pair(), problem, outcome);
  return outcome;
}

}  // namespace

void AddProblem(const pair::Pair& pair, const NodeProblem& problem, PairOutcome& outcome) {
  outcome.err += Sentence(pair, problem) + "\n";
  outcome.json["problems"].push_back(ToJson(pair, problem));
  outcome.exit_code = Worse(outcome.exit_code, problem.exit_code);
}

nlohmann::ordered_json PairJson(const pair::Pair& pair) {
  return {{"file", pair.source->name()},
          {"pair", pair.name.text()},
          {"nodes",
           {{"primary", {{"host", pair.primary.node.host}}},
            {"secondary", {{"host", pair.secondary.node.host}}}}},
          {"problems", nlohmann::ordered_json::array()}};
}

ExitCode RunOnPairs(const PairsCommand& command,
                    const std::function<PairOutcome(NodePair&)>& work) {
  const bool is_json = command.options.format == Format::kJson;
  text::Diagnostics findings;
  nlohmann::ordered_json results = nlohmann::ordered_json::array();
  ExitCode worst = ExitCode::kDone;
  auto pairs = LoadPairs(command.files, command.options, findings);
  if (!pairs) worst = ExitCode::kBadInput;
  const std::size_t count = pairs ? pairs->size() : 0;
  InOrder(
      count, command.jobs,
      [&](std::size_t i) {
        const std::string file = (*pairs)[i].source->name();
        PairOutcome outcome = WorkOn(std::move((*pairs)[i]), command.options, work);
        if (count > 1) outcome.err = WithPrefix(outcome.err, text::Visible(file) + ": ");
        return outcome;
      },
      [&](PairOutcome outcome) {
        worst = Worse(worst, outcome.exit_code);
        PrintErr(outcome.err);
        if (is_json) {
          results.push_back(std::move(outcome.json));
        } else {
          PrintOut(outcome.out);
        }
      });
  if (is_json) PrintPairsJson(command.name, std::move(results), findings, command.options);
  return worst;
}

}  // namespace dhcpair
