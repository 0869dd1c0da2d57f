#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/diagnostic.h"
#include "text/source_file.h"

namespace dhcpair::generate {

/// The templates in force: ours, replaced one by one by the files of a site's folder.
class TemplateSet {
 public:
  /// The longest template that is read.
  static constexpr std::size_t kBytesMax = 1 << 20;

  /// Ours alone.
  explicit TemplateSet(text::SourceLoader& loader) : loader_(loader) {}
  /// `folder` holds files of the same names as below templates/; what it lacks is ours.
  TemplateSet(text::SourceLoader& loader, std::string folder)
      : loader_(loader), folder_(std::move(folder)) {}

  /// The template of this name; reports one of the site's that cannot be read.
  std::optional<text::SourcePtr> Find(std::string_view name, text::Diagnostics& diagnostics) const;

 private:
  text::SourceLoader& loader_;
  std::optional<std::string> folder_;
};

}  // namespace dhcpair::generate
