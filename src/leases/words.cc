#include "leases/words.h"

namespace dhcpair::leases {

using conf::Token;
using conf::TokenKind;

Words::Words(std::string_view text, Rest rest, conf::LexerPosition from)
    : text_(text), rest_(rest), lexer_(text, from), taken_until_(from.offset) {
  Advance();
}

void Words::Advance() {
  next_ = lexer_.Next();
  if (rest_ == Rest::kNone) return;
  // Punctuation is one byte and cannot go on; to dhcpd the byte 0xff ends the file.
  const bool touches_end = next_.end == text_.size() && next_.kind != TokenKind::kPunctuation;
  if (!touches_end) return;
  is_cut_ = true;
  next_ = {.begin = next_.begin, .end = next_.begin, .line = next_.line};
}

Token Words::Take() {
  const Token taken = next_;
  taken_until_ = taken.end;
  if (taken.kind != TokenKind::kEnd) Advance();
  return taken;
}

bool Words::TakeIf(conf::Keyword word) {
  if (!next_.Is(word)) return false;
  Take();
  return true;
}

bool Words::TakeIf(char punctuation) {
  if (!next_.Is(punctuation)) return false;
  Take();
  return true;
}

void Words::SkipTo(std::uint32_t offset) { GoTo({offset, next_.line}); }

void Words::GoTo(conf::LexerPosition position) {
  lexer_.GoTo(position);
  taken_until_ = position.offset;
  is_cut_ = false;
  Advance();
}

}  // namespace dhcpair::leases
