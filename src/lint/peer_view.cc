#include "lint/peer_view.h"

#include <algorithm>
#include <array>

namespace dhcpair::lint {

using conf::Keyword;
using conf::PeerStatement;
using conf::operator""_kw;

namespace {

constexpr std::uint16_t kFailoverPort = 647;

struct Default {
  Keyword word;
  std::uint32_t value;
};

// As parse_failover_peer of ISC dhcpd 4.4.3-P1 sets them.
constexpr std::array kDefaults{
    Default{"max-response-delay"_kw, 20},   Default{"max-unacked-updates"_kw, 100},
    Default{"max-lease-misbalance"_kw, 15}, Default{"max-lease-ownership"_kw, 10},
    Default{"min-balance"_kw, 60},          Default{"max-balance"_kw, 3600},
};

PeerNumber ReadNumber(std::string_view text, text::Span span) {
  constexpr std::uint64_t kDigitsMax = 999'999'999'999'999;
  PeerNumber number{.is_negative = text.starts_with('-'), .span = span};
  if (number.is_negative) text.remove_prefix(1);
  for (const char c : text) {
    if (c < '0' || c > '9') break;
    number.digits = std::min(number.digits * 10 + static_cast<std::uint64_t>(c - '0'), kDigitsMax);
  }
  return number;
}

}  // namespace

// Reads the words of the whole block once, however many statements it has.
PeerView::PeerView(const conf::Model& model, const conf::Peer& peer) : model_(model), peer_(peer) {
  parts_.reserve(peer.statements.size());
  for (const PeerStatement& statement : peer.statements) {
    const text::Span span{statement.origin.begin, statement.origin.end};
    parts_.push_back({span, span, {.span = span}});
  }
  const conf::Origin& block = peer.declaration;
  std::vector<conf::Token> words;
  std::size_t next = 0;
  for (const conf::Token& token : model.files[block.file].TokensOf({block.begin, block.end})) {
    if (token.Is('{')) {
      words.clear();
      continue;
    }
    words.push_back(token);
    if (!token.Is(';')) continue;
    // A statement with a mistake in it stands in the block, but not in the list.
    const bool is_listed = next < parts_.size() && parts_[next].span.begin < token.end;
    if (is_listed) ReadParts(words, next++);
    words.clear();
  }
}

void PeerView::ReadParts(std::span<const conf::Token> words, std::size_t index) {
  const conf::SyntaxTree& tree = model_.files[peer_.declaration.file];
  Parts& parts = parts_[index];
  parts.span = {words.front().begin, words.back().end};
  for (const conf::Token& word : words) {
    if (word.Is(peer_.statements[index].word)) parts.word = word.span();
    if (word.kind != conf::TokenKind::kNumber) continue;
    parts.number = ReadNumber(tree.source->Text(word.span()), word.span());
  }
}

bool HasTwoSides(Keyword word) {
  return word == "address"_kw || word == "port"_kw || word == "max-response-delay"_kw ||
         word == "max-unacked-updates"_kw;
}

std::uint32_t DefaultOf(Keyword word) {
  const auto found = std::ranges::find(kDefaults, word, &Default::word);
  return found == kDefaults.end() ? 0 : found->value;
}

std::string_view WordsOf(Keyword word) {
  return word == "load"_kw ? "load balance max seconds" : conf::Name(word);
}

const PeerStatement* PeerView::Find(Keyword word, bool is_partners) const {
  const auto& all = peer_.statements;
  for (auto at = all.rbegin(); at != all.rend(); ++at) {
    if (at->word != word) continue;
    if (!HasTwoSides(word) || at->is_partners == is_partners) return &*at;
  }
  return nullptr;
}

text::Location PeerView::LocationOf(const PeerStatement& statement) const {
  text::Span span = SpanOf(statement);
  const text::SourcePtr& source = model_.files[peer_.declaration.file].source;
  if (span.end > span.begin && source->Text(span).ends_with(';')) --span.end;
  return {source, span};
}

std::optional<std::uint32_t> PeerView::Value(Keyword word) const {
  const std::uint32_t value_of_none = DefaultOf(word);
  const PeerStatement* const statement = Find(word);
  if (statement == nullptr) {
    return value_of_none == 0 ? std::nullopt : std::optional(value_of_none);
  }
  const PeerNumber number = NumberOf(*statement);
  if (!number.is_kept()) return std::nullopt;
  return number.digits == 0 ? value_of_none : static_cast<std::uint32_t>(number.digits);
}

std::uint16_t PeerView::Port(bool is_partners) const {
  const PeerStatement* const statement = Find("port"_kw, is_partners);
  if (statement == nullptr) return kFailoverPort;
  const PeerNumber number = NumberOf(*statement);
  if (number.digits == 0) return kFailoverPort;
  const auto low = static_cast<std::uint16_t>(number.digits);
  return number.is_negative ? static_cast<std::uint16_t>(-low) : low;
}

std::string PeerView::Address(bool is_partners) const {
  const PeerStatement* const statement = Find("address"_kw, is_partners);
  if (statement == nullptr) return "";
  if (statement->address.address) return statement->address.address->ToString();
  std::string name(statement->address.name);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

}  // namespace dhcpair::lint
