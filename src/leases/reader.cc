#include "leases/reader.h"

#include <fmt/core.h>

#include <algorithm>

#include "leases/limits.h"
#include "leases/strings.h"
#include "text/utf8.h"

namespace dhcpair::leases {
namespace {

using conf::LexError;
using conf::Token;
using conf::TokenKind;
using conf::operator""_kw;

// A piece is copied behind what is left of the one before, so it should be long.
constexpr std::size_t kPieceBytes = 1 << 18;

Problem Expected(const Words& words, std::string_view what) {
  return {words.Peek().line, fmt::format("expected {}", what)};
}

// As dhcpd reads it: four decimal numbers, zeros before them or not.
std::optional<base::Ipv4Address> TakeAddress(Words& words) {
  const std::uint32_t begin = words.Peek().begin;
  const std::string_view text = words.text().substr(begin);
  const std::size_t size = std::min(text.find_first_not_of("0123456789."), text.size());
  // At the end of a piece it might go on.
  if (size < text.size()) {
    if (const auto address = base::Ipv4Address::Parse(text.substr(0, size))) {
      words.SkipTo(begin + static_cast<std::uint32_t>(size));
      return *address;
    }
  }
  std::uint32_t value = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && !words.TakeIf('.')) return std::nullopt;
    const std::string_view digits = words.TextOf(words.Peek());
    if (words.Peek().kind != TokenKind::kNumber || digits.size() > 3) return std::nullopt;
    std::uint32_t number = 0;
    for (const char digit : digits) {
      if (digit == '-') return std::nullopt;
      number = number * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    if (number > 255) return std::nullopt;
    value = value << 8 | number;
    words.Take();
  }
  return base::Ipv4Address(value);
}

// Octets as dhcpd writes them: a string, or 1:2:ff.
std::optional<std::string> TakeOctetString(Words& words) {
  if (words.Peek().kind == TokenKind::kString) {
    return conf::StringValue(words.TextOf(words.Take()));
  }
  const std::uint32_t begin = words.Peek().begin;
  while (!words.Peek().Is(';') && words.Peek().kind != TokenKind::kEnd) words.Take();
  return ReadOctets(words.Between(begin, std::max(begin, words.taken_until())));
}

// Whether this is the first word of `lease ADDRESS`, which stands nowhere inside a declaration.
bool BeginsLease(const Words& words) {
  const Token& token = words.Peek();
  if (!token.Is("lease"_kw)) return false;
  const std::size_t next = words.text().find_first_not_of(" \t\r\n", token.end);
  return next != std::string_view::npos && words.text()[next] >= '0' && words.text()[next] <= '9';
}

}  // namespace

void Reader::Feed(std::string_view piece) {
  file_.bytes += piece.size();
  while (!piece.empty() && !is_done_) {
    const std::string_view part = piece.substr(0, kPieceBytes);
    piece.remove_prefix(part.size());
    pending_ += part;
    if (pending_.size() >= worth_reading_) Parse(Words::Rest::kFollows);
  }
}

LeasesFile Reader::Finish() {
  if (!is_done_) Parse(Words::Rest::kNone);
  return std::move(file_);
}

void Reader::Parse(Words::Rest rest) {
  if (is_in_comment_) LeaveComment(rest);
  if (is_in_comment_) return;
  Words words(pending_, rest);
  lex_errors_seen_ = 0;
  const std::uint32_t read = ReadAll(words);
  if (rest == Words::Rest::kFollows && pending_.size() - read > kDeclarationBytesMax) {
    found_.clear();
    Report(FindingKind::kTooMuch, begin_.line,
           "a declaration of more than a megabyte; nothing from here on is read");
    CommitFindings();
    is_done_ = true;
  }
  lines_before_ += begin_.line - 1;
  pending_.erase(0, read);
  // What is left is read again from its beginning, so wait until it is worth that.
  worth_reading_ = std::clamp(pending_.size() * 2, kPieceBytes, kDeclarationBytesMax + kPieceBytes);
}

