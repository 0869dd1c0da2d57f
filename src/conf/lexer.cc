#include "conf/lexer.h"

#include <algorithm>
#include <array>

namespace dhcpair::conf {
namespace {

// The buffer in which dhcpd collects a token, and white space, is 1500 bytes long.
constexpr std::size_t kTokenBytesMax = 1499;

// dhcpd reads it as the number that stands for the end of the file.
constexpr char kEndByte = '\xff';

enum CharacterClass : std::uint8_t {
  kSpace = 1,
  kDigit = 2,
  kHexDigit = 4,
  kLetter = 8,
  kInWord = 16,  // Letters, digits, '-' and '_'.
};

constexpr auto kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (const char c : {' ', '\t', '\n', '\v', '\f', '\r'}) {
    classes[static_cast<unsigned char>(c)] = kSpace;
  }
  for (int c = '0'; c <= '9'; ++c) classes[c] = kDigit | kHexDigit | kInWord;
  for (int c = 'a'; c <= 'z'; ++c) {
    const std::uint8_t hex = c <= 'f' ? kHexDigit : 0;
    classes[c] = kLetter | kInWord | hex;
    classes[c - 'a' + 'A'] = kLetter | kInWord | hex;
  }
  classes['-'] = classes['_'] = kInWord;
  return classes;
}();

bool Is(char c, std::uint8_t wanted) {
  return (kClasses[static_cast<unsigned char>(c)] & wanted) != 0;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return (c | 0x20) - 'a' + 10;
}

}  // namespace

Token Lexer::Next() {
  is_again_ = at_.offset < read_until_;
  const Token token = Read();
  if (token.kind != TokenKind::kEnd) line_before_ = token.line;
  read_until_ = std::max(read_until_, at_.offset);
  return token;
}

Token Lexer::Read() {
  SkipSpaceAndComments();
  // To dhcpd this byte is the end of the file, wherever it stands.
  const bool is_at_end = at_.offset == text_.size() || text_[at_.offset] == kEndByte;
  if (is_at_end) return {.begin = at_.offset, .end = at_.offset, .line = at_.line};
  token_ = at_.offset;
  const char c = text_[at_.offset];
  if (Is(c, kLetter)) return ReadWord();
  if (Is(c, kDigit) || c == '-') return ReadNumber();
  if (c == '"') return ReadString();
  const std::uint32_t begin = at_.offset++;
  return {.kind = TokenKind::kPunctuation,
          .character = c,
          .begin = begin,
          .end = at_.offset,
          .line = at_.line};
}

char Lexer::Peek(std::size_t ahead) const {
  return at_.offset + ahead < text_.size() ? text_[at_.offset + ahead] : '\0';
}

void Lexer::SkipSpaceAndComments() {
  while (at_.offset < text_.size()) {
    if (Is(text_[at_.offset], kSpace)) {
      SkipSpace();
    } else if (text_[at_.offset] == '#') {
      const std::size_t end = std::min(text_.find_first_of("\n\xff", at_.offset), text_.size());
      at_.offset = static_cast<std::uint32_t>(end);
      // The line end belongs to the comment, so it is no part of the space behind it.
      if (end == text_.size()) return;
      ++at_.offset;
      if (text_[end] == '\n') ++at_.line;
    } else {
      return;
    }
  }
}

void Lexer::SkipSpace() {
  const LexerPosition begin = at_;
  while (at_.offset < text_.size() && Is(text_[at_.offset], kSpace)) {
    if (text_[at_.offset] == '\n') ++at_.line;
    ++at_.offset;
  }
  if (at_.offset - begin.offset > kTokenBytesMax) {
    Report(LexError::Kind::kTooMuchSpace, begin.offset, begin.offset + 1, line_before_);
  }
}

Token Lexer::ReadString() {
  const LexerPosition begin = at_;
  std::size_t bytes = 0;  // Of the value.
  for (++at_.offset;; ++bytes) {
    const std::size_t next = std::min(text_.find_first_of("\"\\\n\xff", at_.offset), text_.size());
    if (next == text_.size() || text_[next] == kEndByte) {
      bytes += next - at_.offset;
      at_.offset = static_cast<std::uint32_t>(next);
      Report(LexError::Kind::kUnclosedString, begin.offset, begin.offset + 1, begin.line);
      break;
    }
    bytes += next - at_.offset;
    at_.offset = static_cast<std::uint32_t>(next) + 1;
    if (text_[next] == '"') break;
    if (text_[next] == '\n') {
      ++at_.line;
    } else {
      SkipEscape(static_cast<std::uint32_t>(next), begin.line);
    }
  }
  if (bytes > kTokenBytesMax) {
    Report(LexError::Kind::kTooLong, begin.offset, at_.offset, begin.line);
  }
  return {.kind = TokenKind::kString, .begin = begin.offset, .end = at_.offset, .line = begin.line};
}

