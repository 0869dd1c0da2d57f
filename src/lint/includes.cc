#include "lint/includes.h"

#include "conf/lexer.h"

namespace dhcpair::lint {

using conf::operator""_kw;

std::vector<Include> FindIncludes(std::string_view text) {
  std::vector<Include> includes;
  const auto tokens = conf::Lex(text).tokens;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const conf::Token& path = tokens[i + 1];
    if (!tokens[i].Is("include"_kw) || path.kind != conf::TokenKind::kString) {
      continue;
    }
    const std::string_view quoted = text.substr(path.begin, path.end - path.begin);
    const bool is_closed = quoted.size() > 1 && quoted.ends_with('"');
    includes.push_back(
        {conf::StringValue(quoted), {path.begin + 1, path.end - (is_closed ? 1 : 0)}});
  }
  return includes;
}

}  // namespace dhcpair::lint
