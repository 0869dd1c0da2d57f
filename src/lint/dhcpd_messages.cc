#include "lint/dhcpd_messages.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "conf/rules.h"
#include "lint/rules.h"

namespace dhcpair::lint {
namespace {

using text::Span;

constexpr std::size_t kTabWidth = 8;
constexpr int kSignalBase = 128;

// What dhcpd says, the rule that it means, and what would be right.
struct Meaning {
  std::string_view begins;  // How the message begins; may be empty.
  std::string_view holds;   // And what is in it; may be empty.
  const text::Rule* rule;
  std::string_view advice;
};

constexpr std::string_view kSemicolonAdvice =
    "a ';' is missing before this, perhaps at the end of the line above, or the first word of the "
    "statement is misspelled";
constexpr std::string_view kOptionAdvice =
    "correct its name, or declare it before this: option NAME code NUMBER = TYPE;";
constexpr std::string_view kClassAdvice = "declare the class before this, letter for letter";
constexpr std::string_view kPlaceAdvice = "dhcpd.conf(5) says where it may stand";

constexpr std::array kMeanings{
    Meaning{"", "semicolon expected", &conf::rules::kMissingSemicolon, kSemicolonAdvice},
    Meaning{"expecting semicolon", "", &conf::rules::kMissingSemicolon, kSemicolonAdvice},
    Meaning{"unexpected end of file", "", &conf::rules::kUnclosedBlock,
            "a '}' is missing, or a statement before this does not end"},
    Meaning{"eof in string constant", "", &conf::rules::kUnclosedString,
            "a quotation mark is missing, at the latest here"},
    Meaning{"failover peer ", ": not found", &conf::rules::kUnknownPeer,
            "the name in a pool is the 'pair:' of the pair file, letter for letter"},
    Meaning{"ERROR: Failover peer, ", "has no referring pools", &conf::rules::kPeerWithoutPool,
            "put 'failover peer \"NAME\";' into the pools that both nodes serve"},
    Meaning{"redeclaration of failover peer ", "", &conf::rules::kDuplicatePeer,
            "generate declares the peer of the pair file; leave it out of the master"},
    Meaning{"invalid statement in peer declaration", "", &conf::rules::kPeerStatement,
            "between its braces a peer has the parameters of failover and nothing else"},
    Meaning{"dynamic-bootp flag is not permitted", "", &conf::rules::kDynamicBootpRange,
            "BOOTP leases never end, so the pools of a failover pair have plain ranges"},
    Meaning{"host ", ": already exists", &conf::rules::kDuplicateHost,
            "host names are unique; rename one"},
    Meaning{"bad range, address", "", &conf::rules::kRangeOutsideSubnet,
            "both ends of a range lie in the subnet around it"},
    Meaning{"lease ", "is declared twice", &conf::rules::kOverlappingRanges,
            "keep each address in one range"},
    Meaning{"", "is an overly large address range", &conf::rules::kRangeTooLarge,
            "write several ranges, of 14128180 addresses at most"},
    Meaning{"Pool declaration with no address range", "", &conf::rules::kPoolWithoutRange,
            "put a 'range' inside the pool"},
    Meaning{"subnet ", "bad subnet number/mask combination", &conf::rules::kBadSubnet,
            "the number of a subnet ends where its mask ends"},
    Meaning{"Can't open", "", &conf::rules::kMissingInclude, "the path is the one on the node"},
    Meaning{"unknown key ", "", &conf::rules::kUnknownKey, "declare the key before this"},
    Meaning{"OMAPI key ", "", &conf::rules::kUnknownKey, "declare the key that 'omapi-key' names"},
    Meaning{"unknown option ", "", &conf::rules::kUnknownOption, kOptionAdvice},
    Meaning{"no option named ", "", &conf::rules::kUnknownOption, kOptionAdvice},
    Meaning{"no option space named ", "", &conf::rules::kUnknownOption,
            "declare it before this: option space NAME;"},
    Meaning{"no class named ", "", &conf::rules::kUnknownClass, kClassAdvice},
    Meaning{"no such class: ", "", &conf::rules::kUnknownClass, kClassAdvice},
    Meaning{"class ", ": not found", &conf::rules::kUnknownClass, kClassAdvice},
    Meaning{"", "not allowed here", &conf::rules::kMisplacedStatement, kPlaceAdvice},
    Meaning{"pool declared outside of network", "", &conf::rules::kMisplacedStatement,
            "a pool stands in the subnet or the shared network of its addresses"},
    Meaning{"failover peers may only be defined", "", &conf::rules::kMisplacedStatement,
            "generate declares the peer of the pair file; leave it out of the master"},
    Meaning{"expecting allow/deny key", "", &conf::rules::kMisplacedStatement,
            "outside of a pool there is no 'deny dynamic bootp clients;' and the like"},
    Meaning{"", "only supported in DHCPv6 mode", &conf::rules::kDhcpv6Statement,
            "failover serves IPv4; DHCPv6 takes a configuration and a dhcpd of its own"},
    Meaning{"ddns-update-style ad_hoc", "", &rules::kDhcpdRejects,
            "take 'standard', 'interim' or 'none'"},
};

// Starts of lines that say nothing about the configuration, or nothing that the lines before them
// have not said.
constexpr std::array<std::string_view, 17> kNoise{
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
    "Exiting",
    "Configuration file errors encountered",
    "Failover configuration sanity check failed",
    "Memory overflow.",
};

// What dhcpd says of the statements behind a mistake in the same file, because it took up reading
// in the wrong place.
constexpr std::array<std::string_view, 3> kFollowUps{
    "unexpected end of file",
    "expecting a parameter or declaration",
    "expecting a declaration",
};

// What messages without a place are about: pools, subnets and hosts are in the master, and so are
// other statements where it holds them at all.
struct Topic {
  std::string_view words;
  std::string_view statement;  // Empty: always the master.
};

constexpr std::array kOfMaster{
    Topic{"has no referring pools", ""}, Topic{"bad range", ""},
    Topic{"overlaps subnet", ""},        Topic{"Host declarations", ""},
    Topic{"OMAPI key", "omapi-key"},     Topic{"ddns-update-style", "ddns-update-style"},
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

bool IsCaretLine(std::string_view line) {
  return line.ends_with('^') && line.find_first_not_of(' ') == line.size() - 1;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

// The offset in the line that a terminal shows in this column, from 0; the line's end if it is
// shorter.
std::size_t OffsetOfColumn(std::string_view line, std::size_t wanted) {
  std::size_t column = 0;
  std::size_t offset = 0;
  for (; offset < line.size() && column < wanted; ++offset) {
    column += line[offset] == '\t' ? kTabWidth - column % kTabWidth : 1;
  }
  return offset;
}

// Whether a string that began in this line is open before the offset.
bool IsInString(std::string_view line, std::size_t offset) {
  bool open = false;
  for (std::size_t at = 0; at < offset; ++at) {
    if (line[at] == '"') open = !open;
    if (line[at] == '\\' && open) ++at;
  }
  return open;
}

// Where in the line the token is that dhcpd's caret means. dhcpd prints the line as far as it had
// read it, 80 characters at most, and the caret below it. Its lexer counts a column too many where
// it had looked at the first character of the token to know that the one before had ended: behind
// words, numbers and white space. Behind any other character the caret is below the token.
std::optional<std::size_t> TokenOffset(std::string_view source_line, std::string_view printed,
                                       std::string_view caret_line) {
  constexpr std::size_t kPrintedMax = 80;
  const auto last = printed.find_last_not_of(" \t\r");
  const bool is_of_this_line = last != std::string_view::npos && IsCaretLine(caret_line) &&
                               source_line.starts_with(printed.substr(0, last + 1));
  if (!is_of_this_line) return std::nullopt;
  const std::size_t caret = caret_line.size() - 1;
  // A token farther to the right gets a caret in the first column.
  if (caret == 0 && printed.size() >= kPrintedMax) return std::nullopt;
  const std::size_t at = OffsetOfColumn(source_line, caret);
  const auto is_behind = [&](std::size_t offset, auto is_kind) {
    return offset > 0 && is_kind(source_line[offset - 1]);
  };
  const auto looked_ahead = [](char c) { return IsBlank(c) || IsWordCharacter(c); };
  const auto starts_token = [&](std::size_t offset) {
    return offset < source_line.size() && !IsBlank(source_line[offset]) &&
           !(IsWordCharacter(source_line[offset]) && is_behind(offset, IsWordCharacter)) &&
           !IsInString(source_line, offset);
  };
  const bool is_at_caret = starts_token(at) && !is_behind(at, looked_ahead);
  // The line end before the first column counts as white space.
  const bool is_before =
      at > 0 && starts_token(at - 1) && (at == 1 || is_behind(at - 1, looked_ahead));
  // Two tokens may fit; the right one had not been read when dhcpd stopped at the left one.
  if (is_at_caret && (!is_before || printed.size() > at)) return at;
  if (is_before) return at - 1;
  return std::nullopt;
}

// The first character that is neither white space nor comment.
Span FirstToken(std::string_view text) {
  std::size_t at = text.find_first_not_of(" \t\r\n");
  while (at < text.size() && text[at] == '#') {
    at = text.find_first_not_of(" \t\r\n", std::min(text.find('\n', at), text.size()));
  }
  if (at >= text.size()) return {text.size(), text.size()};
  return {at, at + 1};
}

const Meaning* FindMeaning(std::string_view words) {
  const auto found = std::ranges::find_if(kMeanings, [&](const Meaning& row) {
    return words.starts_with(row.begins) && words.contains(row.holds);
  });
  return found == kMeanings.end() ? nullptr : &*found;
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
        // The source line is the user's text, whatever it looks like.
        if (IsCaretLine(line_or_empty(i + 2))) i += 2;
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
      Report(
          rules::kDhcpdRejects, text::WholeFile(ConfSource()),
          fmt::format("dhcpd -t ends with status {} and says no more than: {}", check_.exit_status,
                      last_words_.empty() ? "nothing" : WithNodePaths(last_words_)));
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
    const bool is_follow_up = std::ranges::any_of(
        kFollowUps, [&](std::string_view words) { return message.text.starts_with(words); });
    if (is_follow_up && last_in_ == file) return;
    const Span at = PlaceOf(message, *file->source, printed, caret_line);
    // One slip, one finding: of overlapping ranges, say, dhcpd speaks for each address.
    if (last_in_ == file && last_at_ == at) return;
    last_in_ = file;
    last_at_ = at;
    ReportMeaning(message.text, {file->source, at});
  }

  static Span PlaceOf(const PlacedMessage& message, const text::SourceFile& source,
                      std::string_view printed, std::string_view caret_line) {
    // dhcpd counts from the token before, and the first one has none.
    if (message.line == 0) return FirstToken(source.contents());
    const Span line = source.LineSpan(std::min(message.line, source.line_count()));
    const auto offset = TokenOffset(source.Text(line), printed, caret_line);
    if (!offset) return line;
    return {line.begin + *offset, line.begin + *offset + 1};
  }

  void ReportUnplaced(std::string_view line) {
    const bool is_noise = std::ranges::any_of(
        kNoise, [&](std::string_view noise) { return line.starts_with(noise); });
    if (is_noise || line.find_first_not_of(" ^\t") == std::string_view::npos) return;
    if (line.starts_with("WARNING: ") || line.starts_with("Warning: ")) {
      Report(rules::kDhcpdWarns, text::WholeFile(Culprit(line)), "dhcpd says: " + Said(line));
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
    const bool is_fatal = check_.exit_status != 0 && FindMeaning(line) != nullptr;
    if (is_fatal) ReportMeaning(line, text::WholeFile(Culprit(line)));
  }

  // The file that a message without a place is about.
  text::SourcePtr Culprit(std::string_view line) const {
    const bool is_of_master = std::ranges::any_of(kOfMaster, [&](const Topic& topic) {
      return line.contains(topic.words) && staging_.master->contents().contains(topic.statement);
    });
    return is_of_master ? staging_.master : ConfSource();
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

  // dhcpd's words as the middle of a sentence of ours.
  std::string Said(std::string_view words) const {
    // Instead of the name it prints memory that it has freed.
    if (words.starts_with("OMAPI key ")) return "OMAPI key not found";
    for (const std::string_view loud : {"ERROR: ", "WARNING: ", "Warning: "}) {
      if (words.starts_with(loud)) words.remove_prefix(loud.size());
    }
    if (words.ends_with('.') || words.ends_with('!')) words.remove_suffix(1);
    return WithNodePaths(words);
  }

  void ReportMeaning(std::string_view words, text::Location at) {
    const Meaning* const meaning = FindMeaning(words);
    if (meaning == nullptr) {
      Report(rules::kDhcpdRejects, std::move(at), "dhcpd says: " + Said(words));
    } else {
      Report(*meaning->rule, std::move(at),
             fmt::format("dhcpd says: {}; {}", Said(words), meaning->advice));
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
  // Where the last message with a place was.
  const StagedFile* last_in_ = nullptr;
  Span last_at_;
  bool found_error_ = false;
  bool is_confined_ = false;
};

}  // namespace

void ReadDhcpdMessages(const DhcpdCheck& check, const Staging& staging, const std::string& node,
                       text::Diagnostics& diagnostics) {
  MessageReader(check, staging, node, diagnostics).Read();
}

}  // namespace dhcpair::lint
