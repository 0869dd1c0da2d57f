#include "lint/includes.h"

#include <algorithm>

namespace dhcpair::lint {
namespace {

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

// Keywords of dhcpd.conf are matched without regard to case.
bool IsIncludeKeyword(std::string_view word) {
  constexpr std::string_view kKeyword = "include";
  return std::ranges::equal(word, kKeyword, [](char a, char b) { return (a | 0x20) == b; });
}

}  // namespace

std::vector<Include> FindIncludes(std::string_view text) {
  std::vector<Include> includes;
  bool after_keyword = false;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '"') {
      std::size_t end = at + 1;
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
      end = std::min(end, text.size());
      if (after_keyword) {
        includes.push_back({std::string(text.substr(at + 1, end - at - 1)), {at + 1, end}});
      }
      after_keyword = false;
      at = end + 1;
    } else if (IsWordCharacter(c)) {
      std::size_t end = at;
      while (end < text.size() && IsWordCharacter(text[end])) ++end;
      after_keyword = IsIncludeKeyword(text.substr(at, end - at));
      at = end;
    } else {
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') after_keyword = false;
      ++at;
    }
  }
  return includes;
}

}  // namespace dhcpair::lint
