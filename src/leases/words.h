#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "conf/lexer.h"

namespace dhcpair::leases {

/// The words of a leases file, or of a piece from its middle, in the language of dhcpd.conf: one
/// word at a time, with a look at the next.
class Words {
 public:
  /// Whether the text goes on behind this piece. A word that touches its end might go on too, so it
  /// is not given out then.
  enum class Rest { kNone, kFollows };

  explicit Words(std::string_view text, Rest rest = Rest::kNone, conf::LexerPosition from = {});

  /// The next word, which stays the next one. Behind the last one a TokenKind::kEnd.
  const conf::Token& Peek() const { return next_; }
  conf::Token Take();
  /// Takes the next word if it is this one.
  bool TakeIf(conf::Keyword word);
  bool TakeIf(char punctuation);

  /// Leaves out what is before `offset`, which lies behind the next word's beginning on its line.
  void SkipTo(std::uint32_t offset);

  /// Goes back, or on, to a place in which a word begins or ended.
  void GoTo(conf::LexerPosition position);

  std::string_view text() const { return text_; }
  std::string_view TextOf(const conf::Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }
  /// What lies between two offsets.
  std::string_view Between(std::uint32_t begin, std::uint32_t end) const {
    return text_.substr(begin, end - begin);
  }
  /// The end of the word that was taken last.
  std::uint32_t taken_until() const { return taken_until_; }
  /// The end of this piece was reached, and more text follows it: what was read of the declaration
  /// that stands there says nothing yet.
  bool is_cut() const { return is_cut_; }
  /// The lexer's complaints so far: bad escapes, an unclosed string, what is too long.
  const std::vector<conf::LexError>& errors() const { return lexer_.errors(); }

 private:
  void Advance();

  std::string_view text_;
  Rest rest_;
  conf::Lexer lexer_;
  conf::Token next_;
  std::uint32_t taken_until_;
  bool is_cut_ = false;
};

}  // namespace dhcpair::leases