// `backslash` has been read; what follows it has not.
void Lexer::SkipEscape(std::uint32_t backslash, std::uint32_t line) {
  if (at_.offset == text_.size()) return;
  const char c = text_[at_.offset++];
  if (c == '\n') ++at_.line;
  if (c == 'x') {
    for (int digit = 0; digit < 2; ++digit) {
      if (!Is(Peek(), kHexDigit)) {
        Report(LexError::Kind::kBadEscape, backslash, at_.offset + 1, line);
        return;
      }
      ++at_.offset;
    }
  } else if (c >= '0' && c <= '3') {
    SkipOctalDigits(backslash, c != '0', line);
  }
}

// Two more digits. Behind zeros dhcpd takes whatever is there for a digit of no value, be it the
// quotation mark.
void Lexer::SkipOctalDigits(std::uint32_t backslash, bool has_value, std::uint32_t line) {
  for (int digit = 0; digit < 2 && at_.offset < text_.size(); ++digit) {
    const char d = text_[at_.offset];
    const bool is_digit = d >= '0' && d <= '7';
    if (d == kEndByte) return;
    if (!is_digit && has_value) {
      Report(LexError::Kind::kBadEscape, backslash, at_.offset + 1, line);
      return;
    }
    has_value = has_value || (is_digit && d != '0');
    if (d == '\n') ++at_.line;
    ++at_.offset;
  }
}

Token Lexer::ReadNumber() {
  const std::uint32_t begin = at_.offset++;
  TokenKind kind = TokenKind::kNumber;
  for (; at_.offset < text_.size(); ++at_.offset) {
    const char c = text_[at_.offset];
    if (!Is(c, kInWord)) break;
    if (kind == TokenKind::kNumber && Is(c, kDigit)) continue;
    const bool is_hex_prefix = at_.offset == begin + 2 && text_[begin] == '0' &&
                               (text_[begin + 1] | 0x20) == 'x' && Is(c, kHexDigit);
    if (kind != TokenKind::kName && Is(c, kHexDigit)) {
      kind = TokenKind::kNumberOrName;
    } else {
      kind = is_hex_prefix ? TokenKind::kNumberOrName : TokenKind::kName;
    }
  }
  return Word(kind, begin);
}

Token Lexer::ReadWord() {
  const std::uint32_t begin = at_.offset;
  std::uint8_t in_all = kHexDigit;
  // The first letter is not looked at: "zebra" is a name for its 'r', "x0" might be a number.
  for (++at_.offset; at_.offset < text_.size(); ++at_.offset) {
    const std::uint8_t classes = kClasses[static_cast<unsigned char>(text_[at_.offset])];
    if ((classes & kInWord) == 0) break;
    in_all &= classes;
  }
  Token token = Word(in_all != 0 ? TokenKind::kNumberOrName : TokenKind::kName, begin);
  if (const auto keyword = FindKeyword(text_.substr(begin, at_.offset - begin))) {
    token.kind = TokenKind::kKeyword;
    token.keyword = *keyword;
  }
  return token;
}

Token Lexer::Word(TokenKind kind, std::uint32_t begin) {
  if (at_.offset - begin > kTokenBytesMax) {
    Report(LexError::Kind::kTooLong, begin, at_.offset, at_.line);
  }
  return {.kind = kind, .begin = begin, .end = at_.offset, .line = at_.line};
}

void Lexer::Report(LexError::Kind kind, std::uint32_t begin, std::uint32_t end,
                   std::uint32_t line) {
  if (is_again_) return;
  errors_.push_back({kind, {begin, std::min<std::size_t>(end, text_.size())}, line, token_});
}

std::string StringValue(std::string_view quoted) {
  std::string value;
  if (quoted.ends_with('"') && quoted.size() > 1) quoted.remove_suffix(1);
  for (std::size_t at = 1; at < quoted.size(); ++at) {
    if (quoted[at] != '\\' || at + 1 == quoted.size()) {
      value += quoted[at];
      continue;
    }
    const char c = quoted[++at];
    const bool is_hex = c == 'x';
    if (is_hex || (c >= '0' && c <= '3')) {
      int byte = is_hex ? 0 : c - '0';
      for (int digit = 0; digit < 2 && at + 1 < quoted.size(); ++digit) {
        const char d = quoted[at + 1];
        const bool is_digit = is_hex ? Is(d, kHexDigit) : d >= '0' && d <= '7';
        if (!is_digit && (is_hex || byte != 0)) break;
        if (is_digit) byte = byte * (is_hex ? 16 : 8) + HexValue(d);
        ++at;
      }
      value += static_cast<char>(byte);
    } else {
      constexpr std::string_view kLetters = "trnb";
      constexpr std::string_view kMeant = "\t\r\n\b";
      const auto known = kLetters.find(c);
      value += known == std::string_view::npos ? c : kMeant[known];
    }
  }
  return value;
}

}  // namespace dhcpair::conf
