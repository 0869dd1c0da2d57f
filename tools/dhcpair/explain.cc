#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cassert>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "common.h"
#include "explain_language.h"
#include "lint/explanations.h"
#include "lint/registry.h"
#include "text/fill.h"
#include "text/table.h"
#include "text/utf8.h"
#include "version.h"

namespace dhcpair {
namespace {

using lint::Explanation;
using text::Rule;
using Json = nlohmann::ordered_json;

constexpr std::size_t kColumns = 80;
constexpr std::string_view kIndent = "  ";

struct Options {
  CommonOptions common;
  std::vector<std::string> rules;
  bool all = false;
  bool list = false;
  bool statements = false;
};

// "warning; for a pair: error"
std::string SeverityOf(const Rule& rule) {
  std::string severity(Name(rule.severity));
  if (rule.in_pair != rule.severity)
    severity += fmt::format("; for a pair: {}", Name(rule.in_pair));
  return severity;
}

// The page of one rule, for a terminal.
class Page {
 public:
  Page(const Rule& rule, const Explanation& explanation, text::Color color)
      : rule_(rule), explanation_(explanation), color_(color) {}

  std::string Print() && {
    const std::string alias = rule_.alias.empty() ? "" : fmt::format(" ({})", rule_.alias);
    out_ = fmt::format("{}{}: {}\n", Bold(rule_.id), alias, SeverityOf(rule_));
    Prose(explanation_.meaning);
    Heading("What dhcpd does");
    Prose(explanation_.dhcpd);
    for (const lint::ExampleFile& file : explanation_.wrong) File("Example", file);
    Commands("Example", explanation_.wrong_commands);
    if (IsToldHowToRun()) {
      out_ += '\n';
      CommandLine(explanation_.arguments);
    }
    for (const lint::ExampleFile& file : explanation_.right) File("Mended", file);
    Commands("Mended", explanation_.right_commands);
    if (!explanation_.right_arguments.empty()) {
      Heading("Mended");
      CommandLine(explanation_.right_arguments);
    }
    Heading("What to do");
    Prose(explanation_.fix);
    return std::move(out_);
  }

 private:
  // The file alone is what anybody would give to lint.
  bool IsToldHowToRun() const {
    return explanation_.command != "lint" || explanation_.arguments.contains(' ');
  }

  std::string Bold(std::string_view text) const {
    return color_ == text::Color::kAlways ? fmt::format("\x1b[1m{}\x1b[0m", text)
                                          : std::string(text);
  }

  void Heading(std::string_view heading) { out_ += fmt::format("\n{}\n", Bold(heading)); }

  void Prose(std::string_view prose) { out_ += text::Fill(prose, kColumns, kIndent); }

  void File(std::string_view which, const lint::ExampleFile& file) {
    Heading(fmt::format("{}: {}", which, file.name));
    Lines(file.text.empty() ? "(empty)" : file.text, "");
  }

  void Commands(std::string_view which, std::string_view commands) {
    if (commands.empty()) return;
    Heading(which);
    Lines(commands, "$ ");
  }

  void CommandLine(std::string_view arguments) {
    out_ += fmt::format("{}dhcpair {} {}\n", kIndent, explanation_.command, arguments);
  }

