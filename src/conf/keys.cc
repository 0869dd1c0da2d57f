#include "conf/keys.h"

#include <algorithm>
#include <set>
#include <utility>

#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::optional<std::string_view> KeyName(Parse& parse) {
  const Token first = parse.Peek();
  if (first.kind == TokenKind::kString) return parse.Value(parse.Next());
  const auto dotted = ParseDottedName(parse);
  if (!dotted) parse.Expected(first, "the name of a key");
  return dotted;
}

// Whether a token goes on with a secret.
bool IsBase64(Parse& parse, const Token& token) {
  if (token.kind == TokenKind::kEnd) return false;
  const std::string_view text = parse.Value(token);
  return std::ranges::all_of(text, [](char c) { return c == '=' || kBase64.contains(c); });
}

// The bits behind the last whole octet.
unsigned LeftOver(std::string_view digits) {
  if (digits.size() % 4 == 0) return 0;
  const auto last = static_cast<unsigned>(kBase64.find(digits.back()));
  switch (digits.size() % 4) {
    case 1:
      return last;
    case 2:
      return last & 0x0f;
    default:
      return last & 0x03;
  }
}

// '+', '/' and '=' are tokens of their own, so one secret is many tokens.
bool Secret(Parse& parse, Key& key) {
  const Token first = parse.Peek();
  if (first.kind == TokenKind::kEnd) return parse.Expected(first, "a secret in base64");
  std::string base64;
  do {
    base64 += parse.Value(parse.Next());
  } while (IsBase64(parse, parse.Peek()));
  const std::size_t padding = std::min(base64.find('='), base64.size());
  const bool is_clean = base64.find_first_not_of(kBase64) >= padding &&
                        base64.find_first_not_of('=', padding) == std::string::npos;
  if (is_clean && padding == 0) {
    return parse.Fail(rules::kDroppedStatement, first,
                      "this secret is empty; dhcpd drops the whole key without a word");
  }
  if (!is_clean) {
    return parse.Fail(rules::kBadKey, first, "the secret of a key is base64");
  }
  if (base64.size() % 4 != 0 && LeftOver(base64.substr(0, padding)) != 0) {
    return parse.Fail(rules::kBadKey, first, "this base64 text ends in the middle of an octet");
  }
  key.secret = parse.model().Keep(std::move(base64));
  key.secret_origin = parse.OriginFrom(first);
  return true;
}

// One statement of a key, or nothing when it is none.
std::optional<bool> KeyItem(Parse& parse, const Token& item, Key& key) {
  if (item.Is("algorithm"_kw) && key.algorithm.empty()) {
    const Token first = parse.Peek();
    const auto algorithm = ParseDottedName(parse);
    if (!algorithm) return parse.Expected(first, "an algorithm: hmac-sha256");
    key.algorithm = *algorithm;
    return parse.Semicolon();
  }
  if (item.Is("secret"_kw) && key.secret.empty()) return Secret(parse, key) && parse.Semicolon();
  return std::nullopt;
}

class ZoneParser {
 public:
  ZoneParser(Parse& parse, Zone& zone) : parse_(parse), zone_(zone) {}

  bool Run() {
    for (;;) {
      const Token item = parse_.Peek();
      if (parse_.Accept('}')) return true;
      const std::size_t node = parse_.Open(NodeKind::kOther);
      if (!Item(item)) return false;
      parse_.Close(node);
    }
  }

 private:
  bool Item(const Token& item) {
    if (item.Is("primary"_kw) || item.Is("secondary"_kw) || item.Is("primary6"_kw) ||
        item.Is("secondary6"_kw)) {
      return Servers(item);
    }
    parse_.Next();
    if (item.Is("key"_kw)) return ZoneKey(item);
    return parse_.Expected(item, "primary, secondary, key or '}'");
  }

  bool Servers(const Token& word) {
    if (!servers_.insert(Name(word.keyword)).second) {
      return parse_.Fail(rules::kRepeatedStatement, word, "a zone has one of each");
    }
    parse_.Next();
    const bool is_ipv6 = word.Is("primary6"_kw) || word.Is("secondary6"_kw);
    do {
      if (is_ipv6) {
        if (!ParseIpv6(parse_)) return false;
        continue;
      }
      const auto server = ParseAddressOrName(parse_);
      if (!server) return false;
      if (word.Is("primary"_kw)) zone_.primaries.push_back(*server);
    } while (parse_.Accept(','));
    return parse_.Semicolon();
  }

  bool ZoneKey(const Token& word) {
    if (std::exchange(has_key_, true)) {
      return parse_.Fail(rules::kRepeatedStatement, word, "a zone has one key");
    }
    const Token first = parse_.Peek();
    const auto name = KeyName(parse_);
    if (!name) return false;
    zone_.key = *name;
    if (!parse_.known().keys.contains(Lower(*name))) {
      parse_.Fail(rules::kUnknownKey, first, NotDeclared("key", *name, parse_.known().keys));
    }
    return parse_.Semicolon();
  }

  Parse& parse_;
  Zone& zone_;
  bool has_key_ = false;
  std::set<std::string_view> servers_;
};

}  // namespace

bool ParseKey(Parse& parse, const Token& word) {
  Key key;
  const auto name = KeyName(parse);
  if (!name) return false;
  key.name = *name;
  const std::size_t block = parse.Open(NodeKind::kBlock);
  if (!parse.LeftBrace()) return false;
  for (;;) {
    const std::size_t node = parse.Open(NodeKind::kOther);
    const Token item = parse.Next();
    if (item.Is('}')) {
      parse.Drop(node);
      break;
    }
    const auto ok = KeyItem(parse, item, key);
    if (!ok) return parse.Expected(item, "one algorithm, one secret, and '}'");
    if (!*ok) return false;
    parse.Close(node);
  }
  parse.Close(block);
  parse.Accept(';');
  if (key.secret.empty() || key.algorithm.empty()) {
    return parse.Fail(rules::kBadKey, word,
                      "dhcpd crashes on a key without an algorithm or without a secret");
  }
  parse.known().keys.insert(Lower(key.name));
  key.origin = parse.OriginFrom(word);
  parse.model().keys.push_back(key);
  return true;
}

bool ParseZone(Parse& parse, const Token& word) {
  Zone zone;
  const Token first = parse.Peek();
  const auto name = first.kind == TokenKind::kString ? std::nullopt : ParseDottedName(parse);
  if (!name) return parse.Expected(first, "the name of a zone");
  zone.name = *name;
  const std::size_t block = parse.Open(NodeKind::kBlock);
  if (!parse.Accept('{')) return parse.Expected(parse.Next(), "'{'");
  if (!ZoneParser(parse, zone).Run()) return false;
  parse.Close(block);
  zone.origin = parse.OriginFrom(word);
  parse.model().zones.push_back(std::move(zone));
  return true;
}

}  // namespace dhcpair::conf
