#include "lint/places.h"

#include <algorithm>
#include <string_view>

namespace dhcpair::lint {

text::Location FirstWord(const conf::Model& model, const conf::Origin& origin) {
  const text::SourcePtr& source = model.files[origin.file].source;
  const std::string_view text = source->Text({origin.begin, origin.end});
  const std::size_t size = std::min(text.find_first_of(" \t\r\n\v\f{};#\""), text.size());
  return {source, text::Span{origin.begin, origin.begin + size}};
}

}  // namespace dhcpair::lint
