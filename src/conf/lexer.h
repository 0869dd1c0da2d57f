#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "conf/keyword.h"
#include "text/source_file.h"

namespace dhcpair::conf {

enum class TokenKind : std::uint8_t {
  kEnd,           ///< Behind the last token of a file.
  kString,        ///< In quotation marks.
  kNumber,        ///< Decimal digits, perhaps behind a minus sign; also a minus sign alone.
  kNumberOrName,  ///< Hexadecimal digits with a letter among them, or 0x and such digits.
  kName,          ///< Another word that is no keyword.
  kKeyword,
  kPunctuation,  ///< Any other byte, alone.
};

/// A word of dhcpd.conf. White space and comments are what lies between two tokens.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  char character = '\0';    ///< Of a kPunctuation.
  Keyword keyword = {};     ///< Of a kKeyword.
  std::uint32_t begin = 0;  ///< Offset of the first byte, quotation marks included.
  std::uint32_t end = 0;
  std::uint32_t line = 1;  ///< Where it begins, from 1.

  text::Span span() const { return {begin, end}; }
  /// What the grammar calls an identifier: any word that is not all digits, keywords included.
  bool is_identifier() const {
    return kind == TokenKind::kName || kind == TokenKind::kNumberOrName ||
           kind == TokenKind::kKeyword;
  }
  bool Is(Keyword word) const { return kind == TokenKind::kKeyword && keyword == word; }
  bool Is(char punctuation) const {
    return kind == TokenKind::kPunctuation && character == punctuation;
  }
};

/// What the lexer itself finds wrong; the token is there nevertheless.
struct LexError {
  enum class Kind {
    kUnclosedString,  ///< The file ends inside a string.
    kBadEscape,       ///< \x without two hexadecimal digits, or a bad octal one.
    kTooLong,         ///< A string or a word of 1500 bytes or more, dhcpd's buffer.
    kTooMuchSpace,    ///< White space of 1500 bytes or more in a row.
  };
  Kind kind;
  text::Span span;
  std::uint32_t line;   ///< Where dhcpd reports it.
  std::uint32_t token;  ///< Where the token begins.
};

/// Where to go on reading.
struct LexerPosition {
  std::uint32_t offset = 0;
  std::uint32_t line = 1;
};

/// Cuts a text of less than 4 GiB into tokens as ISC dhcpd 4.4.3-P1 does, one at a time. Never
/// fails.
class Lexer {
 public:
  explicit Lexer(std::string_view text, LexerPosition from = {}) : text_(text), at_(from) {}

  /// The next token; behind the last one kEnd for ever.
  Token Next();
  /// What is wrong in what was read, in its order; each once, also when it is read again.
  const std::vector<LexError>& errors() const { return errors_; }
  /// Goes on from here; a place in which a token was read before.
  void GoTo(LexerPosition position) { at_ = position; }

 private:
  Token Read();
  char Peek(std::size_t ahead = 0) const;
  void SkipSpaceAndComments();
  void SkipSpace();
  Token ReadString();
  void SkipEscape(std::uint32_t backslash, std::uint32_t line);
  void SkipOctalDigits(std::uint32_t backslash, bool has_value, std::uint32_t line);
  Token ReadNumber();
  Token ReadWord();
  Token Word(TokenKind kind, std::uint32_t begin);
  void Report(LexError::Kind kind, std::uint32_t begin, std::uint32_t end, std::uint32_t line);

  const std::string_view text_;
  LexerPosition at_;
  std::uint32_t token_ = 0;        // Where the token begins that is read.
  std::uint32_t read_until_ = 0;   // What is before this is read again.
  std::uint32_t line_before_ = 0;  // Of the token that was read before.
  bool is_again_ = false;
  std::vector<LexError> errors_;
};

/// What a string token means: without its quotation marks, escapes replaced.
std::string StringValue(std::string_view quoted);

}  // namespace dhcpair::conf
