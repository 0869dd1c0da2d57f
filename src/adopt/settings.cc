#include "adopt/settings.h"

#include <fmt/core.h>

#include "lint/adopt_rules.h"

namespace dhcpair::adopt {
namespace {

using base::Ipv4Address;
using pair::Role;

Role PartnerOf(Role role) { return role == Role::kPrimary ? Role::kSecondary : Role::kPrimary; }

std::string Text(Ipv4Address address) { return address.ToString(); }
std::string Text(pair::Seconds time) { return std::to_string(time.count()); }
std::string Text(const std::string& text) { return text; }

class Settler {
 public:
  Settler(const std::vector<Half>& halves, const Given& given, text::Diagnostics& diagnostics)
      : halves_(halves), given_(given), diagnostics_(diagnostics) {}

  std::optional<PairSettings> Settle() {
    settings_.platform = given_.platform;
    settings_.interfaces = given_.interfaces;
    SettleName();
    for (const Role role : {Role::kPrimary, Role::kSecondary}) SettleNode(role);
    SettleBalance();
    if (has_errors_) return std::nullopt;
    for (const Half& half : halves_) SettleStatements(half);
    return std::move(settings_);
  }

 private:
  const PeerFacts* FactsOf(Role role) const {
    for (const Half& half : halves_) {
      if (half.peer && half.peer->role == role) return &*half.peer;
    }
    return nullptr;
  }

  // What the file says, if it does, must be what was given, if it was.
  template <typename Value>
  std::optional<Value> Agree(std::string_view option, const std::optional<Value>& given,
                             const std::optional<Value>& told, const PeerFacts* where) {
    if (given && told && *given != *told) {
      Report(lint::adopt_rules::kContradiction, where,
             fmt::format("this failover peer says {}, and {} says {}; change it in pair.yaml "
                         "afterwards",
                         Text(*told), option, Text(*given)));
    }
    return told ? told : given;
  }

  void SettleName() {
    const PeerFacts* const facts = halves_.front().peer ? &*halves_.front().peer : nullptr;
    const auto told = facts == nullptr ? std::nullopt : std::optional(facts->name);
    settings_.name = Agree("--pair", given_.pair_name, told, facts).value_or("dhcp-failover");
  }

  void SettleNode(Role role) {
    NodeSettings& node = settings_.node(role);
    const PeerFacts* const own = FactsOf(role);
    const PeerFacts* const partner = FactsOf(PartnerOf(role));
    const PeerFacts* const facts = own != nullptr ? own : partner;
    std::optional<Ipv4Address> told;
    if (own != nullptr) told = own->address;
    if (!told && partner != nullptr) told = partner->partner_address;
    const bool is_primary = role == Role::kPrimary;
    const std::string option = fmt::format("--{}", Name(role));
    const auto address = Agree(option, is_primary ? given_.primary : given_.secondary, told, facts);
    if (address) {
      node.address = *address;
      const std::string& host = is_primary ? given_.primary_host : given_.secondary_host;
      node.host = host.empty() ? "root@" + address->ToString() : host;
    } else {
      ReportNoAddress(role, facts);
    }
    if (facts == nullptr) return;
    node.port = own != nullptr ? own->port : partner->partner_port;
    node.tuning = facts->tuning;
  }

  void ReportNoAddress(Role role, const PeerFacts* facts) {
    Report(lint::adopt_rules::kNotGiven, facts,
           facts == nullptr
               ? fmt::format("nothing tells the address of the {}: say --{} ADDRESS", Name(role),
                             Name(role))
               : fmt::format("this failover peer has no IPv4 address of the {} (a name is never "
                             "looked up): say --{} ADDRESS",
                             Name(role), Name(role)));
  }

  void SettleBalance() {
    const PeerFacts* const primary = FactsOf(Role::kPrimary);
    const PeerFacts* const secondary = FactsOf(Role::kSecondary);
    if (primary == nullptr && secondary != nullptr) {
      if (!given_.mclt) {
        Report(lint::adopt_rules::kNotGiven, secondary,
               "a secondary has its mclt from its partner: say --mclt TIME as in the primary's "
               "file, or give both files");
      }
      if (!given_.split) {
        Report(lint::adopt_rules::kNotGiven, secondary,
               "a secondary has its split from its partner: say --split N as in the primary's "
               "file, or give both files");
      }
    }
    const auto told = primary == nullptr ? std::nullopt : primary->mclt;
    settings_.mclt = Agree("--mclt", given_.mclt, told, primary).value_or(pair::Seconds(3600));
    settings_.balance = pair::Split{given_.split.value_or(128)};
    if (primary == nullptr || !primary->balance) return;
    settings_.balance = *primary->balance;
    if (!given_.split) return;
    const auto* const split = std::get_if<pair::Split>(&settings_.balance);
    if (split != nullptr && split->buckets == *given_.split) return;
    Report(lint::adopt_rules::kContradiction, primary,
           fmt::format("this failover peer has {} and --split says {}; change it in pair.yaml "
                       "afterwards",
                       split == nullptr ? "an hba" : fmt::format("split {}", split->buckets),
                       *given_.split));
  }

