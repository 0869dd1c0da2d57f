#include "adopt/node_statements.h"

#include <fmt/core.h>

#include <algorithm>

#include "lint/adopt_rules.h"
#include "pair/keys.h"
#include "pair/values.h"

namespace dhcpair::adopt {
namespace {

using conf::Statement;

// The words of a statement with one blank between them.
std::string OneLine(const conf::Model& model, const conf::Origin& origin) {
  std::string line;
  conf::Lexer lexer(model.TextOf(origin));
  const std::string_view text = model.TextOf(origin);
  bool is_joined = true;
  for (conf::Token token = lexer.Next(); token.kind != conf::TokenKind::kEnd;
       token = lexer.Next()) {
    // An address is several words to dhcpd.
    const bool joins = token.Is(';') || token.Is('.') || token.Is(',');
    if (!joins && !is_joined) line += ' ';
    line += text.substr(token.begin, token.end - token.begin);
    is_joined = token.Is('.');
  }
  if (!line.ends_with(';')) line += ';';
  return line;
}

bool IsOwnAddress(const Statement& statement) {
  return statement.Sets("dhcp", "dhcp-server-identifier") ||
         statement.Sets("server", "server-identifier") || statement.Sets("server", "local-address");
}

// dhcpd knows "hmac-md5" and also the long names of TSIG.
std::string AlgorithmOf(std::string_view name) {
  std::string lower;
  for (const char c : name) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  constexpr std::string_view kTsig = ".sig-alg.reg.int";
  if (lower.ends_with('.')) lower.pop_back();
  if (lower.ends_with(kTsig)) lower.resize(lower.size() - kTsig.size());
  return lower;
}

bool IsAlgorithm(std::string_view name) {
  const auto choices = pair::Choices(*pair::FindKey("algorithm", pair::Place::kOmapi));
  return std::ranges::find(choices, name) != choices.end();
}

class StatementReader {
 public:
  StatementReader(const conf::Model& model, text::Diagnostics& diagnostics)
      : model_(model), diagnostics_(diagnostics) {}

  NodeStatements Read() {
    for (const Statement& statement : model_.scopes.front().statements) {
      if (IsOwnAddress(statement)) {
        AddOwnAddress(statement);
      } else if (statement.Sets("server", "omapi-port")) {
        ports_.push_back(&statement);
      } else if (statement.Sets("server", "omapi-key")) {
        keys_.push_back(&statement);
      } else if (statement.Sets("server", "lease-file-name")) {
        found_.leases = PathOf(statement);
      } else if (statement.Sets("server", "pid-file-name")) {
        found_.pid = PathOf(statement);
      }
    }
    if (!ports_.empty()) ReadOmapi();
    return std::move(found_);
  }

 private:
  void AddOwnAddress(const Statement& statement) {
    const auto addresses = model_.AddressesOf(statement.value);
    found_.own_addresses.push_back(
        {.origin = statement.origin,
         .text = OneLine(model_, statement.origin),
         .address = addresses.size() == 1 ? std::optional(addresses.front()) : std::nullopt});
    found_.removed.push_back(statement.origin);
  }

  std::optional<pair::NodePath> PathOf(const Statement& statement) const {
    auto path = pair::NodePath::Parse(WordOf(statement));
    if (!path) return std::nullopt;
    return *std::move(path);
  }

  // The value as a text.
  std::string WordOf(const Statement& statement) const {
    const std::string_view text = model_.TextOf(statement.value_origin);
    return text.starts_with('"') ? conf::StringValue(text) : std::string(text);
  }

  std::optional<int> PortOf(const Statement& statement) const {
    const auto octets = model_.OctetsOf(statement.value);
    if (!octets || octets->empty() || octets->size() > 4) return std::nullopt;
    std::uint32_t port = 0;
    for (const char octet : *octets) port = port << 8 | static_cast<std::uint8_t>(octet);
    const pair::Key& row = *pair::FindKey("port", pair::Place::kOmapi);
    if (port < row.min || port > row.max) return std::nullopt;
    return static_cast<int>(port);
  }

  const conf::Key* KeyOf(const Statement& statement) const {
    const std::string name = WordOf(statement);
    const conf::Key* const key = model_.FindKey(name);
    if (key != nullptr || !name.ends_with('.')) return key;
    return model_.FindKey(std::string_view(name).substr(0, name.size() - 1));
  }

  // Of several the last one counts, and all of them leave.
  void ReadOmapi() {
    if (keys_.empty()) return ReadOpenOmapi();
    const conf::Key* const key = KeyOf(*keys_.back());
    const auto port = PortOf(*ports_.back());
    if (!port) return Stays(*ports_.back(), "this port is none that 'omapi:' of pair.yaml takes");
    if (key == nullptr || !pair::IsKeyName(key->name)) {
      return Stays(*keys_.back(), "the name of this key is none that 'omapi:' of pair.yaml takes");
    }
    std::string algorithm = AlgorithmOf(key->algorithm);
    if (!IsAlgorithm(algorithm)) {
      return Stays(*keys_.back(),
                   fmt::format("its key has the algorithm '{}', and 'omapi:' of pair.yaml takes {}",
                               key->algorithm,
                               pair::Takes(*pair::FindKey("algorithm", pair::Place::kOmapi))));
    }
    auto secret = pair::Secret::Parse(key->secret);
    if (!secret) {
      return Stays(*keys_.back(), fmt::format("the secret of its key {}", secret.error()));
    }
    found_.omapi =
        pair::Omapi{*port, std::string(key->name), std::move(algorithm), *std::move(secret)};
    Remove(ports_);
    Remove(keys_);
    found_.removed.push_back(key->origin);
  }

  void ReadOpenOmapi() {
    found_.open_omapi = OneLine(model_, ports_.back()->origin);
    Remove(ports_);
    diagnostics_.Add({&lint::adopt_rules::kOmapiStays, model_.LocationOf(ports_.back()->origin),
                      "this port is open to all, since there is no 'omapi-key': it goes to "
                      "'extra:' as it is; 'omapi:' with a secret is better"});
  }

  void Stays(const Statement& at, std::string_view why) {
    diagnostics_.Add({&lint::adopt_rules::kOmapiStays, Discreet(at.origin),
                      fmt::format("OMAPI settings stay in the master: {}", why)});
  }

  // The place, but not where a finding would show a secret that stands on the same line.
  text::Location Discreet(const conf::Origin& origin) const {
    const text::Location at = model_.LocationOf(origin);
    const std::size_t line = at.source->PositionOf(origin.begin).line;
    const bool shows_secret = std::ranges::any_of(model_.keys, [&](const conf::Key& key) {
      return key.secret_origin.file == origin.file &&
             at.source->PositionOf(key.secret_origin.begin).line == line;
    });
    return shows_secret ? text::WholeFile(at.source) : at;
  }

  void Remove(const std::vector<const Statement*>& statements) {
    for (const Statement* const statement : statements) {
      found_.removed.push_back(statement->origin);
    }
  }

  const conf::Model& model_;
  text::Diagnostics& diagnostics_;
  NodeStatements found_;
  std::vector<const Statement*> ports_;
  std::vector<const Statement*> keys_;
};

}  // namespace

NodeStatements ReadNodeStatements(const conf::Model& model, text::Diagnostics& diagnostics) {
  return StatementReader(model, diagnostics).Read();
}

}  // namespace dhcpair::adopt
