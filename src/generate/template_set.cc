#include "generate/template_set.h"

#include <fmt/core.h>

#include <algorithm>
#include <cassert>

#include "generate/builtin_templates.h"
#include "generate/rules.h"

namespace dhcpair::generate {

std::optional<text::SourcePtr> TemplateSet::Find(std::string_view name,
                                                 text::Diagnostics& diagnostics) const {
  if (folder_) {
    const std::string path = fmt::format("{}/{}", *folder_, name);
    auto loaded = loader_.Load(path, kBytesMax);
    if (loaded) return *std::move(loaded);
    if (loaded.error() != text::LoadError::kNotFound) {
      diagnostics.Add({&rules::kUnreadable,
                       text::WholeFile(std::make_shared<const text::SourceFile>(path, "")),
                       fmt::format("cannot read the template: {}", Describe(loaded.error()))});
      return std::nullopt;
    }
  }
  const auto builtin = std::ranges::find(BuiltinTemplates(), name, &BuiltinTemplate::name);
  // Callers name templates from tables of ours, and a test walks those tables.
  assert(builtin != BuiltinTemplates().end());
  return std::make_shared<const text::SourceFile>(fmt::format("templates/{}", name),
                                                  std::string(builtin->text));
}

}  // namespace dhcpair::generate
