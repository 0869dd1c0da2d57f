#include "lint/edits.h"

#include <algorithm>

namespace dhcpair::lint {

using text::Span;

namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

bool IsSpace(char c) { return IsBlank(c) || (c >= '\n' && c <= '\r'); }

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

// Where the blanks in front of a place begin.
std::size_t BlanksBefore(std::string_view text, std::size_t at) {
  while (at > 0 && IsBlank(text[at - 1])) --at;
  return at;
}

// The line end at a place: "", "\n" or "\r\n".
std::string_view LineEndAt(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("\r\n")) return rest.substr(0, 2);
  return rest.starts_with('\n') ? rest.substr(0, 1) : std::string_view();
}

bool BeginsLine(std::string_view text, std::size_t at) { return at == 0 || text[at - 1] == '\n'; }

}  // namespace

Span WithSemicolon(const text::SourcePtr& source, Span statement) {
  const std::string_view text = source->contents();
  if (source->Text(statement).ends_with(';')) return statement;
  std::size_t at = statement.end;
  while (at < text.size() && text[at] != ';') {
    if (text[at] == '#') at = std::min(text.find('\n', at), text.size());
    if (at == text.size() || !IsSpace(text[at])) return statement;
    ++at;
  }
  return at < text.size() ? Span{statement.begin, at + 1} : statement;
}

text::Edit Remove(const text::SourcePtr& source, Span statement) {
  const std::string_view text = source->contents();
  const std::size_t before = BlanksBefore(text, statement.begin);
  const std::size_t behind = SkipBlanks(text, statement.end);
  const std::string_view line_end = LineEndAt(text, behind);
  if (line_end.empty() && behind < text.size()) {
    return {{source, Span{statement.begin, behind}}, ""};
  }
  if (BeginsLine(text, before)) {
    return {{source, Span{before, behind + line_end.size()}}, ""};
  }
  return {{source, Span{before, statement.end}}, ""};
}

text::Edit InsertBehind(const text::SourcePtr& source, Span statement, std::string_view inserted) {
  const std::string_view text = source->contents();
  // A comment behind the statement stays with it.
  std::size_t line_end = SkipBlanks(text, statement.end);
  if (line_end < text.size() && text[line_end] == '#') line_end = text.find('\n', line_end);
  line_end = std::min(line_end, text.size());
  if (line_end > 0 && line_end < text.size() && text[line_end - 1] == '\r') --line_end;
  const std::string_view new_line = LineEndAt(text, line_end);
  const std::size_t before = BlanksBefore(text, statement.begin);
  if (new_line.empty() || !BeginsLine(text, before)) {
    return {{source, Span{statement.end, statement.end}}, " " + std::string(inserted)};
  }
  return {{source, Span{line_end, line_end}},
          std::string(new_line) + std::string(text.substr(before, statement.begin - before)) +
              std::string(inserted)};
}

}  // namespace dhcpair::lint
