#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "text/diagnostic.h"
#include "text/source_file.h"

namespace dhcpair::generate {

/// The names that a template may use, with their values.
struct Vocabulary {
  std::map<std::string, std::string, std::less<>> values;  ///< {{{name}}}
  std::map<std::string, bool, std::less<>> flags;          ///< {{#name}}...{{/name}}, {{^name}}
  /// {{#name}}...{{/name}} once for each item, which is {{{name}}} inside.
  std::map<std::string, std::vector<std::string>, std::less<>> lists;
};

/// Renders a mustache template. Unlike mustache itself it is strict: every tag is checked, also
/// those in sections that are left out, and an unknown name is a finding with its place and never
/// an empty text. There are no partials, no other delimiters and no escaping. `required` are names
/// that the template must use where they are rendered, not in a section that is left out.
std::optional<std::string> Render(const text::SourcePtr& source, const Vocabulary& vocabulary,
                                  const std::set<std::string_view>& required,
                                  text::Diagnostics& diagnostics);

}  // namespace dhcpair::generate
