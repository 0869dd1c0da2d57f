#include "conf/parse.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "conf/rules.h"

namespace dhcpair::conf {
namespace {

// How a token is called in a message.
std::string Quoted(const Token& token, std::string_view text) {
  constexpr std::size_t kShown = 40;
  if (token.kind == TokenKind::kEnd) return "the end of the file";
  if (text.size() > kShown) return fmt::format("'{}...'", text.substr(0, kShown));
  return fmt::format("'{}'", text);
}

const text::Rule& RuleOf(LexError::Kind kind) {
  switch (kind) {
    case LexError::Kind::kUnclosedString:
      return rules::kUnclosedString;
    case LexError::Kind::kBadEscape:
      return rules::kBadEscape;
    case LexError::Kind::kTooLong:
    case LexError::Kind::kTooMuchSpace:
      return rules::kTooLong;
  }
  return rules::kSyntax;
}

std::string_view Words(LexError::Kind kind) {
  switch (kind) {
    case LexError::Kind::kUnclosedString:
      return "this string does not end; a quotation mark is missing";
    case LexError::Kind::kBadEscape:
      return "an escape is \\x and two hexadecimal digits, or three octal ones from \\000 to \\377";
    case LexError::Kind::kTooLong:
      return "longer than the 1499 bytes that dhcpd takes as one word or string";
    case LexError::Kind::kTooMuchSpace:
      return "1500 bytes or more of white space in a row stop dhcpd; a comment among them helps";
  }
  return "";
}

}  // namespace

std::string_view Describe(Scope scope) {
  switch (scope) {
    case Scope::kGlobal:
      return "the global scope";
    case Scope::kSharedNetwork:
      return "a shared-network";
    case Scope::kSubnet:
      return "a subnet";
    case Scope::kPool:
      return "a pool";
    case Scope::kGroup:
      return "a group";
    case Scope::kHost:
      return "a host";
    case Scope::kClass:
      return "a class";
  }
  return "";
}

Parse::Parse(text::SourcePtr source, Names& names, text::Diagnostics& diagnostics)
    : source_(std::move(source)), names_(names), diagnostics_(diagnostics) {
  Lexed lexed = Lex(source_->contents());
  tokens_ = std::move(lexed.tokens);
  ReportLexErrors(lexed.errors);
}

const Token& Parse::Peek(std::size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

const Token& Parse::Next() {
  at_statement_ = false;
  const Token& token = Peek();
  if (token.kind == TokenKind::kEnd) return token;
  line_ = token.line;
  ++next_;
  return token;
}

std::string Parse::Value(const Token& token) const {
  if (token.kind == TokenKind::kString) return StringValue(Text(token));
  return std::string(Text(token));
}

bool Parse::Fail(const text::Rule& rule, text::Span at, std::string message) {
  Add(rule, at, std::move(message), line_);
  return false;
}

bool Parse::Fail(const text::Rule& rule, const Token& at, std::string message) {
  return Fail(rule, at.span(), std::move(message));
}

bool Parse::Expected(const Token& found, std::string_view what) {
  return Fail(rules::kSyntax, found,
              fmt::format("expected {}, found {}", what, Quoted(found, Text(found))));
}

bool Parse::Unclosed(const Token& brace) {
  Add(rules::kUnclosedBlock, Peek().span(),
      "a '}' is missing at the end of the file, at the latest", line_,
      {{"this '{' is not closed", LocationOf(brace.span())}});
  return false;
}

bool Parse::Semicolon() {
  if (Accept(';')) return true;
  const Token& found = Peek();
  const std::size_t last_end = next_ > 0 ? tokens_[next_ - 1].end : 0;
  const std::size_t last_line = next_ > 0 ? tokens_[next_ - 1].line : 0;
  // dhcpd takes the token that is no ';' before it complains.
  const std::size_t dhcpd_line = found.kind == TokenKind::kEnd ? line_ : found.line;
  const std::size_t begin = last_end > 0 ? last_end - 1 : 0;
  Add(rules::kMissingSemicolon, {begin, std::max(last_end, begin)},
      fmt::format("expected ';' behind this, found {}", Quoted(found, Text(found))), dhcpd_line);
  at_statement_ = found.line > last_line && found.is_identifier();
  return false;
}

bool Parse::LeftBrace() {
  if (Accept('{')) return true;
  const Token& found = Next();
  return Expected(found, "'{'");
}

void Parse::Recover(std::size_t start) {
  if (std::exchange(at_statement_, false)) return;
  // What was not expected may have been taken already: a ';', or the '}' of the block around it.
  std::ptrdiff_t depth = 0;
  for (std::size_t i = start; i < next_; ++i) {
    if (tokens_[i].Is('{')) ++depth;
    if (tokens_[i].Is('}') && --depth < 0) {
      next_ = std::max(i, start);
      return;
    }
  }
  const bool has_ended =
      next_ > start && depth == 0 && (tokens_[next_ - 1].Is(';') || tokens_[next_ - 1].Is('}'));
  if (has_ended) return;
  for (;;) {
    const Token& token = Peek();
    if (token.kind == TokenKind::kEnd || (token.Is('}') && depth == 0)) return;
    Next();
    if (token.Is('{')) ++depth;
    if (token.Is(';') && depth == 0) return;
    if (token.Is('}') && --depth == 0) return;
  }
}

void Parse::ReportLexErrors(const std::vector<LexError>& errors) {
  for (const LexError& error : errors) {
    Add(RuleOf(error.kind), error.span, std::string(Words(error.kind)), error.line);
  }
}

void Parse::Add(const text::Rule& rule, text::Span at, std::string message, std::size_t dhcpd_line,
                std::vector<text::Note> notes) {
  if (rule.severity == text::Severity::kError) ++errors_;
  text::Diagnostic diagnostic{&rule, {source_, at}, std::move(message), std::move(notes)};
  diagnostic.dhcpd_line = dhcpd_line;
  diagnostics_.Add(std::move(diagnostic));
}

}  // namespace dhcpair::conf
