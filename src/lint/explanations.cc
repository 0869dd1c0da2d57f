#include "lint/explanations.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <optional>

#include "lint/explanation_texts.h"

namespace dhcpair::lint {
namespace {

constexpr std::string_view kRuleMark = "=== ";
constexpr std::string_view kPartMark = "--- ";
constexpr std::string_view kCommands = "sh";
constexpr std::string_view kUsualCommand = "lint";

enum class PartKind {
  kMeaning,
  kDhcpd,
  kBase,
  kWrong,
  kRight,
  kFix,
  kCommand,
  kArguments,
  kRightArguments,
};

struct PartName {
  std::string_view name;
  PartKind kind;
  bool is_file;
};

constexpr std::array kParts{
    PartName{"dhcpd", PartKind::kDhcpd, false},
    PartName{"base", PartKind::kBase, true},
    PartName{"wrong", PartKind::kWrong, true},
    PartName{"right", PartKind::kRight, true},
    PartName{"fix", PartKind::kFix, false},
    PartName{"command", PartKind::kCommand, false},
    PartName{"args", PartKind::kArguments, false},
    PartName{"right-args", PartKind::kRightArguments, false},
};

// A heading, and the lines below it.
struct Part {
  PartKind kind;
  std::string_view name;  // What stands behind the word of the heading.
  std::size_t line;
  std::string_view body = {};
};

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \n") == std::string_view::npos;
}

// The text without blank lines at its ends; what is left ends with its line end.
std::string_view Trimmed(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  while (text.ends_with("\n\n")) text.remove_suffix(1);
  return text == "\n" ? std::string_view() : text;
}

bool Has(const std::vector<ExampleFile>& files, std::string_view name) {
  return std::ranges::find(files, name, &ExampleFile::name) != files.end();
}

std::optional<Part> HeadingOf(std::string_view line, std::size_t number) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.starts_with(kRuleMark)) {
    return Part{PartKind::kMeaning, line.substr(kRuleMark.size()), number};
  }
  if (!line.starts_with(kPartMark)) return std::nullopt;
  line.remove_prefix(kPartMark.size());
  const std::size_t blank = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, blank);
  const auto* const part = std::ranges::find(kParts, word, &PartName::name);
  // A line such as this may stand in a file, too.
  if (part == kParts.end()) return std::nullopt;
  return Part{part->kind, line.substr(std::min(blank + 1, line.size())), number};
}

// What stands before the first heading is for those who read the file itself.
std::vector<Part> SplitParts(std::string_view text) {
  std::vector<Part> parts;
  std::size_t body_begin = 0;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    if (const auto heading = HeadingOf(text.substr(begin, end - begin), ++number)) {
      if (!parts.empty()) parts.back().body = text.substr(body_begin, begin - body_begin);
      parts.push_back(*heading);
      body_begin = end;
    }
    begin = end;
  }
  if (!parts.empty()) parts.back().body = text.substr(body_begin);
  return parts;
}

// Whether the example has this file in one of its forms; commands may make the other one.
bool IsAbout(const Explanation& it, std::string_view name) {
  return Has(it.wrong, name) || Has(it.right, name);
}

std::string_view DefaultArguments(const Explanation& explanation) {
  const auto has = [&](std::string_view name) { return IsAbout(explanation, name); };
  if (has("pair.yaml")) return "pair.yaml";
  if (has("primary.conf") && has("secondary.conf")) return "--pair primary.conf secondary.conf";
  return "dhcpd.conf";
}

class ExplanationsParser {
 public:
  using Problem = std::optional<std::string>;

  Problem Read(std::string_view text) {
    for (const Part& part : SplitParts(text)) {
      if (auto problem = Take(part)) return fmt::format("line {}: {}", part.line, *problem);
    }
    return Finish();
  }

  std::vector<Explanation> all() && { return std::move(all_); }

 private:
  Problem Take(const Part& part) {
    if (part.kind == PartKind::kMeaning) {
      if (auto problem = Finish()) return problem;
      if (part.name.empty()) return "a rule has an id";
      current_ = Explanation{.id = part.name};
      return Set(current_->meaning, part);
    }
    if (!current_) {
      if (part.kind != PartKind::kBase) return "this part stands before the first rule";
      return AddFile(shared_, part);
    }
    switch (part.kind) {
      case PartKind::kMeaning:
        break;
      case PartKind::kDhcpd:
        return Set(current_->dhcpd, part);
      case PartKind::kFix:
        return Set(current_->fix, part);
      case PartKind::kCommand:
        return SetInHeading(current_->command, part);
      case PartKind::kArguments:
        return SetInHeading(current_->arguments, part);
      case PartKind::kRightArguments:
        return SetInHeading(current_->right_arguments, part);
      case PartKind::kBase:
        return AddFile(current_->base, part);
      case PartKind::kWrong:
        if (part.name == kCommands) return Set(current_->wrong_commands, part);
        return AddFile(current_->wrong, part);
      case PartKind::kRight:
        if (part.name == kCommands) return Set(current_->right_commands, part);
        return AddFile(current_->right, part);
    }
    return std::nullopt;
  }

  static Problem Set(std::string_view& text, const Part& part) {
    if (!text.empty()) return "this part is there already";
    text = Trimmed(part.body);
    if (IsBlank(text)) return "this part is empty";
    return std::nullopt;
  }

  static Problem SetInHeading(std::string_view& text, const Part& part) {
    if (!IsBlank(part.body)) return "what belongs here stands in the heading";
    return Set(text, {part.kind, "", part.line, part.name});
  }

  static Problem AddFile(std::vector<ExampleFile>& files, const Part& part) {
    if (part.name.empty()) return "a file has a name";
    if (Has(files, part.name)) return "this file is there already";
    files.push_back({part.name, Trimmed(part.body)});
    return std::nullopt;
  }

  // The current rule is complete: what is missing, if it is not.
  Problem Finish() {
    if (!current_) return std::nullopt;
    Explanation& it = *current_;
    const bool is_wrong = !it.wrong.empty() || !it.wrong_commands.empty();
    if (it.dhcpd.empty() || it.fix.empty() || !is_wrong) {
      return fmt::format("'{}' needs its parts dhcpd, wrong and fix", it.id);
    }
    const bool is_right = !it.right.empty() || !it.right_commands.empty() ||
                          !it.right_arguments.empty() || !it.wrong_commands.empty();
    if (!is_right) {
      return fmt::format("'{}' has no right form", it.id);
    }
    if (it.command.empty()) it.command = kUsualCommand;
    if (it.arguments.empty()) it.arguments = DefaultArguments(it);
    if (IsAbout(it, "pair.yaml")) {
      std::ranges::copy_if(shared_, std::back_inserter(it.base), [&](const ExampleFile& file) {
        return !Has(it.base, file.name) && !Has(it.wrong, file.name);
      });
    }
    all_.push_back(std::move(it));
    current_.reset();
    return std::nullopt;
  }

  std::vector<ExampleFile> shared_;
  std::optional<Explanation> current_;
  std::vector<Explanation> all_;
};

}  // namespace

std::expected<std::vector<Explanation>, std::string> ParseExplanations(std::string_view text) {
  ExplanationsParser parser;
  if (auto problem = parser.Read(text)) return std::unexpected(*std::move(problem));
  return std::move(parser).all();
}

std::vector<Explanation> Explanations() {
  std::vector<Explanation> all;
  for (const ExplanationText& file : ExplanationTexts()) {
    auto some = ParseExplanations(file.text);
    // The files are ours, and a test parses each.
    assert(some);
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

}  // namespace dhcpair::lint
