#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "text/diagnostic.h"

namespace dhcpair::text {

enum class Color { kNever, kAlways };

/// One finding for people: `file:line:column: error: message [rule]`, the source line, a caret.
std::string RenderTerminal(const Diagnostic& diagnostic, Color color);
/// All of them, one after the other.
std::string RenderTerminal(const Diagnostics& diagnostics, Color color);

/// One finding as an object: rule, alias, severity, message, file, line, column, end_line,
/// end_column (the place just behind it), dhcpd_line, node, fix (what --fix would do), notes; what
/// does not apply is left out.
nlohmann::ordered_json ToJson(const Diagnostic& diagnostic);
/// A JSON text with a final newline; malformed UTF-8 is replaced, never passed on.
std::string PrintJson(const nlohmann::ordered_json& value);
/// The one envelope of `--json`: {"version", "command", "results"}.
std::string PrintJsonEnvelope(std::string_view command, std::string_view version,
                              nlohmann::ordered_json results);

/// A SARIF 2.1.0 log (OASIS) with one run; columns are counted in code points.
std::string RenderSarif(const Diagnostics& diagnostics, std::string_view version);

/// Workflow commands as GitHub Actions reads them, one line a finding.
std::string RenderGithub(const Diagnostics& diagnostics);

}  // namespace dhcpair::text
