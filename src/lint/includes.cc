#include "lint/includes.h"

#include "conf/lexer.h"

namespace dhcpair::lint {

using conf::operator""_kw;

std::vector<Include> FindIncludes(std::string_view text) {
  using enum conf::TokenKind;
  std::vector<Include> includes;
  conf::Lexer lexer(text);
  conf::Token word = lexer.Next();
  while (word.kind != kEnd) {
    const conf::Token path = lexer.Next();
    if (word.Is("include"_kw) && path.kind == kString) {
      const std::string_view quoted = text.substr(path.begin, path.end - path.begin);
      const bool is_closed = quoted.size() > 1 && quoted.ends_with('"');
      includes.push_back(
          {conf::StringValue(quoted), {path.begin + 1, path.end - (is_closed ? 1 : 0)}});
    }
    word = path;
  }
  return includes;
}

}  // namespace dhcpair::lint