void Reader::LeaveComment(Words::Rest rest) {
  const std::size_t end = pending_.find_first_of("\n\xff");
  if (end == std::string::npos) {
    pending_.clear();
    is_in_comment_ = rest == Words::Rest::kFollows;
    return;
  }
  // The line end stays, for it is counted with what follows; the other byte ends a comment only.
  pending_.erase(0, pending_[end] == '\n' ? end : end + 1);
  is_in_comment_ = false;
}

// Up to where all is read, which is begin_ then.
std::uint32_t Reader::ReadAll(Words& words) {
  for (;;) {
    const Token& next = words.Peek();
    begin_ = {next.begin, next.line};
    if (next.kind == TokenKind::kEnd) break;
    found_.clear();
    const Ending ending = ReadDeclaration(words);
    if (ending == Ending::kAtEnd) {
      if (words.is_cut()) return begin_.offset;
      found_.clear();
      ReportEnd(words, begin_.line);
      return begin_.offset;
    }
    CommitFindings();
  }
  if (!words.is_cut()) {
    if (words.Peek().end < words.text().size()) ReportEnd(words, begin_.line);
    return begin_.offset;
  }
  // Between two declarations; a comment can be of any length.
  const std::string_view gap =
      words.Between(words.taken_until(), std::max(begin_.offset, words.taken_until()));
  const std::size_t line_end = gap.rfind('\n');
  const std::string_view line = line_end == std::string_view::npos ? gap : gap.substr(line_end);
  is_in_comment_ = begin_.offset == words.text().size() && line.contains('#');
  return begin_.offset;
}

Reader::Ending Reader::ReadDeclaration(Words& words) {
  const Token word = words.Take();
  if (word.Is("lease"_kw)) return ReadLease(words);
  if (word.Is("failover"_kw)) return ReadFailover(words);
  if (word.Is("host"_kw) || word.Is("group"_kw) || word.Is("class"_kw) || word.Is("subclass"_kw)) {
    return ReadNamed(words);
  }
  if (word.Is("server-duid"_kw)) return ReadDuid(words);
  if (word.Is("authoring-byte-order"_kw)) return ReadByteOrder(words);
  if (word.Is("ia-na"_kw) || word.Is("ia-ta"_kw) || word.Is("ia-pd"_kw)) return ReadDhcpv6(words);
  return ReadJunk(words);
}

Reader::Ending Reader::ReadLease(Words& words) {
  const auto address = TakeAddress(words);
  if (!address) return LeaveBehind(words, FindingKind::kBadLease, Expected(words, "an address"));
  if (!words.TakeIf('{')) {
    return LeaveBehind(words, FindingKind::kBadLease, Expected(words, "'{' behind the address"));
  }
  const auto lease = block_.Take(words, *address);
  const auto in_lease = [&](std::string_view message) {
    return fmt::format("lease {}: {}", address->ToString(), message);
  };
  if (!lease) {
    return LeaveBehind(words, FindingKind::kBadLease,
                       {lease.error().line, in_lease(lease.error().message)});
  }
  if (const auto problem = LexProblem(words)) {
    Report(FindingKind::kBadLease, problem->line, in_lease(problem->message));
    return Ending::kWhole;
  }
  for (const Problem& problem : block_.left_out()) {
    Report(FindingKind::kLeftOut, problem.line, in_lease(problem.message));
  }
  PutLease(*lease, begin_.line);
  return Ending::kWhole;
}

void Reader::PutLease(const Lease& lease, std::uint32_t line) {
  if (file_.database.Put(lease)) return;
  Report(FindingKind::kTooMuch, line,
         fmt::format("lease {}: there is no room for it; at most {} leases and {} MiB of their "
                     "texts are read",
                     lease.address.ToString(), kLeasesMax, kTextBytesMax >> 20));
}

