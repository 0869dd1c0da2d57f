#include "adopt/edits.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace dhcpair::adopt {
namespace {

// White space within a line, as dhcpd has it.
constexpr std::string_view kBlanks = " \t\r\v\f";

std::size_t SkipBlanks(std::string_view text, std::size_t offset) {
  return std::min(text.find_first_not_of(kBlanks, offset), text.size());
}

std::size_t SkipBlanksBack(std::string_view text, std::size_t offset) {
  while (offset > 0 && kBlanks.contains(text[offset - 1])) --offset;
  return offset;
}

bool AtLineEnd(std::string_view text, std::size_t offset) {
  return offset == text.size() || text[offset] == '\n';
}

// Statements with nothing but blanks between them, as one.
std::vector<text::Span> Merge(std::string_view text, std::vector<text::Span> spans) {
  std::ranges::sort(spans, {}, &text::Span::begin);
  std::vector<text::Span> merged;
  for (const text::Span span : spans) {
    if (!merged.empty() && SkipBlanks(text, merged.back().end) >= span.begin) {
      merged.back().end = std::max(merged.back().end, span.end);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

}  // namespace

std::string Apply(std::string_view text, const std::vector<Edit>& edits) {
  std::vector<const Edit*> in_order;
  in_order.reserve(edits.size());
  for (const Edit& edit : edits) in_order.push_back(&edit);
  std::ranges::sort(in_order, [](const Edit* a, const Edit* b) {
    return std::tie(a->at.begin, a->at.end, a) < std::tie(b->at.begin, b->at.end, b);
  });
  std::string result;
  std::size_t copied = 0;
  for (const Edit* const edit : in_order) {
    const auto& [begin, end] = edit->at;
    assert(copied <= begin && begin <= end && end <= text.size());
    result += text.substr(copied, begin - copied);
    result += edit->text;
    copied = end;
  }
  result += text.substr(copied);
  return result;
}

std::vector<Edit> Remove(std::string_view text, std::vector<text::Span> statements) {
  std::vector<Edit> edits;
  for (text::Span span : Merge(text, std::move(statements))) {
    const bool begins_line = BeginsLine(text, span.begin);
    const std::size_t behind = SkipBlanks(text, span.end);
    if (!AtLineEnd(text, behind)) {
      span.end = behind;
    } else if (begins_line) {
      span = {LineStart(text, span.begin), NextLine(text, span.end)};
    } else {
      span.begin = SkipBlanksBack(text, span.begin);
    }
    edits.push_back({span, ""});
  }
  return edits;
}

std::size_t LineStart(std::string_view text, std::size_t offset) {
  if (offset == 0) return 0;
  const std::size_t line_feed = text.rfind('\n', offset - 1);
  return line_feed == std::string_view::npos ? 0 : line_feed + 1;
}

std::size_t NextLine(std::string_view text, std::size_t offset) {
  const std::size_t line_feed = text.find('\n', offset);
  return line_feed == std::string_view::npos ? text.size() : line_feed + 1;
}

bool BeginsLine(std::string_view text, std::size_t offset) {
  const std::size_t word = SkipBlanksBack(text, offset);
  return word == 0 || text[word - 1] == '\n';
}

bool EndsLine(std::string_view text, std::size_t offset) {
  const std::size_t word = SkipBlanks(text, offset);
  return AtLineEnd(text, word) || text[word] == '#';
}

std::string_view Indentation(std::string_view text, std::size_t offset) {
  const std::size_t start = LineStart(text, offset);
  const std::size_t word = std::min(text.find_first_not_of(" \t", start), text.size());
  return text.substr(start, word - start);
}

std::string_view LineBreak(std::string_view text, std::size_t offset) {
  const std::size_t next = NextLine(text, offset);
  const bool has_return =
      next >= 2 && next - 2 >= offset && text[next - 1] == '\n' && text[next - 2] == '\r';
  return has_return ? "\r\n" : "\n";
}

}  // namespace dhcpair::adopt
