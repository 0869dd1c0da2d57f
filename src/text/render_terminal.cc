#include <fmt/core.h>

#include <algorithm>

#include "text/render.h"
#include "text/utf8.h"

namespace dhcpair::text {
namespace {

constexpr std::string_view kIndent = "    ";
// What of a long source line is shown around the caret, in code points.
constexpr std::size_t kShownBefore = 60;
constexpr std::size_t kShownAfter = 36;

struct Paint {
  Color color;

  std::string operator()(std::string_view sgr, std::string_view text) const {
    if (color == Color::kNever) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", sgr, text);
  }
};

std::string_view Sgr(Severity severity) {
  switch (severity) {
    case Severity::kAdvice:
      return "1;36";
    case Severity::kWarning:
      return "1;35";
    case Severity::kError:
      return "1;31";
  }
  return "";
}

std::string Place(const Location& at) {
  std::string place = Visible(at.source->name());
  if (at.span) {
    const Position position = at.source->PositionOf(at.span->begin);
    place += fmt::format(":{}:{}", position.line, position.column);
  }
  return place + ":";
}

// The offset `count` code points before or after `at`, not leaving `within`.
std::size_t StepBack(const SourceFile& source, Span within, std::size_t at, std::size_t count) {
  while (count > 0 && at > within.begin) {
    // No code point has more than four bytes; a byte that belongs to none is a step of its own.
    std::size_t bytes = 1;
    for (std::size_t n = 2; n <= std::min<std::size_t>(4, at - within.begin); ++n) {
      if (NextUtf8(source.Text({at - n, at})).bytes == n) bytes = n;
    }
    at -= bytes;
    --count;
  }
  return at;
}

std::size_t StepForward(const SourceFile& source, Span within, std::size_t at, std::size_t count) {
  while (count > 0 && at < within.end) {
    at += NextUtf8(source.Text({at, within.end})).bytes;
    --count;
  }
  return at;
}

// The source line of the finding and a caret with tildes below it.
std::string Excerpt(const SourceFile& source, Span at, const Paint& paint) {
  Span line = source.LineSpan(source.PositionOf(at.begin).line);
  const std::size_t begin = std::min(at.begin, line.end);
  const std::size_t end = std::clamp(at.end, begin, line.end);
  while (line.begin < begin &&
         (source.contents()[line.begin] == ' ' || source.contents()[line.begin] == '\t')) {
    ++line.begin;
  }
  const std::size_t from = StepBack(source, line, begin, kShownBefore);
  const std::size_t to = StepForward(source, line, begin, kShownAfter);
  const std::string_view head = from > line.begin ? "..." : "";
  const std::string_view tail = to < line.end ? "..." : "";

  const std::string before = Visible(source.Text({from, begin}));
  const std::string marked = Visible(source.Text({begin, std::min(end, to)}));
  const std::string after = Visible(source.Text({std::min(end, to), to}));
  const std::size_t under = std::max<std::size_t>(CountColumns(marked), 1);
  const std::string caret = "^" + std::string(under - 1, '~');
  const std::size_t column = head.size() + CountColumns(before);
  return fmt::format("{}{}{}{}{}{}\n{}{}{}\n", kIndent, head, before, marked, after, tail, kIndent,
                     std::string(column, ' '), paint("1;32", caret));
}

std::string RenderNote(const Note& note, const Location& where, const Paint& paint) {
  const Location& at = note.at ? *note.at : where;
  std::string out =
      fmt::format("{} {} {}\n", Place(at), paint("1;36", "note:"), Visible(note.message));
  if (note.at && at.span) out += Excerpt(*at.source, *at.span, paint);
  return out;
}

// Where dhcpd says so itself, for those who compare with its log.
std::string DhcpdLine(const Diagnostic& diagnostic) {
  const Location& at = diagnostic.at;
  if (!diagnostic.dhcpd_line || !at.span) return "";
  if (*diagnostic.dhcpd_line == at.source->PositionOf(at.span->begin).line) return "";
  return fmt::format(" (dhcpd reports line {})", *diagnostic.dhcpd_line);
}

}  // namespace

std::string RenderTerminal(const Diagnostic& diagnostic, Color color) {
  const Paint paint{color};
  std::string out = fmt::format(
      "{} {} {} [{}]{}{}\n", paint("1", Place(diagnostic.at)),
      paint(Sgr(diagnostic.severity()), fmt::format("{}:", Name(diagnostic.severity()))),
      Visible(diagnostic.message), diagnostic.rule->id,
      diagnostic.node.empty() ? "" : fmt::format(" (on {})", diagnostic.node),
      DhcpdLine(diagnostic));
  if (diagnostic.at.span) {
    out += Excerpt(*diagnostic.at.source, *diagnostic.at.span, paint);
  }
  for (const Note& note : diagnostic.notes) out += RenderNote(note, diagnostic.at, paint);
  return out;
}

std::string RenderTerminal(const Diagnostics& diagnostics, Color color) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.all()) out += RenderTerminal(diagnostic, color);
  return out;
}

}  // namespace dhcpair::text
