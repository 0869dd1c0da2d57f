#include "lint/ignore_comment.h"

#include <algorithm>

namespace dhcpair::lint {
namespace {

using text::Span;

constexpr std::string_view kBlanks = " \t\r";
constexpr std::string_view kAddress = "dhcpair:";
constexpr std::string_view kIgnore = "ignore=";

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

// A comma may have a blank behind it; a blank without a comma ends the list.
std::size_t ReadWords(std::string_view text, std::size_t at, std::vector<Span>& words) {
  for (;;) {
    const std::size_t end = std::min(text.find_first_of(" \t\r,", at), text.size());
    if (end > at) words.push_back({at, end});
    if (end == text.size() || text[end] != ',') return end;
    at = SkipBlanks(text, end + 1);
  }
}

// A dash alone gives no reason.
bool IsReason(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_letter || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
  });
}

// Whether a line of YAML, up to its comment, ends with the head of a text of several lines.
bool OpensBlockText(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(kBlanks) + 1);
  const std::size_t head = line.find_last_of("|>");
  if (head == std::string_view::npos) return false;
  if (line.substr(head + 1).find_first_not_of("+-123456789") != std::string_view::npos) {
    return false;
  }
  const std::string_view before = line.substr(0, head);
  const std::size_t last = before.find_last_not_of(kBlanks);
  return last != std::string_view::npos && last + 1 < head &&
         (before[last] == ':' || before[last] == '-');
}

std::size_t IndentOf(std::string_view line) { return line.find_first_not_of(' '); }

// The '#' of a line's comment, or its end.
std::size_t CommentIn(std::string_view line) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    const bool begins = at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t';
    if (begins && SkipBlanks(line, at + 1) < line.size() &&
        line.substr(SkipBlanks(line, line.find_first_not_of('#', at))).starts_with(kAddress)) {
      return at;
    }
  }
  return line.size();
}

}  // namespace

std::optional<IgnoreComment> ReadIgnoreComment(std::string_view text, Span comment) {
  const std::size_t line = text.substr(0, comment.begin).rfind('\n') + 1;
  // Offsets are those of the text as long as it is cut only at its end.
  text = text.substr(0, comment.end);
  text = text.substr(0, text.find_last_not_of(kBlanks) + 1);
  std::size_t at =
      SkipBlanks(text, std::min(text.find_first_not_of('#', comment.begin), text.size()));
  if (!text.substr(at).starts_with(kAddress)) return std::nullopt;
  IgnoreComment read{.span = {comment.begin, text.size()}, .words = {}};
  read.is_alone = SkipBlanks(text, line) == comment.begin;
  at = SkipBlanks(text, at + kAddress.size());
  if (!text.substr(at).starts_with(kIgnore)) return read;
  at = ReadWords(text, at + kIgnore.size(), read.words);
  read.has_reason = IsReason(text.substr(at));
  return read;
}

std::vector<IgnoreComment> FindYamlIgnoreComments(std::string_view text) {
  std::vector<IgnoreComment> comments;
  std::optional<std::size_t> block_indent;  // Of the line whose text goes on.
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const bool is_empty = SkipBlanks(line, 0) == line.size();
    if (block_indent && !is_empty && IndentOf(line) <= *block_indent) block_indent.reset();
    if (!block_indent && !is_empty) {
      const std::size_t at = CommentIn(line);
      if (at < line.size()) {
        if (auto read = ReadIgnoreComment(text, {begin + at, end}))
          comments.push_back(*std::move(read));
      }
      if (OpensBlockText(line.substr(0, line.find(" #")))) block_indent = IndentOf(line);
    }
    begin = end + 1;
  }
  return comments;
}

}  // namespace dhcpair::lint
