// Any bytes are tokens and what lies between them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "conf/lexer.h"

using dhcpair::conf::Lexer;
using dhcpair::conf::Token;
using dhcpair::conf::TokenKind;

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

// White space, or comments and white space.
bool IsGap(std::string_view gap) {
  bool in_comment = false;
  for (const char c : gap) {
    if (c == '#') in_comment = true;
    if (c == '\n') in_comment = false;
    if (!in_comment && !std::string_view(" \t\n\v\f\r").contains(c)) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Lexer lexer(text);
  std::size_t from = 0;
  std::uint32_t line = 1;
  for (;;) {
    const Token token = lexer.Next();
    Require(token.begin >= from && token.end <= size && token.line >= line);
    Require(IsGap(text.substr(from, token.begin - from)));
    if (token.kind == TokenKind::kEnd) break;
    Require(token.end > token.begin);
    if (token.kind == TokenKind::kString) {
      const std::string_view quoted = text.substr(token.begin, token.end - token.begin);
      Require(dhcpair::conf::StringValue(quoted).size() < quoted.size());
    }
    from = token.end;
    line = token.line;
  }
  Require(lexer.errors().size() <= size);
  return 0;
}
