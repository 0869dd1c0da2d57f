#include "conf/parse.h"

#include <fmt/core.h>

#include <algorithm>
#include <cassert>
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

Parse::Parse(text::SourcePtr source, Model& model, Known& known, text::Diagnostics& diagnostics)
    : source_(std::move(source)),
      text_(source_->contents()),
      model_(model),
      known_(known),
      diagnostics_(diagnostics),
      file_(static_cast<Index>(model.files.size())),
      nodes_(model.files.emplace_back(source_).nodes),
      lexer_(text_) {
  // A statement of a usual file takes some thirty bytes; what is not used costs no memory.
  nodes_.reserve(text_.size() / 24 + 8);
  ahead_[0] = lexer_.Next();
  ahead_count_ = 1;
  ReportLexErrors();
}

Token Parse::PeekBeyond(std::size_t ahead) {
  assert(ahead < ahead_.size());
  while (ahead_count_ <= ahead) ahead_[ahead_count_++] = lexer_.Next();
  return ahead_[ahead];
}

Token Parse::Next() {
  at_statement_ = false;
  const Token token = ahead_[0];
  if (token.kind == TokenKind::kEnd) return token;
  line_ = token.line;
  last_ = token;
  if (--ahead_count_ > 0) {
    std::shift_left(ahead_.begin(), ahead_.end(), 1);
  } else {
    ahead_[0] = lexer_.Next();
    ahead_count_ = 1;
  }
  if (lexer_.errors().size() > lex_errors_) ReportLexErrors();
  return token;
}

std::string_view Parse::Value(const Token& token) {
  const std::string_view text = Text(token);
  if (token.kind != TokenKind::kString) return text;
  const bool is_plain = !text.contains('\\') && text.size() > 1 && text.ends_with('"');
  return is_plain ? text.substr(1, text.size() - 2) : model_.Keep(StringValue(text));
}

std::size_t Parse::Open(NodeKind kind) {
  nodes_.push_back({kind, Peek().begin, Peek().begin, 0});
  return nodes_.size() - 1;
}

void Parse::Close(std::size_t node) {
  nodes_[node].end = std::max(nodes_[node].begin, last_.end);
  nodes_[node].size = static_cast<std::uint32_t>(nodes_.size() - node);
}

void Parse::CloseStatement(std::size_t node, bool ok) {
  if (!ok) {
    nodes_.resize(node + 1);
    nodes_[node].kind = NodeKind::kSkipped;
    Recover(nodes_[node].begin);
  }
  Close(node);
}

Origin Parse::OriginOf(text::Span span) const {
  return {file_, static_cast<std::uint32_t>(span.begin), static_cast<std::uint32_t>(span.end)};
}

Origin Parse::OriginFrom(const Token& first) const {
  return {file_, first.begin, std::max(first.end, last_.end)};
}

bool Parse::Fail(const text::Rule& rule, text::Span at, std::string message) {
  Add(rule, at, std::move(message), line_);
  return false;
}

bool Parse::Fail(const text::Rule& rule, const Token& at, std::string message) {
  return Fail(rule, at.span(), std::move(message));
}

bool Parse::Expected(const Token& found, std::string_view what) {
  if (gave_up_ || (bad_token_ && *bad_token_ == found.begin)) return false;
  return Fail(rules::kSyntax, found,
              fmt::format("expected {}, found {}", what, Quoted(found, Text(found))));
}

bool Parse::Unclosed(const Token& brace) {
  if (gave_up_) return false;
  Add(rules::kUnclosedBlock, Peek().span(),
      "a '}' is missing at the end of the file, at the latest", line_,
      {{"this '{' is not closed", LocationOf(brace.span())}});
  return false;
}

bool Parse::Semicolon() {
  if (Accept(';')) return true;
  const Token found = Peek();
  // dhcpd takes the token that is no ';' before it complains.
  const std::size_t dhcpd_line = found.kind == TokenKind::kEnd ? line_ : found.line;
  const std::uint32_t begin = last_.end > 0 ? last_.end - 1 : 0;
  Add(rules::kMissingSemicolon, {begin, last_.end},
      fmt::format("expected ';' behind this, found {}", Quoted(found, Text(found))), dhcpd_line);
  at_statement_ = found.line > last_.line && found.is_identifier();
  return false;
}

bool Parse::LeftBrace() {
  if (Accept('{')) return true;
  const Token& found = Next();
  return Expected(found, "'{'");
}

bool Parse::TooDeep(const Token& at, std::string_view what) {
  Fail(rules::kTooDeep, at, fmt::format("{}; the rest of this file is not read", what));
  GiveUp(at.line);
  return false;
}

void Parse::GiveUp(std::uint32_t line) {
  gave_up_ = true;
  const auto end = static_cast<std::uint32_t>(text_.size());
  ahead_[0] = {.begin = end, .end = end, .line = line};
  ahead_count_ = 1;
}

bool Parse::TooManyBlocks(const Token& brace) {
  return TooDeep(brace, fmt::format("blocks lie more than {} deep in each other", kBlockDepthMax));
}

void Parse::Recover(std::uint32_t start) {
  if (gave_up_) return;
  if (std::exchange(at_statement_, false)) return;
  // What was not expected may have been taken already: a ';', or the '}' of the block around it.
  std::ptrdiff_t depth = 0;
  const bool has_taken = last_.end > start;
  if (has_taken) {
    Lexer again(text_, {start, 1});
    for (Token token = again.Next(); token.begin <= last_.begin; token = again.Next()) {
      if (token.kind == TokenKind::kEnd) break;
      if (token.Is('{')) ++depth;
      if (token.Is('}') && --depth < 0) return GoTo(token);
    }
    if (depth == 0 && (last_.Is(';') || last_.Is('}'))) return;
  }
  for (;;) {
    const Token token = Peek();
    if (token.kind == TokenKind::kEnd || (token.Is('}') && depth == 0)) return;
    Next();
    if (token.Is('{')) ++depth;
    if (token.Is(';') && depth == 0) return;
    if (token.Is('}') && --depth == 0) return;
  }
}

// Makes this token, which was taken, the next one again.
void Parse::GoTo(const Token& token) {
  const auto line = static_cast<std::uint32_t>(source_->PositionOf(token.begin).line);
  lexer_.GoTo({token.begin, line});
  ahead_[0] = lexer_.Next();
  ahead_count_ = 1;
  last_.end = std::min(last_.end, token.begin);
}

void Parse::ReportLexErrors() {
  for (; lex_errors_ < lexer_.errors().size(); ++lex_errors_) {
    const LexError& error = lexer_.errors()[lex_errors_];
    Add(RuleOf(error.kind), error.span, std::string(Words(error.kind)), error.line);
    if (error.kind != LexError::Kind::kTooMuchSpace) bad_token_ = error.token;
  }
}

void Parse::Add(const text::Rule& rule, text::Span at, std::string message, std::size_t dhcpd_line,
                std::vector<text::Note> notes) {
  if (errors_ >= kMistakesMax && !gave_up_) {
    GiveUp(Peek().line);
    diagnostics_.Add({&rules::kTooManyMistakes,
                      {source_, at},
                      fmt::format("more than {} mistakes up to here; the rest of this file is not "
                                  "read",
                                  kMistakesMax)});
  }
  if (gave_up_) return;
  if (rule.severity == text::Severity::kError) ++errors_;
  text::Diagnostic diagnostic{&rule, {source_, at}, std::move(message), std::move(notes)};
  diagnostic.dhcpd_line = dhcpd_line;
  diagnostics_.Add(std::move(diagnostic));
}

}  // namespace dhcpair::conf
