#include <fmt/core.h>

#include "text/render.h"
#include "text/utf8.h"

namespace dhcpair::text {
namespace {

std::string_view Command(Severity severity) {
  switch (severity) {
    case Severity::kAdvice:
      return "notice";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "";
}

// GitHub reads a percent sign as the start of an escape; a property ends at a comma or a colon.
std::string Escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : Visible(text)) {
    if (special.contains(c)) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

constexpr std::string_view kInMessage = "%";
constexpr std::string_view kInProperty = "%:,";

}  // namespace

std::string RenderGithub(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const Location& at = diagnostic.at;
    out += fmt::format("::{} file={}", Command(diagnostic.severity()),
                       Escaped(at.source->name(), kInProperty));
    if (at.span) {
      const Position begin = at.source->PositionOf(at.span->begin);
      const Position end = at.source->PositionOf(at.span->end);
      out += fmt::format(",line={},col={},endLine={},endColumn={}", begin.line, begin.column,
                         end.line, end.column);
    }
    std::string message = diagnostic.message;
    for (const Note& note : diagnostic.notes) message += "; " + note.message;
    if (!diagnostic.node.empty()) message += " (on " + diagnostic.node + ")";
    out += fmt::format(",title={}::{}\n", diagnostic.rule->id, Escaped(message, kInMessage));
  }
  return out;
}

}  // namespace dhcpair::text
