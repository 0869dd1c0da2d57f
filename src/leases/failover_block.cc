#include "leases/failover_block.h"

#include <fmt/core.h>

#include <charconv>

#include "leases/strings.h"

namespace dhcpair::leases {
namespace {

using conf::TokenKind;
using conf::operator""_kw;

struct StateLine {
  failover::State state;
  std::optional<Date> since;
};

// Behind `my` or `partner`: state STATE [at DATE];
std::optional<StateLine> TakeStateLine(Words& words) {
  if (!words.TakeIf("state"_kw) || words.Peek().kind != TokenKind::kKeyword) return std::nullopt;
  const auto state = failover::StateNamed(conf::Name(words.Take().keyword));
  if (!state) return std::nullopt;
  StateLine line{*state, {}};
  if (words.TakeIf("at"_kw)) {
    line.since = TakeDate(words);
    if (!line.since) return std::nullopt;
  }
  if (!words.TakeIf(';')) return std::nullopt;
  return line;
}

std::optional<std::uint32_t> TakeMclt(Words& words) {
  if (words.Peek().kind != TokenKind::kNumber) return std::nullopt;
  const std::string_view digits = words.TextOf(words.Take());
  std::uint32_t mclt = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), mclt);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  if (!words.TakeIf(';')) return std::nullopt;
  return mclt;
}

// peer "NAME" state {
bool TakeHead(Words& words, std::string& peer) {
  if (!words.TakeIf("peer"_kw)) return false;
  const conf::Token name = words.Peek();
  if (name.kind != TokenKind::kString && !name.is_identifier()) return false;
  words.Take();
  peer = name.kind == TokenKind::kString ? conf::StringValue(words.TextOf(name))
                                         : std::string(words.TextOf(name));
  return words.TakeIf("state"_kw) && words.TakeIf('{');
}

}  // namespace

std::optional<FailoverBlock> TakeFailoverBlock(Words& words) {
  FailoverBlock block;
  if (!TakeHead(words, block.peer)) return std::nullopt;
  std::optional<StateLine> mine;
  std::optional<StateLine> partner;
  while (!words.TakeIf('}')) {
    if (words.TakeIf("my"_kw)) {
      mine = TakeStateLine(words);
      if (!mine) return std::nullopt;
    } else if (words.TakeIf("partner"_kw)) {
      partner = TakeStateLine(words);
      if (!partner) return std::nullopt;
    } else if (words.TakeIf("mclt"_kw)) {
      block.mclt = TakeMclt(words);
      if (!block.mclt) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  if (!mine || !partner) return std::nullopt;
  block.mine = mine->state;
  block.mine_since = mine->since;
  block.partner = partner->state;
  block.partner_since = partner->since;
  return block;
}

std::optional<FailoverBlock> ReadFailoverBlock(std::string_view block_text) {
  Words words(block_text);
  if (!words.TakeIf("failover"_kw)) return std::nullopt;
  auto block = TakeFailoverBlock(words);
  const conf::Token& next = words.Peek();
  const bool is_all = next.kind == TokenKind::kEnd && next.end == block_text.size();
  if (!is_all || !words.errors().empty()) return std::nullopt;
  return block;
}

std::string Print(const FailoverBlock& block) {
  const auto line = [](std::string_view whose, failover::State state, std::optional<Date> since) {
    return fmt::format("  {} state {}{}{};\n", whose, failover::Name(state), since ? " at " : "",
                       since ? PrintDate(*since) : "");
  };
  std::string text = fmt::format("failover peer {} state {{\n", Quote(block.peer));
  text += line("my", block.mine, block.mine_since);
  text += line("partner", block.partner, block.partner_since);
  if (block.mclt) text += fmt::format("  mclt {};\n", *block.mclt);
  return text + "}\n";
}

}  // namespace dhcpair::leases