  void Lines(std::string_view text, std::string_view prompt) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text.substr(0, end);
      out_ += line.empty() ? "\n" : fmt::format("{}{}{}\n", kIndent, prompt, line);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  const Rule& rule_;
  const Explanation& explanation_;
  const text::Color color_;
  std::string out_;
};

// Prose without the line ends that only suit the file it comes from.
std::string Paragraphs(std::string_view prose) {
  std::string text = text::Fill(prose, std::string::npos);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

Json FilesJson(const std::vector<lint::ExampleFile>& files) {
  Json json = Json::array();
  for (const lint::ExampleFile& file : files)
    json.push_back({{"file", file.name}, {"text", file.text}});
  return json;
}

Json RuleJson(const Rule& rule) {
  Json json{{"rule", rule.id}};
  if (!rule.alias.empty()) json["alias"] = rule.alias;
  json["severity"] = Name(rule.severity);
  json["in_pair"] = Name(rule.in_pair);
  json["summary"] = rule.summary;
  return json;
}

Json PageJson(const Rule& rule, const Explanation& explanation) {
  Json json = RuleJson(rule);
  json["meaning"] = Paragraphs(explanation.meaning);
  json["dhcpd"] = Paragraphs(explanation.dhcpd);
  json["fix"] = Paragraphs(explanation.fix);
  json["command"] = explanation.command;
  json["arguments"] = explanation.arguments;
  if (!explanation.right_arguments.empty()) json["right_arguments"] = explanation.right_arguments;
  json["base"] = FilesJson(explanation.base);
  json["wrong"] = FilesJson(explanation.wrong);
  json["right"] = FilesJson(explanation.right);
  if (!explanation.wrong_commands.empty()) json["wrong_commands"] = explanation.wrong_commands;
  if (!explanation.right_commands.empty()) json["right_commands"] = explanation.right_commands;
  return json;
}

class ExplainCommand {
 public:
  explicit ExplainCommand(const Options& options) : options_(options) {}

  ExitCode Run() {
    if (options_.statements) return PrintStatements();
    if (!ChooseRules()) return ExitCode::kBadInput;
    const bool is_json = options_.common.format == Format::kJson;
    if (options_.list) {
      is_json ? PrintJson(&RuleJson) : PrintList();
      return ExitCode::kDone;
    }
    explanations_ = lint::Explanations();
    if (is_json) {
      PrintJson([this](const Rule& rule) { return PageJson(rule, ExplanationOf(rule)); });
    } else {
      PrintPages();
    }
    return ExitCode::kDone;
  }

 private:
  // Says what is wrong with the command line and returns false, or fills rules_.
  bool ChooseRules() {
    if (options_.rules.empty()) {
      if (!options_.all && !options_.list) {
        PrintErr("dhcpair: name a rule, or say --all or --list\n");
        return false;
      }
      rules_ = lint::AllRules();
      return true;
    }
    bool ok = true;
    for (const std::string& word : options_.rules) {
      const auto found = lint::FindRules(word);
      if (found) {
        rules_.insert(rules_.end(), found->begin(), found->end());
      } else if (auto page = DescribeLanguage(word)) {
        words_.push_back({word, *std::move(page)});
      } else {
        ok = false;
        PrintErr(fmt::format("dhcpair: {}\n", text::Visible(found.error())));
      }
    }
    if (!ok) PrintErr("Try 'dhcpair explain --list'.\n");
    return ok;
  }

  const Explanation& ExplanationOf(const Rule& rule) const {
    const auto found = std::ranges::find(explanations_, rule.id, &Explanation::id);
    // A test sees that each rule has one.
    assert(found != explanations_.end());
    return *found;
  }

  ExitCode PrintStatements() const {
    const bool is_json = options_.common.format == Format::kJson;
    PrintOut(is_json ? text::PrintJsonEnvelope("explain", kVersion, StatementsJson())
                     : ListStatements());
    return ExitCode::kDone;
  }

  void PrintList() const {
    std::vector<std::vector<std::string>> rows;
    for (const Rule* const rule : rules_) {
      rows.push_back({std::string(rule->id), std::string(rule->alias),
                      std::string(Name(rule->severity)), std::string(rule->summary)});
    }
    PrintOut(text::FormatTable(rows));
  }

  void PrintPages() const {
    const text::Color color = ColorFor(options_.common, STDOUT_FILENO);
    bool is_first = true;
    for (const Word& word : words_) {
      if (!std::exchange(is_first, false)) PrintOut("\n");
      PrintOut(word.page);
    }
    for (const Rule* const rule : rules_) {
      if (!std::exchange(is_first, false)) PrintOut("\n\n");
      PrintOut(Page(*rule, ExplanationOf(*rule), color).Print());
    }
  }

  template <typename ToJson>
  void PrintJson(ToJson to_json) const {
    Json results = Json::array();
    for (const Word& word : words_) results.push_back({{"word", word.name}, {"text", word.page}});
    for (const Rule* const rule : rules_) results.push_back(to_json(*rule));
    PrintOut(text::PrintJsonEnvelope("explain", kVersion, std::move(results)));
  }

  // A statement or an option of dhcpd.conf.
  struct Word {
    std::string name;
    std::string page;
  };

  const Options& options_;
  std::vector<Word> words_;
  std::vector<const Rule*> rules_;
  std::vector<Explanation> explanations_;
};

}  // namespace

void AddExplain(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand(
      "explain", "tells what a rule of lint means, with an example, what dhcpd does, and the fix");
  auto* const rules =
      command
          .add_option("RULE", options->rules,
                      "ids such as conf-syntax, codes such as FP205, families such as conf-, and "
                      "words of dhcpd.conf such as range or routers")
          ->option_text("[RULE...]");
  command.add_flag("--all", options->all, "explain every rule")->excludes(rules);
  command.add_flag("--list", options->list, "one line for each rule instead: id, code, severity");
  command
      .add_flag("--statements", options->statements,
                "list the statements of dhcpd.conf instead: how they are written, their defaults, "
                "where they may stand")
      ->excludes(rules);
  AddCommonOptions(command, options->common, Formats::kTextAndJson);
  command.callback([options, &exit_code] { exit_code = ExplainCommand(*options).Run(); });
}

}  // namespace dhcpair
