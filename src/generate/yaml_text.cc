#include "generate/yaml_text.h"

#include <algorithm>
#include <string_view>

namespace dhcpair::generate {
namespace {

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("._/@-").contains(c);
}

}  // namespace

std::string YamlText(const std::string& text) {
  const bool is_null = text == "null" || text == "Null" || text == "NULL";
  const bool is_plain = std::ranges::all_of(text, IsPlain) && !text.empty() && !is_null &&
                        !std::string_view("./@-").contains(text[0]);
  if (is_plain) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

}  // namespace dhcpair::generate