Reader::Ending Reader::ReadFailover(Words& words) {
  const auto block = TakeFailoverBlock(words);
  if (!block) {
    return LeaveBehind(words, FindingKind::kBadBlock,
                       {words.Peek().line, "this is no state of a failover peer"});
  }
  if (const auto problem = LexProblem(words)) {
    Report(FindingKind::kBadBlock, problem->line, problem->message);
  } else if (!file_.database.Put(*block)) {
    Report(FindingKind::kTooMuch, begin_.line,
           fmt::format("more than {} failover peers", kPeersMax));
  }
  return Ending::kWhole;
}

Reader::Ending Reader::ReadNamed(Words& words) {
  while (!words.Peek().Is('{')) {
    const Token& token = words.Peek();
    const bool is_head = token.kind != TokenKind::kPunctuation || token.Is(':') || token.Is('.');
    if (!is_head || token.kind == TokenKind::kEnd) {
      return LeaveBehind(words, FindingKind::kBadBlock, Expected(words, "a name and '{'"));
    }
    words.Take();
  }
  Declaration declaration;
  declaration.head = words.Between(begin_.offset, words.taken_until());
  const std::uint32_t block_begin = words.Peek().begin;
  words.Take();
  for (std::size_t depth = 1; depth > 0;) {
    if (words.Peek().kind == TokenKind::kEnd) return Ending::kAtEnd;
    if (BeginsLease(words)) {
      return LeaveBehind(words, FindingKind::kBadBlock, Expected(words, "'}'"));
    }
    const Token token = words.Take();
    if (token.Is('{')) ++depth;
    if (token.Is('}')) --depth;
    if (depth == 1 && token.Is("deleted"_kw) && words.Peek().Is(';')) declaration.is_deleted = true;
  }
  declaration.block = words.Between(block_begin, words.taken_until());
  if (const auto problem = LexProblem(words)) {
    Report(FindingKind::kBadBlock, problem->line, problem->message);
  } else if (!file_.database.Put(std::move(declaration))) {
    Report(FindingKind::kTooMuch, begin_.line,
           fmt::format("more than {} hosts, groups and classes, or {} MiB of them",
                       kDeclarationsMax, kAllDeclarationsBytesMax >> 20));
  }
  return Ending::kWhole;
}

Reader::Ending Reader::ReadDuid(Words& words) {
  auto duid = TakeOctetString(words);
  if (!duid || duid->empty() || !words.TakeIf(';')) {
    return LeaveBehind(words, FindingKind::kBadBlock, Expected(words, "the octets of a DUID"));
  }
  file_.database.server_duid = *std::move(duid);
  return Ending::kWhole;
}

Reader::Ending Reader::ReadByteOrder(Words& words) {
  const Token order = words.Peek();
  const bool is_order = order.Is("little-endian"_kw) || order.Is("big-endian"_kw);
  if (is_order) words.Take();
  if (!is_order || !words.TakeIf(';')) {
    return LeaveBehind(words, FindingKind::kBadBlock,
                       Expected(words, "little-endian or big-endian"));
  }
  file_.database.byte_order = Name(order.keyword);
  return Ending::kWhole;
}

Reader::Ending Reader::ReadDhcpv6(Words& words) {
  Report(FindingKind::kDhcpv6, begin_.line, "a declaration of DHCPv6; it is skipped");
  return Skip(words);
}

Reader::Ending Reader::ReadJunk(Words& words) {
  std::string message;
  if (!file_.findings.IsFull(FindingKind::kJunk)) {
    constexpr std::size_t kShown = 40;
    const auto word = words.Between(begin_.offset, words.taken_until()).substr(0, kShown);
    message = fmt::format("'{}' begins no declaration of a leases file; it is skipped",
                          text::Visible(word));
  }
  Report(FindingKind::kJunk, begin_.line, std::move(message));
  const char only = words.text()[begin_.offset];
  // These end themselves.
  if (words.taken_until() == begin_.offset + 1 && (only == ';' || only == '}')) {
    return Ending::kWhole;
  }
  return Skip(words);
}

