#include "adopt/peer_facts.h"

#include <fmt/core.h>

#include <algorithm>

#include "lint/adopt_rules.h"
#include "pair/keys.h"

namespace dhcpair::adopt {
namespace {

using conf::Keyword;
using conf::PeerStatement;
using conf::operator""_kw;

class PeerReader {
 public:
  PeerReader(const conf::Model& model, const conf::Peer& peer, text::Diagnostics& diagnostics)
      : model_(model), peer_(peer), diagnostics_(diagnostics) {}

  std::optional<PeerFacts> Read() {
    PeerFacts facts{
        .peer = &peer_,
        .role = peer_.is_secondary ? pair::Role::kSecondary : pair::Role::kPrimary,
        .name = ReadName(),
        .address = AddressOf(peer_.Last("address"_kw)),
        .partner_address = AddressOf(peer_.Last("address"_kw, true)),
        .port = ReadPort(peer_.Last("port"_kw)),
        .partner_port = ReadPort(peer_.Last("port"_kw, true)),
        .tuning = ReadTuning(),
        .mclt = {},
        .balance = {},
    };
    if (facts.role == pair::Role::kPrimary) {
      if (const auto* mclt = LastOfEither("mclt"_kw)) facts.mclt = Seconds(*mclt, "mclt");
      facts.balance = ReadBalance();
    }
    if (has_errors_) return std::nullopt;
    return facts;
  }

 private:
  std::string ReadName() {
    const auto name = pair::PeerName::Parse(peer_.name);
    if (!name) {
      Report(peer_.origin,
             fmt::format("the name of this failover peer {}, and pair.yaml takes no such name",
                         name.error()));
    }
    return std::string(peer_.name);
  }

  static std::optional<base::Ipv4Address> AddressOf(const PeerStatement* statement) {
    return statement == nullptr ? std::nullopt : statement->address.address;
  }

  // dhcpd takes 0 for the default.
  int ReadPort(const PeerStatement* statement) {
    constexpr int kDefault = 647;
    if (statement == nullptr || statement->number == 0) return kDefault;
    return static_cast<int>(Number(*statement, "port"));
  }

  // Of the statements for which the word "peer" in front changes nothing.
  const PeerStatement* LastOfEither(Keyword word) const {
    const auto last =
        std::find_if(peer_.statements.rbegin(), peer_.statements.rend(),
                     [word](const PeerStatement& statement) { return statement.word == word; });
    return last == peer_.statements.rend() ? nullptr : &*last;
  }

  pair::FailoverTuning ReadTuning() {
    // dhcpd.conf(5) names these defaults, and dhcpd replaces a 0 by them.
    pair::FailoverTuning tuning{.max_response_delay = pair::Seconds(20),
                                .max_unacked_updates = 100,
                                .load_balance_max = pair::Seconds(0),
                                .auto_partner_down = {},
                                .max_lease_misbalance = {},
                                .max_lease_ownership = {},
                                .min_balance = {},
                                .max_balance = {}};
    const auto* delay = peer_.Last("max-response-delay"_kw);
    if (delay != nullptr && delay->number != 0) {
      tuning.max_response_delay = Seconds(*delay, "max-response-delay");
    }
    const auto* updates = peer_.Last("max-unacked-updates"_kw);
    if (updates != nullptr && updates->number != 0) {
      tuning.max_unacked_updates = static_cast<int>(Number(*updates, "max-unacked-updates"));
    }
    if (const auto* load = LastOfEither("load"_kw)) {
      tuning.load_balance_max = Seconds(*load, "load-balance-max");
    }
    const auto number = [&](Keyword word, std::string_view key, std::optional<int>& to) {
      if (const auto* given = LastOfEither(word)) to = static_cast<int>(Number(*given, key));
    };
    const auto seconds = [&](Keyword word, std::string_view key, std::optional<pair::Seconds>& to) {
      if (const auto* given = LastOfEither(word)) to = Seconds(*given, key);
    };
    seconds("auto-partner-down"_kw, "auto-partner-down", tuning.auto_partner_down);
    number("max-lease-misbalance"_kw, "max-lease-misbalance", tuning.max_lease_misbalance);
    number("max-lease-ownership"_kw, "max-lease-ownership", tuning.max_lease_ownership);
    seconds("min-balance"_kw, "min-balance", tuning.min_balance);
    seconds("max-balance"_kw, "max-balance", tuning.max_balance);
    return tuning;
  }

  // Of split and hba the later one counts.
  std::optional<Balance> ReadBalance() {
    const PeerStatement* const split = LastOfEither("split"_kw);
    const PeerStatement* const hba = LastOfEither("hba"_kw);
    if (hba != nullptr && (split == nullptr || split < hba)) {
      std::string octets;
      for (const std::uint8_t octet : hba->hba) {
        octets += fmt::format("{}{:02x}", octets.empty() ? "" : ":", octet);
      }
      if (auto parsed = pair::Hba::Parse(octets)) return *std::move(parsed);
      return std::nullopt;
    }
    if (split == nullptr) return std::nullopt;
    return pair::Split{static_cast<int>(split->number)};
  }

  pair::Seconds Seconds(const PeerStatement& statement, std::string_view key) {
    return pair::Seconds(Number(statement, key));
  }

  // The number, which the key of this name must be able to hold.
  long Number(const PeerStatement& statement, std::string_view key) {
    const pair::Key& row = *pair::FindKey(key, pair::Place::kFailover);
    if (statement.number < row.min || statement.number > row.max) {
      Report(statement.origin, fmt::format("this is outside of what '{}' of pair.yaml takes: {}",
                                           key, pair::Takes(row)));
    }
    return statement.number;
  }

  void Report(const conf::Origin& at, std::string message) {
    diagnostics_.Add({&lint::adopt_rules::kUnkeepable, model_.LocationOf(at), std::move(message)});
    has_errors_ = true;
  }

  const conf::Model& model_;
  const conf::Peer& peer_;
  text::Diagnostics& diagnostics_;
  bool has_errors_ = false;
};

}  // namespace

std::optional<PeerFacts> ReadPeer(const conf::Model& model, const conf::Peer& peer,
                                  text::Diagnostics& diagnostics) {
  return PeerReader(model, peer, diagnostics).Read();
}

}  // namespace dhcpair::adopt
