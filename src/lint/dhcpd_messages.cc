#include "lint/dhcpd_messages.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "lint/rules.h"

namespace dhcpair::lint {
namespace {

using text::Span;

constexpr std::size_t kTabWidth = 8;
constexpr int kSignalBase = 128;

// What dhcpd says, the rule that it means, and what would be right.
struct Meaning {
  std::string_view words;
  const text::Rule* rule;
  std::string_view advice;
};

constexpr std::array kMeanings{
    Meaning{"semicolon expected.", &rules::kMissingSemicolon,
            "a ';' is missing before this, perhaps at the end of the line above"},
    Meaning{": not found", &rules::kUnknownPeer,
            "the name in a pool is the 'pair:' of the pair file, letter for letter"},
    Meaning{"has no referring pools", &rules::kPeerWithoutPool,
            "put 'failover peer \"NAME\";' into the pools that both nodes serve"},
    Meaning{"already exists", &rules::kDuplicateHost, "host names are unique; rename one"},
    Meaning{"bad range, address", &rules::kRangeOutsideSubnet,
            "both ends of a range lie in the subnet around it"},
    Meaning{"is declared twice", &rules::kOverlappingRanges, "keep the address in one range"},
    Meaning{"Pool declaration with no address range", &rules::kPoolWithoutRange,
            "put a 'range' inside the pool"},
    Meaning{"Can't open", &rules::kMissingInclude, "the path is the one on the node"},
};

// Starts of lines that say nothing about the configuration, or nothing that the lines before them
// have not said.
constexpr std::array<std::string_view, 15> kNoise{
    "Internet Systems Consortium",
    "Copyright",
    "All rights reserved",
    "For info",
    "Config file:",
    "Database file:",
    "PID file:",
    "If you think",
    "than a configuration",
    "bugs on either",
    "before submitting",
    "process and the",
    "exiting.",
    "Configuration file errors encountered",
    "Failover configuration sanity check failed",
};

struct PlacedMessage {
  std::string_view path;
  std::size_t line = 0;
  std::string_view text;
};

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// "FILE line N: TEXT"
std::optional<PlacedMessage> ParsePlaced(std::string_view line, std::span<const StagedFile> files) {
  constexpr std::string_view kLine = " line ";
  for (const StagedFile& file : files) {
    if (!line.starts_with(file.staged_path)) continue;
    std::string_view rest = line.substr(file.staged_path.size());
    if (!rest.starts_with(kLine)) continue;
    rest.remove_prefix(kLine.size());
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (error != std::errc() || !rest.starts_with(": ")) continue;
    return PlacedMessage{file.staged_path, number, rest.substr(2)};
  }
  return std::nullopt;
}

// Where in the line dhcpd's caret points. It prints the line as far as it had read it, and the
// caret one column behind the start of the token, with tabs expanded in the caret's line only.
std::optional<std::size_t> CaretOffset(std::string_view source_line, std::string_view printed,
                                       std::string_view caret_line) {
  const auto caret = caret_line.find('^');
  const bool is_caret =
      caret != std::string_view::npos && caret_line.find_first_not_of(' ') == caret &&
      source_line.starts_with(printed.substr(0, printed.find_last_not_of(' ') + 1));
  if (!is_caret || caret == 0) return std::nullopt;
  std::size_t column = 0;
  for (std::size_t offset = 0; offset < source_line.size(); ++offset) {
    if (column + 1 >= caret) return offset;
    column += source_line[offset] == '\t' ? kTabWidth - column % kTabWidth : 1;
  }
  return std::nullopt;
}

class MessageReader {
 public:
  MessageReader(const DhcpdCheck& check, const Staging& staging, const std::string& node,
                text::Diagnostics& diagnostics)
      : check_(check),
        staging_(staging),
        files_(staging.files),
        node_(node),
        diagnostics_(diagnostics) {}

  void Read() {
    const std::vector<std::string_view> lines = Lines(check_.messages);
    const auto line_or_empty = [&](std::size_t i) {
      return i < lines.size() ? lines[i] : std::string_view();
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (const auto placed = ParsePlaced(lines[i], files_)) {
        ReportPlaced(*placed, line_or_empty(i + 1), line_or_empty(i + 2));
      } else {
        ReportUnplaced(lines[i]);
      }
    }
    if (check_.exit_status >= kSignalBase) {
      Report(rules::kDhcpdFailed, text::WholeFile(ConfSource()),
             fmt::format("dhcpd -t died of signal {} on this configuration; it is as good as "
                         "rejected",
                         check_.exit_status - kSignalBase));
    } else if (check_.exit_status != 0 && !found_error_ && !is_confined_) {
      Report(rules::kDhcpdRejects, text::WholeFile(ConfSource()),
             fmt::format("dhcpd -t ends with status {} and says no more than: {}",
                         check_.exit_status, last_words_.empty() ? "nothing" : last_words_));
    }
  }