// What began at begin_ cannot be read: goes on behind its closing brace.
Reader::Ending Reader::LeaveBehind(Words& words, FindingKind kind, const Problem& problem) {
  if (words.Peek().kind == TokenKind::kEnd) return Ending::kAtEnd;
  Report(kind, problem.line, problem.message);
  words.GoTo(begin_);
  words.Take();
  const Ending ending = Skip(words);
  // Its lexical mistakes are told by that.
  lex_errors_seen_ = words.errors().size();
  return ending;
}

// Up to a semicolon outside of braces, or behind a closing brace; but never over a lease, for then
// the closing brace is what is missing.
Reader::Ending Reader::Skip(Words& words) {
  for (std::size_t depth = 0;;) {
    if (words.Peek().kind == TokenKind::kEnd) return Ending::kAtEnd;
    if (BeginsLease(words)) {
      if (depth > 0) {
        Report(FindingKind::kUnfinished, begin_.line,
               "the '}' of this declaration is missing: a lease begins inside it, which is read "
               "here, but not by dhcpd");
      }
      return Ending::kWhole;
    }
    const Token token = words.Take();
    if (token.Is('{')) ++depth;
    if (token.Is(';') && depth == 0) return Ending::kWhole;
    if (token.Is('}') && depth <= 1) return Ending::kWhole;
    if (token.Is('}')) --depth;
  }
}

// What the lexer found wrong in the declaration that has just been read.
std::optional<Problem> Reader::LexProblem(const Words& words) {
  std::optional<Problem> problem;
  while (lex_errors_seen_ < words.errors().size()) {
    const LexError& error = words.errors()[lex_errors_seen_];
    // Those behind it belong to the word that comes next.
    if (error.token >= words.taken_until()) break;
    ++lex_errors_seen_;
    if (error.token < begin_.offset) continue;
    switch (error.kind) {
      case LexError::Kind::kBadEscape:
        problem = {error.line, "a backslash escape that is none"};
        break;
      case LexError::Kind::kTooLong:
        problem = {error.line, "a word or a string of 1500 bytes or more"};
        break;
      case LexError::Kind::kTooMuchSpace:
        problem = {error.line, "1500 bytes or more of white space in a row"};
        break;
      case LexError::Kind::kUnclosedString:
        problem = {error.line, "a string without its end"};
        break;
    }
  }
  return problem;
}

void Reader::Report(FindingKind kind, std::uint32_t line, std::string message) {
  found_.push_back({kind, lines_before_ + line, std::move(message)});
}

// The file ends, for dhcpd at least, and perhaps in the middle of a declaration.
void Reader::ReportEnd(const Words& words, std::uint32_t line) {
  const std::uint32_t end = words.Peek().end;
  if (begin_.offset < end) {
    const std::string_view first_line = words.Between(begin_.offset, end);
    const std::string_view shown =
        first_line.substr(0, first_line.find_first_of("{\n")).substr(0, 60);
    Report(
        FindingKind::kTorn, line,
        fmt::format("the file is torn: '{}' has no end and is not taken, but dhcpd may take what "
                    "is there of it",
                    text::Visible(shown.substr(0, shown.find_last_not_of(' ') + 1))));
  }
  if (end < words.text().size()) {
    Report(FindingKind::kEndByte, words.Peek().line,
           "the byte 0xff, which dhcpd takes for the end of the file; nothing behind it is read");
    is_done_ = true;
  }
  CommitFindings();
}

void Reader::CommitFindings() {
  for (Finding& finding : found_) {
    file_.findings.Add(finding.kind, finding.line, std::move(finding.message));
  }
  found_.clear();
}

LeasesFile ReadLeases(std::string_view contents) {
  Reader reader;
  reader.Feed(contents);
  return reader.Finish();
}

}  // namespace dhcpair::leases
