#include "sync/redact.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

#include "conf/keyword.h"
#include "conf/lexer.h"

namespace dhcpair::sync {
namespace {

using conf::Token;
using conf::TokenKind;
using conf::operator""_kw;

constexpr std::string_view kWord = "secret";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
// A shorter word behind "secret" in a comment is a word of a sentence.
constexpr std::size_t kSecretInCommentMin = 12;

bool SameLetter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

std::size_t FindWord(std::string_view text, std::size_t from) {
  const auto found =
      std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())),
                  text.end(), kWord.begin(), kWord.end(), SameLetter);
  return found == text.end() ? std::string_view::npos
                             : static_cast<std::size_t>(found - text.begin());
}

// In "option secret code 200 = text;" the word is the name of an option.
bool IsName(const Token& before) { return before.Is("option"_kw) || before.Is('.'); }

bool EndsStatement(const Token& token) {
  return token.kind == TokenKind::kEnd || token.Is(';') || token.Is('{') || token.Is('}');
}

std::string ValueOf(std::string_view text, const Token& token) {
  const std::string_view word = text.substr(token.begin, token.end - token.begin);
  return token.kind == TokenKind::kString ? conf::StringValue(word) : std::string(word);
}

}  // namespace

std::string Redactor::Redact(std::string_view text) {
  return RedactKnown(FindWord(text, 0) == std::string_view::npos ? std::string(text)
                                                                 : RedactStatements(text));
}

std::string Redactor::LabelOf(const std::string& secret) {
  const auto number = numbers_.try_emplace(secret, numbers_.size() + 1).first->second;
  return fmt::format("(secret {})", number);
}

std::string Redactor::RedactStatements(std::string_view text) {
  std::string redacted;
  std::size_t copied = 0;  // What is before this is in `redacted`.
  conf::Lexer lexer(text);
  Token before;
  Token token = lexer.Next();
  const auto copy_up_to = [&](const Token& next) {
    redacted += RedactComments(text.substr(copied, next.begin - copied));
    copied = next.begin;
  };
  while (token.kind != TokenKind::kEnd) {
    copy_up_to(token);
    redacted += text.substr(token.begin, token.end - token.begin);
    copied = token.end;
    const bool is_secret = token.Is("secret"_kw) && !IsName(before);
    before = token;
    token = lexer.Next();
    if (!is_secret || EndsStatement(token)) continue;
    copy_up_to(token);
    std::string secret;
    for (; !EndsStatement(token); token = lexer.Next()) {
      secret += ValueOf(text, token);
      before = token;
    }
    redacted += LabelOf(secret);
    copied = before.end;
  }
  return redacted + RedactComments(text.substr(copied));
}

// What lies between two tokens: white space, and comments, in which a key may have been put aside.
std::string Redactor::RedactComments(std::string_view gap) {
  std::string redacted;
  std::size_t copied = 0;
  for (std::size_t at = FindWord(gap, 0); at != std::string_view::npos; at = FindWord(gap, at)) {
    at += kWord.size();
    const std::size_t begin = std::min(gap.find_first_not_of(" \t=:\"", at), gap.size());
    const std::size_t end = std::min(gap.find_first_not_of(kBase64, begin), gap.size());
    const bool is_closed = end < gap.size() && (gap[end] == ';' || gap[end] == '"');
    if (begin == at || begin == end || (end - begin < kSecretInCommentMin && !is_closed)) continue;
    redacted += gap.substr(copied, begin - copied);
    redacted += LabelOf(std::string(gap.substr(begin, end - begin)));
    copied = at = end;
  }
  return redacted + std::string(gap.substr(copied));
}

std::string Redactor::RedactKnown(std::string text) {
  for (const std::string& secret : known_) {
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
      const std::string label = LabelOf(secret);
      text.replace(at, secret.size(), label);
      at += label.size();
    }
  }
  return text;
}

}  // namespace dhcpair::sync