 private:
  const text::SourcePtr& ConfSource() const { return files_[0].source; }

  const StagedFile* FindStaged(std::string_view path) const {
    const auto found = std::ranges::find(files_, path, &StagedFile::staged_path);
    return found == files_.end() ? nullptr : &*found;
  }

  void ReportPlaced(const PlacedMessage& message, std::string_view printed,
                    std::string_view caret_line) {
    // What the includer says when an included file has said it already.
    if (message.text.ends_with(": bad parse.") && found_error_) return;
    const StagedFile* const file = FindStaged(message.path);
    if (file->source == nullptr) return;  // A stand-in has no lines of its own.
    const text::SourceFile& source = *file->source;
    // Line 0 means the first token of the file.
    const Span line =
        source.LineSpan(std::clamp<std::size_t>(message.line, 1, source.line_count()));
    Span at = line;
    if (const auto offset = CaretOffset(source.Text(line), printed, caret_line)) {
      at = {line.begin + *offset, line.begin + *offset + 1};
    }
    ReportMeaning(message.text, {file->source, at});
  }

  void ReportUnplaced(std::string_view line) {
    const bool is_noise = std::ranges::any_of(
        kNoise, [&](std::string_view noise) { return line.starts_with(noise); });
    if (is_noise || line.find_first_not_of(" ^\t") == std::string_view::npos) return;
    if (line.starts_with("WARNING: ") || line.starts_with("Warning: ")) {
      Report(rules::kDhcpdWarns, text::WholeFile(ConfSource()),
             fmt::format("dhcpd says: {}", line.substr(line.find(' ') + 1)));
      return;
    }
    if (line.ends_with(": Permission denied") && line.starts_with("Can't open")) {
      is_confined_ = true;
      Report(rules::kDhcpdConfined, text::WholeFile(ConfSource()),
             "dhcpd may not read the copy that was made for it, so its own check could not be "
             "done; AppArmor or SELinux confines dhcpd on this machine");
      return;
    }
    last_words_ = line;
    const bool is_fatal = std::ranges::any_of(
        kMeanings, [&](const Meaning& meaning) { return line.contains(meaning.words); });
    if (is_fatal && check_.exit_status != 0) ReportMeaning(line, text::WholeFile(Culprit(line)));
  }

  // The file that a message without a place is about: pools and ranges are in the master.
  text::SourcePtr Culprit(std::string_view line) const {
    const bool is_about_pools =
        line.contains("has no referring pools") || line.contains("bad range");
    return is_about_pools ? staging_.master : ConfSource();
  }

  // The staged copies are ours; the user knows the files by other names.
  std::string WithNodePaths(std::string_view words) const {
    std::string said(words);
    for (const StagedFile& file : files_) {
      for (auto at = said.find(file.staged_path); at != std::string::npos;
           at = said.find(file.staged_path, at + file.node_path.size())) {
        said.replace(at, file.staged_path.size(), file.node_path);
      }
    }
    return said;
  }

  void ReportMeaning(std::string_view words, text::Location at) {
    std::string said = WithNodePaths(words);
    constexpr std::string_view kError = "ERROR: ";
    if (said.starts_with(kError)) said.erase(0, kError.size());
    if (said.ends_with('.')) said.pop_back();
    const auto meaning = std::ranges::find_if(
        kMeanings, [&](const Meaning& row) { return words.contains(row.words); });
    if (meaning == kMeanings.end()) {
      Report(rules::kDhcpdRejects, std::move(at), "dhcpd says: " + said);
    } else {
      Report(*meaning->rule, std::move(at),
             fmt::format("dhcpd says: {}; {}", said, meaning->advice));
    }
  }

  void Report(const text::Rule& rule, text::Location at, std::string message) {
    if (rule.severity == text::Severity::kError) found_error_ = true;
    diagnostics_.Add({&rule, std::move(at), std::move(message), {}, node_});
  }

  const DhcpdCheck& check_;
  const Staging& staging_;
  const std::span<const StagedFile> files_;
  const std::string& node_;
  text::Diagnostics& diagnostics_;
  std::string_view last_words_;
  bool found_error_ = false;
  bool is_confined_ = false;
};

}  // namespace

void ReadDhcpdMessages(const DhcpdCheck& check, const Staging& staging, const std::string& node,
                       text::Diagnostics& diagnostics) {
  MessageReader(check, staging, node, diagnostics).Read();
}

}  // namespace dhcpair::lint
