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

/// A word of dhcpd.conf. White space and comments are what lies between two tokens, so the tokens
/// of a file and the file are together the whole text.
struct Token {
  TokenKind kind;
  char character;       ///< Of a kPunctuation.
  Keyword keyword;      ///< Of a kKeyword.
  std::uint32_t begin;  ///< Offset of the first byte, quotation marks included.
  std::uint32_t end;
  std::uint32_t line;  ///< Where it begins, from 1.

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
  std::uint32_t line;  ///< Where dhcpd reports it.
};

struct Lexed {
  std::vector<Token> tokens;  ///< The last one is kEnd.
  std::vector<LexError> errors;
};

/// Cuts a text of less than 4 GiB into tokens as ISC dhcpd 4.4.3-P1 does. Never fails.
Lexed Lex(std::string_view text);

/// What a string token means: without its quotation marks, escapes replaced.
std::string StringValue(std::string_view quoted);

}  // namespace dhcpair::conf
