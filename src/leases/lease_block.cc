#include "leases/lease_block.h"

#include <fmt/core.h>

#include <array>

#include "base/name_index.h"
#include "leases/strings.h"
#include "text/utf8.h"

namespace dhcpair::leases {
namespace {

using conf::Token;
using conf::TokenKind;
using conf::operator""_kw;
using failover::BindingState;

std::string Seen(const Words& words, const Token& token) {
  constexpr std::size_t kShown = 40;
  if (token.kind == TokenKind::kEnd) return "the end of the file";
  const std::string_view text = words.TextOf(token);
  if (text.size() <= kShown) return fmt::format("'{}'", text::Visible(text));
  return fmt::format("'{}…'", text::Visible(text.substr(0, kShown)));
}

std::unexpected<Problem> Expected(const Words& words, std::string_view what) {
  const Token& token = words.Peek();
  return std::unexpected(
      Problem{token.line, fmt::format("expected {}, found {}", what, Seen(words, token))});
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = base::LowerAscii(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The form in which dhcpd writes an Ethernet address, with its semicolon: seventeen bytes at once
// instead of eleven words.
std::optional<std::array<std::uint8_t, 6>> ReadSixOctets(std::string_view text) {
  constexpr std::size_t kSize = 17;
  if (text.size() <= kSize || text[kSize] != ';') return std::nullopt;
  std::array<std::uint8_t, 6> octets{};
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const int high = HexValue(text[i * 3]);
    const int low = HexValue(text[i * 3 + 1]);
    if (high < 0 || low < 0 || (i < 5 && text[i * 3 + 2] != ':')) return std::nullopt;
    octets[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return octets;
}

// 1:2:ff, as many as there are.
bool TakeOctets(Words& words, std::string& octets) {
  do {
    const auto octet = ReadOctet(words.TextOf(words.Peek()));
    if (!octet) return false;
    words.Take();
    octets += static_cast<char>(*octet);
  } while (words.TakeIf(':'));
  return true;
}

bool IsWord(const Words& words, const Token& token, std::string_view word) {
  return base::EqualsInAnyCase(words.TextOf(token), word);
}

// The value of a string that has just been taken; `storage` is for one with escapes.
std::string_view ValueOf(std::string_view quoted, std::string& storage) {
  if (quoted.find('\\') == std::string_view::npos && quoted.size() >= 2) {
    return quoted.substr(1, quoted.size() - 2);
  }
  storage = conf::StringValue(quoted);
  return storage;
}

}  // namespace

std::expected<Lease, Problem> LeaseBlock::Take(Words& words, base::Ipv4Address address) {
  lease_ = {.address = address};
  rest_.clear();
  left_out_.clear();
  while (!words.TakeIf('}')) {
    if (auto taken = TakeField(words); !taken) return std::unexpected(taken.error());
  }
  lease_.rest = rest_;
  return lease_;
}

LeaseBlock::Result LeaseBlock::TakeField(Words& words) {
  const Token word = words.Peek();
  if (word.kind != TokenKind::kKeyword) return TakeNamedField(words, word);
  // Another lease: the end of this one is missing, and whoever goes on from here must see it.
  if (word.Is("lease"_kw)) return Expected(words, "a field of the lease or '}'");
  words.Take();
  switch (word.keyword) {
    case "starts"_kw:
      return TakeDateField(words, lease_.starts);
    case "ends"_kw:
      return TakeDateField(words, lease_.ends);
    case "tstp"_kw:
      return TakeDateField(words, lease_.tstp);
    case "tsfp"_kw:
      return TakeDateField(words, lease_.tsfp);
    case "atsfp"_kw:
      return TakeDateField(words, lease_.atsfp);
    case "cltt"_kw:
      return TakeDateField(words, lease_.cltt);
    case "binding"_kw:
      return TakeState(words, lease_.state);
    case "next"_kw:
      if (!words.TakeIf("binding"_kw)) return Expected(words, "'binding' behind 'next'");
      return TakeState(words, lease_.next);
    case "rewind"_kw:
      if (!words.TakeIf("binding"_kw)) return Expected(words, "'binding' behind 'rewind'");
      return TakeState(words, lease_.rewind);
    case "hardware"_kw:
      return TakeHardware(words);
    case "uid"_kw:
      return TakeUid(words);
    case "client-hostname"_kw:
      return TakeHostname(words);
    case "reserved"_kw:
      lease_.is_reserved = true;
      return TakeSemicolon(words);
    case "dynamic-bootp"_kw:
      lease_.is_dynamic_bootp = true;
      return TakeSemicolon(words);
    case "abandoned"_kw:
      lease_.state = BindingState::kAbandoned;
      return TakeSemicolon(words);
    case "set"_kw:
      return TakeSet(words, word.begin);
    case "option"_kw:
    case "supersede"_kw:
      return TakeOption(words, word.begin);
    case "billing"_kw:
      return TakeBilling(words, word.begin);
    case "on"_kw:
      return TakeOn(words, word.begin);
    case "class"_kw:
      // Of an old version, and without a meaning since.
      if (!words.Peek().is_identifier()) return Expected(words, "the name of a class");
      words.Take();
      return TakeSemicolon(words);
    default:
      return std::unexpected(
          Problem{word.line, fmt::format("{} is no field of a lease", Seen(words, word))});
  }
}

LeaseBlock::Result LeaseBlock::TakeNamedField(Words& words, const Token& word) {
  if (!IsWord(words, word, "ddns-fwd-name") && !IsWord(words, word, "ddns-rev-name")) {
    return Expected(words, "a field of the lease or '}'");
  }
  words.Take();
  if (words.Peek().kind != TokenKind::kString) return Expected(words, "a string");
  words.Take();
  return KeepToSemicolon(words, word.begin);
}

LeaseBlock::Result LeaseBlock::TakeSemicolon(Words& words) {
  if (!words.TakeIf(';')) return Expected(words, "';'");
  return {};
}

// The field is not used, but the lease is.
LeaseBlock::Result LeaseBlock::LeaveOut(Words& words, std::uint32_t line, std::string message) {
  while (!words.Peek().Is(';')) {
    const bool is_over = words.Peek().kind == TokenKind::kEnd || words.Peek().Is('}');
    if (is_over) return Expected(words, "';'");
    words.Take();
  }
  words.Take();
  left_out_.push_back({line, std::move(message)});
  return {};
}

// Keeps the text of a field that began at `begin` and has been taken.
void LeaseBlock::Keep(const Words& words, std::uint32_t begin) {
  if (!rest_.empty()) rest_ += '\n';
  rest_ += words.Between(begin, words.taken_until());
}

LeaseBlock::Result LeaseBlock::KeepToSemicolon(Words& words, std::uint32_t begin) {
  if (auto taken = TakeSemicolon(words); !taken) return taken;
  Keep(words, begin);
  return {};
}

LeaseBlock::Result LeaseBlock::TakeDateField(Words& words, Date& date) {
  const Token first = words.Peek();
  const auto taken = TakeDate(words);
  if (!taken) {
    return LeaveOut(words, first.line,
                    fmt::format("{} begins no date; it is left out", Seen(words, first)));
  }
  date = *taken;
  return TakeSemicolon(words);
}

LeaseBlock::Result LeaseBlock::TakeState(Words& words, std::optional<BindingState>& state) {
  if (!words.TakeIf("state"_kw)) return Expected(words, "'state' behind 'binding'");
  const Token word = words.Peek();
  if (word.kind == TokenKind::kKeyword) state = failover::BindingStateNamed(Name(word.keyword));
  if (word.Is("bootp"_kw) || word.Is("reserved"_kw)) {
    // Of an old version: active, and a flag.
    state = BindingState::kActive;
    (word.Is("bootp"_kw) ? lease_.is_dynamic_bootp : lease_.is_reserved) = true;
  }
  if (word.kind != TokenKind::kKeyword || !state) return Expected(words, "a binding state");
  words.Take();
  return TakeSemicolon(words);
}

LeaseBlock::Result LeaseBlock::TakeHardware(Words& words) {
  const Token word = words.Peek();
  const auto type = base::HardwareTypeNamed(words.TextOf(word));
  if (!type) {
    return LeaveOut(words, word.line,
                    fmt::format("{} is no type of hardware; it is left out", Seen(words, word)));
  }
  words.Take();
  const std::uint32_t begin = words.Peek().begin;
  if (const auto six = ReadSixOctets(words.text().substr(begin))) {
    lease_.hardware = *base::HardwareAddress::Make(*type, *six);
    words.SkipTo(begin + 17);
    return TakeSemicolon(words);
  }
  std::string octets;
  if (!words.Peek().Is(';') && !TakeOctets(words, octets)) {
    return Expected(words, "an octet of a hardware address");
  }
  const std::vector<std::uint8_t> bytes(octets.begin(), octets.end());
  const auto address = base::HardwareAddress::Make(*type, bytes);
  if (!address) {
    return LeaveOut(words, word.line, "a hardware address has at most 20 octets; it is left out");
  }
  lease_.hardware = *address;
  return TakeSemicolon(words);
}

LeaseBlock::Result LeaseBlock::TakeUid(Words& words) {
  const Token token = words.Peek();
  if (token.kind == TokenKind::kString) {
    words.Take();
    lease_.uid = ValueOf(words.TextOf(token), uid_);
  } else {
    uid_.clear();
    if (!TakeOctets(words, uid_)) return Expected(words, "an octet of a uid");
    lease_.uid = uid_;
  }
  if (lease_.uid.empty()) {
    return std::unexpected(Problem{token.line, "the uid is empty: dhcpd does not start with it"});
  }
  return TakeSemicolon(words);
}

// A string, or a name as it stands: a.b-c.9
LeaseBlock::Result LeaseBlock::TakeHostname(Words& words) {
  const Token first = words.Peek();
  if (first.kind == TokenKind::kString) {
    words.Take();
    lease_.hostname = ValueOf(words.TextOf(first), hostname_);
    return TakeSemicolon(words);
  }
  hostname_.clear();
  do {
    const Token label = words.Peek();
    if (!label.is_identifier() && label.kind != TokenKind::kNumber) {
      return Expected(words, "a name of a client");
    }
    if (!hostname_.empty()) hostname_ += '.';
    hostname_ += words.TextOf(words.Take());
  } while (words.TakeIf('.'));
  lease_.hostname = hostname_;
  return TakeSemicolon(words);
}

LeaseBlock::Result LeaseBlock::TakeSet(Words& words, std::uint32_t begin) {
  if (!words.Peek().is_identifier()) return Expected(words, "the name of a variable");
  words.Take();
  if (!words.TakeIf('=')) return Expected(words, "'='");
  if (words.TakeIf('%')) {
    if (words.Peek().kind != TokenKind::kNumber) return Expected(words, "a number behind '%'");
  } else {
    const Token& value = words.Peek();
    const bool is_value = value.kind == TokenKind::kString || IsWord(words, value, "true") ||
                          IsWord(words, value, "false");
    if (!is_value) return Expected(words, "a string, '%' and a number, 'true' or 'false'");
  }
  words.Take();
  return KeepToSemicolon(words, begin);
}

LeaseBlock::Result LeaseBlock::TakeOption(Words& words, std::uint32_t begin) {
  if (!words.Peek().is_identifier()) return Expected(words, "the name of an option");
  while (!words.Peek().Is(';')) {
    const Token& token = words.Peek();
    if (token.kind == TokenKind::kEnd || token.Is('{') || token.Is('}')) {
      return Expected(words, "';' behind the option");
    }
    words.Take();
  }
  return KeepToSemicolon(words, begin);
}

LeaseBlock::Result LeaseBlock::TakeBilling(Words& words, std::uint32_t begin) {
  const bool is_subclass = words.TakeIf("subclass"_kw);
  if (!is_subclass && !words.TakeIf("class"_kw)) return Expected(words, "'class' or 'subclass'");
  if (words.Peek().kind != TokenKind::kString) return Expected(words, "the name of a class");
  words.Take();
  if (is_subclass && words.Peek().kind == TokenKind::kString) {
    words.Take();
  } else if (std::string octets; is_subclass && !TakeOctets(words, octets)) {
    return Expected(words, "what tells the subclass");
  }
  return KeepToSemicolon(words, begin);
}

LeaseBlock::Result LeaseBlock::TakeOn(Words& words, std::uint32_t begin) {
  do {
    const Token& event = words.Peek();
    const bool is_event = event.Is("expiry"_kw) || event.Is("release"_kw) ||
                          event.Is("commit"_kw) || event.Is("transmission"_kw);
    if (!is_event) return Expected(words, "'expiry' or 'release'");
    words.Take();
  } while (words.TakeIf("or"_kw));
  if (!words.TakeIf('{')) return Expected(words, "'{'");
  for (std::size_t depth = 1; depth > 0;) {
    if (words.Peek().kind == TokenKind::kEnd) return Expected(words, "'}'");
    const Token token = words.Take();
    if (token.Is('{')) ++depth;
    if (token.Is('}')) --depth;
  }
  Keep(words, begin);
  return {};
}

}  // namespace dhcpair::leases
