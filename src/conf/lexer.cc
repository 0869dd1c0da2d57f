#include "conf/lexer.h"

#include <algorithm>
#include <array>

namespace dhcpair::conf {
namespace {

// The buffer in which dhcpd collects a token, and white space, is 1500 bytes long.
constexpr std::size_t kTokenBytesMax = 1499;

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

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {
    // A token of a usual file takes some ten bytes with the space behind it.
    lexed_.tokens.reserve(text.size() / 8 + 1);
  }

  Lexed Run() && {
    for (;;) {
      SkipSpaceAndComments();
      if (at_ == text_.size()) break;
      ReadToken();
    }
    Push(TokenKind::kEnd, at_, at_, line_);
    return std::move(lexed_);
  }

 private:
  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void SkipSpaceAndComments() {
    while (at_ < text_.size()) {
      if (Is(text_[at_], kSpace)) {
        SkipSpace();
      } else if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
        // The line end belongs to the comment, so it is no part of the space behind it.
        if (at_ < text_.size()) ++at_, ++line_;
      } else {
        return;
      }
    }
  }

  void SkipSpace() {
    const std::size_t begin = at_;
    const std::uint32_t line = line_;
    while (at_ < text_.size() && Is(text_[at_], kSpace)) {
      if (text_[at_] == '\n') ++line_;
      ++at_;
    }
    if (at_ - begin > kTokenBytesMax) {
      Report(LexError::Kind::kTooMuchSpace, begin, begin + 1, line);
    }
  }

  void ReadToken() {
    const char c = text_[at_];
    if (c == '"') {
      ReadString();
    } else if (Is(c, kDigit) || c == '-') {
      ReadNumber();
    } else if (Is(c, kLetter)) {
      ReadWord();
    } else {
      ++at_;
      Push(TokenKind::kPunctuation, at_ - 1, at_, line_);
      lexed_.tokens.back().character = c;
    }
  }

  void ReadString() {
    const std::size_t begin = at_;
    const std::uint32_t line = line_;
    std::size_t bytes = 0;  // Of the value.
    for (++at_;; ++bytes) {
      const std::size_t next = text_.find_first_of("\"\\\n", at_);
      if (next == std::string_view::npos) {
        bytes += text_.size() - at_;
        at_ = text_.size();
        Report(LexError::Kind::kUnclosedString, begin, begin + 1, line);
        break;
      }
      bytes += next - at_;
      at_ = next + 1;
      if (text_[next] == '"') break;
      if (text_[next] == '\n') {
        ++line_;
      } else {
        SkipEscape(next, line);
      }
    }
    if (bytes > kTokenBytesMax) Report(LexError::Kind::kTooLong, begin, at_, line);
    Push(TokenKind::kString, begin, at_, line);
  }

  // `backslash` has been read; what follows it has not.
  void SkipEscape(std::size_t backslash, std::uint32_t line) {
    if (at_ == text_.size()) return;
    const char c = text_[at_++];
    if (c == '\n') ++line_;
    const bool is_hex = c == 'x';
    if (!is_hex && (c < '0' || c > '3')) return;
    for (int digit = 0; digit < 2; ++digit) {
      const char d = Peek();
      if (is_hex ? Is(d, kHexDigit) : d >= '0' && d <= '7') {
        ++at_;
      } else {
        // An escape of zeros may be short: "\0" is a zero byte.
        const bool is_short_zero =
            !is_hex &&
            text_.substr(backslash + 1, digit + 1).find_first_not_of('0') == std::string_view::npos;
        if (!is_short_zero) Report(LexError::Kind::kBadEscape, backslash, at_ + 1, line);
        return;
      }
    }
  }

  void ReadNumber() {
    const std::size_t begin = at_++;
    TokenKind kind = TokenKind::kNumber;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (!Is(c, kInWord)) break;
      const bool is_hex_prefix = at_ == begin + 2 && text_[begin] == '0' &&
                                 (text_[begin + 1] | 0x20) == 'x' && Is(c, kHexDigit);
      if (kind == TokenKind::kNumber && Is(c, kDigit)) continue;
      if (kind != TokenKind::kName && Is(c, kHexDigit)) {
        kind = TokenKind::kNumberOrName;
      } else {
        kind = is_hex_prefix ? TokenKind::kNumberOrName : TokenKind::kName;
      }
    }
    PushWord(kind, begin);
  }

  void ReadWord() {
    const std::size_t begin = at_;
    bool is_hex = true;
    while (at_ < text_.size() && Is(text_[at_], kInWord)) {
      // The first letter is not looked at: "zebra" is a name for its 'r', "x0" might be a number.
      if (at_ > begin && !Is(text_[at_], kHexDigit)) is_hex = false;
      ++at_;
    }
    const auto keyword = FindKeyword(text_.substr(begin, at_ - begin));
    PushWord(is_hex ? TokenKind::kNumberOrName : TokenKind::kName, begin);
    if (!keyword) return;
    lexed_.tokens.back().kind = TokenKind::kKeyword;
    lexed_.tokens.back().keyword = *keyword;
  }

  void PushWord(TokenKind kind, std::size_t begin) {
    if (at_ - begin > kTokenBytesMax) Report(LexError::Kind::kTooLong, begin, at_, line_);
    Push(kind, begin, at_, line_);
  }

  void Push(TokenKind kind, std::size_t begin, std::size_t end, std::uint32_t line) {
    lexed_.tokens.push_back({kind, '\0', Keyword{}, static_cast<std::uint32_t>(begin),
                             static_cast<std::uint32_t>(end), line});
  }

  void Report(LexError::Kind kind, std::size_t begin, std::size_t end, std::uint32_t line) {
    lexed_.errors.push_back({kind, {begin, std::min(end, text_.size())}, line});
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  Lexed lexed_;
};

}  // namespace

Lexed Lex(std::string_view text) { return Lexer(text).Run(); }

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
        if (is_hex ? !Is(d, kHexDigit) : d < '0' || d > '7') break;
        byte = byte * (is_hex ? 16 : 8) + HexValue(d);
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