  void SettleStatements(const Half& half) {
    const NodeStatements& statements = half.statements;
    if (statements.leases) settings_.leases = statements.leases;
    if (statements.pid) settings_.pid = statements.pid;
    for (const Role role : {Role::kPrimary, Role::kSecondary}) {
      // What one half says of OMAPI is for both nodes, unless the other half is here too.
      const bool is_own = half.peer && half.peer->role == role;
      if (!is_own && halves_.size() > 1) continue;
      NodeSettings& node = settings_.node(role);
      node.omapi = statements.omapi;
      if (!statements.open_omapi.empty()) node.extra += statements.open_omapi + "\n";
    }
    for (const OwnAddress& own : statements.own_addresses) PlaceOwnAddress(half, own);
  }

  // A half tells whose address it is; a single server will be the primary, unless the address is
  // the secondary's.
  void PlaceOwnAddress(const Half& half, const OwnAddress& own) {
    const bool is_secondarys = half.peer
                                   ? half.peer->role == Role::kSecondary
                                   : own.address == std::optional(settings_.secondary.address);
    const Role role = is_secondarys ? Role::kSecondary : Role::kPrimary;
    settings_.node(role).extra += own.text + "\n";
    if (halves_.size() > 1) return;
    diagnostics_.Add({&lint::adopt_rules::kOneNodeOnly, half.model->LocationOf(own.origin),
                      fmt::format("this is an address of one server, so it goes to 'extra:' of the "
                                  "{} alone; the {} may need one too",
                                  Name(role), Name(PartnerOf(role)))});
  }

  void Report(const text::Rule& rule, const PeerFacts* facts, std::string message) {
    const conf::Model& model = *ModelOf(facts);
    diagnostics_.Add({&rule,
                      facts == nullptr ? text::WholeFile(model.files.front().source)
                                       : model.LocationOf(facts->peer->origin),
                      std::move(message)});
    has_errors_ = true;
  }

  const conf::Model* ModelOf(const PeerFacts* facts) const {
    for (const Half& half : halves_) {
      if (half.peer && &*half.peer == facts) return half.model;
    }
    return halves_.front().model;
  }

  const std::vector<Half>& halves_;
  const Given& given_;
  text::Diagnostics& diagnostics_;
  PairSettings settings_;
  bool has_errors_ = false;
};

class MirrorChecker {
 public:
  MirrorChecker(const Half& a, const Half& b, text::Diagnostics& diagnostics)
      : a_(a), b_(b), diagnostics_(diagnostics) {}

  void Check() {
    for (const Half* const half : {&a_, &b_}) {
      if (half->peer) continue;
      diagnostics_.Add({&lint::adopt_rules::kNoMirror,
                        text::WholeFile(half->model->files.front().source),
                        "this file declares no failover peer, so it is no half of a pair"});
    }
    if (!a_.peer || !b_.peer) return;
    if (a_.peer->role == b_.peer->role) {
      Report(fmt::format("both files are of a {}; a pair has a primary and a secondary",
                         Name(a_.peer->role)));
      return;
    }
    if (a_.peer->name != b_.peer->name) {
      Report(
          fmt::format("this failover peer is '{}', and in the other file it is '{}'; both nodes "
                      "use one name",
                      b_.peer->name, a_.peer->name));
    }
    CheckAddress(a_.peer->address, b_.peer->partner_address, "this peer address");
    CheckAddress(a_.peer->partner_address, b_.peer->address, "this address");
    CheckPort(a_.peer->port, b_.peer->partner_port, "this peer port");
    CheckPort(a_.peer->partner_port, b_.peer->port, "this port");
  }

 private:
  void CheckAddress(std::optional<Ipv4Address> there, std::optional<Ipv4Address> here,
                    std::string_view what) {
    if (!there || !here || *there == *here) return;
    Report(fmt::format("{} is {}, and the other file says {}", what, here->ToString(),
                       there->ToString()));
  }

  void CheckPort(int there, int here, std::string_view what) {
    if (there == here) return;
    Report(fmt::format("{} is {}, and the other file says {}", what, here, there));
  }

  void Report(std::string message) {
    diagnostics_.Add({&lint::adopt_rules::kNoMirror,
                      b_.model->LocationOf(b_.peer->peer->origin),
                      std::move(message),
                      {{"the other one is here", a_.model->LocationOf(a_.peer->peer->origin)}}});
  }

  const Half& a_;
  const Half& b_;
  text::Diagnostics& diagnostics_;
};

}  // namespace

std::optional<PairSettings> Settle(const std::vector<Half>& halves, const Given& given,
                                   text::Diagnostics& diagnostics) {
  return Settler(halves, given, diagnostics).Settle();
}

void CheckMirror(const Half& a, const Half& b, text::Diagnostics& diagnostics) {
  MirrorChecker(a, b, diagnostics).Check();
}

}  // namespace dhcpair::adopt
