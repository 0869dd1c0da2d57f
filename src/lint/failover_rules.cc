#include "lint/failover_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lint/edits.h"
#include "lint/failover_numbers.h"
#include "lint/peer_view.h"

namespace dhcpair::lint {

using conf::Keyword;
using conf::PeerStatement;
using text::Rule;
using conf::operator""_kw;
using enum text::Severity;

namespace {

constexpr Rule kAddressIsOwn{"failover-peer-address-is-own", kWarning,
                             "a failover peer's own address is also that of its partner", "FP108",
                             kError};
constexpr Rule kAddressMissing{"failover-address-missing", kWarning,
                               "a failover peer has no address of its own", "FP109", kError};
constexpr Rule kAddressName{"failover-address-name", kAdvice,
                            "a failover peer's address is a name, which is not checked", "FP110"};
constexpr Rule kSamePartner{"failover-same-partner", kWarning,
                            "two failover peers have the same partner", "FP115", kError};
constexpr Rule kMcltOnSecondary{"failover-mclt-on-secondary", kWarning,
                                "a secondary has an mclt, which the primary's replaces", "FP202"};
constexpr Rule kLoadBalanceOff{"failover-load-balance-off", kWarning,
                               "load balancing between the nodes is switched off", "FP205"};
constexpr Rule kSplitOneSided{"failover-split-one-sided", kAdvice,
                              "one node answers all clients while both are up", "FP206"};
constexpr Rule kSplitAndHba{"failover-split-and-hba", kWarning,
                            "a primary has both split and hba, of which the last one counts",
                            "FP207"};
constexpr Rule kBothRoles{"failover-both-roles", kWarning,
                          "a failover peer is called both primary and secondary", "FP208"};
constexpr Rule kRepeated{"failover-repeated-statement", kWarning,
                         "a failover peer sets the same thing twice, and the last one counts",
                         "FP209"};
constexpr Rule kPartnerSetting{"failover-partner-setting", kWarning,
                               "a limit is set for the partner, which has its own", "FP210"};

constexpr std::string_view kLoadBalance = "load balance max seconds 3;";

// What one statement sets: two statements with the same one are a repetition.
struct Setting {
  Keyword word;
  bool is_partners;

  friend auto operator<=>(const Setting&, const Setting&) = default;
};

Setting SettingOf(const PeerStatement& statement) {
  return {statement.word, HasTwoSides(statement.word) && statement.is_partners};
}

class PeerCheck {
 public:
  PeerCheck(const PeerView& view, text::Diagnostics& diagnostics)
      : view_(view), diagnostics_(diagnostics) {}

  void Run() {
    CheckAddresses();
    CheckRoles();
    CheckRepetition();
    CheckPartnerSettings();
    CheckLoadBalance();
    if (view_.is_secondary()) {
      CheckMcltOfSecondary();
    } else {
      CheckSplit();
    }
  }

 private:
  void CheckAddresses() {
    const PeerStatement* const own = view_.Find("address"_kw);
    const PeerStatement* const partners = view_.Find("address"_kw, true);
    if (own == nullptr) {
      diagnostics_.Add({&kAddressMissing, view_.LocationOfName(),
                        fmt::format("the failover peer '{}' has no 'address' of this node: dhcpd "
                                    "-t takes that, but dhcpd stops as soon as it starts, with 'no "
                                    "local address'; write it",
                                    view_.peer().name)});
    } else if (partners != nullptr && view_.Address(false) == view_.Address(true)) {
      text::Diagnostic finding = Finding(
          kAddressIsOwn, *partners,
          fmt::format("'{}' is the 'address' of this node as well: dhcpd then turns its partner "
                      "away with 'no matching state', and the pair never leaves recover; write "
                      "the partner's address",
                      view_.model().TextOf(partners->address.origin)));
      finding.notes.push_back({"this node's address", view_.LocationOf(*own)});
      diagnostics_.Add(std::move(finding));
    }
    for (const PeerStatement* const statement : {own, partners}) {
      if (statement == nullptr || statement->address.address) continue;
      Add(kAddressName, *statement,
          fmt::format("not checked: '{}' is a name, which only dhcpd looks up, when it starts and "
                      "whenever the partner calls; while there is no answer the pair is stuck, so "
                      "an address is safer",
                      statement->address.name));
    }
  }

  void CheckRoles() {
    const Keyword role = view_.is_secondary() ? "secondary"_kw : "primary"_kw;
    const Keyword other = view_.is_secondary() ? "primary"_kw : "secondary"_kw;
    const PeerStatement* const wrong = view_.Find(other);
    const PeerStatement* const right = view_.Find(role);
    if (wrong == nullptr || right == nullptr) return;
    text::Diagnostic finding = Finding(
        kBothRoles, *wrong,
        fmt::format("the failover peer '{0}' is called '{1}' here and '{2}' as well; for dhcpd "
                    "the last word counts, which makes it the {2}; leave one of them",
                    view_.peer().name, conf::Name(other), conf::Name(role)),
        Removal(*wrong));
    finding.notes.push_back({"the word that counts", view_.LocationOf(*right)});
    diagnostics_.Add(std::move(finding));
  }

  void CheckRepetition() {
    std::map<Setting, const PeerStatement*> last;
    for (const PeerStatement& statement : view_.peer().statements) {
      last[SettingOf(statement)] = &statement;
    }
    for (const PeerStatement& statement : view_.peer().statements) {
      const PeerStatement* const counts = last.at(SettingOf(statement));
      if (counts == &statement) continue;
      text::Diagnostic finding = Finding(
          kRepeated, statement,
          fmt::format("'{}' stands here and again further down; dhcpd takes the last one, so this "
                      "one says nothing; leave one of them",
                      WordsWithSide(statement)),
          Removal(statement));
      finding.notes.push_back({"the one that counts", view_.LocationOf(*counts)});
      diagnostics_.Add(std::move(finding));
    }
  }

  void CheckPartnerSettings() {
    for (const Keyword word : {"max-response-delay"_kw, "max-unacked-updates"_kw}) {
      const PeerStatement* const statement = view_.Find(word, true);
      if (statement == nullptr) continue;
      const bool has_own = view_.Find(word) != nullptr;
      Add(kPartnerSetting, *statement,
          fmt::format("the partner tells its own {0} when it connects, so 'peer {0}' has no "
                      "effect{1}; {2}",
                      conf::Name(word),
                      has_own ? std::string()
                              : fmt::format(", and this node works with dhcpd's default of {}",
                                            DefaultOf(word)),
                      has_own ? "leave it out" : "write it without 'peer'"),
          has_own ? Removal(*statement) : WithoutPeer(*statement));
    }
  }

  void CheckLoadBalance() {
    const PeerStatement* const statement = view_.Find("load"_kw);
    if (statement == nullptr) {
      const auto& statements = view_.peer().statements;
      text::Diagnostic finding{
          &kLoadBalanceOff, view_.LocationOfName(),
          fmt::format("the failover peer '{}' has no 'load balance max seconds', without which "
                      "dhcpd does not balance the load: both nodes answer every client; write "
                      "'{}' on both nodes",
                      view_.peer().name, kLoadBalance)};
      if (!statements.empty()) {
        finding.fix =
            text::Fix{fmt::format("add '{}'", kLoadBalance),
                      {InsertBehind(Source(), view_.SpanOf(statements.back()), kLoadBalance)}};
      }
      diagnostics_.Add(std::move(finding));
      return;
    }
    const PeerNumber number = view_.NumberOf(*statement);
    if (number.is_negative || number.digits != 0) return;
    Add(kLoadBalanceOff, *statement,
        "with 0 seconds dhcpd does not balance the load: both nodes answer every client; 3 is "
        "usual",
        text::Fix{fmt::format("write '{}'", kLoadBalance), {{{Source(), number.span}, "3"}}});
  }

  void CheckMcltOfSecondary() {
    const PeerStatement* const mclt = view_.Find("mclt"_kw);
    if (mclt == nullptr) return;
    Add(kMcltOnSecondary, *mclt,
        "a secondary learns the mclt from the primary when they connect, and dhcpd drops this one; "
        "it belongs in the primary's file only",
        Removal(*mclt));
  }

  void CheckSplit() {
    const PeerStatement* const split = view_.Find("split"_kw);
    const PeerStatement* const hba = view_.Find("hba"_kw);
    const bool hba_counts = hba != nullptr && (split == nullptr || hba > split);
    const PeerStatement* const counts = hba_counts ? hba : split;
    if (counts == nullptr) return;
    if (split != nullptr && hba != nullptr) {
      const PeerStatement* const dropped = hba_counts ? split : hba;
      text::Diagnostic finding = Finding(
          kSplitAndHba, *dropped,
          fmt::format(
              "'{}' says the same as '{}' in another way; for dhcpd the last one counts, so "
              "this one says nothing; leave one of them",
              conf::Name(dropped->word), conf::Name(counts->word)),
          Removal(*dropped));
      finding.notes.push_back({"the one that counts", view_.LocationOf(*counts)});
      diagnostics_.Add(std::move(finding));
    }
    const auto all_are = [&](char octet) {
      return counts->hba.find_first_not_of(octet) == std::string::npos;
    };
    const std::uint64_t buckets = hba_counts ? 1 : view_.NumberOf(*counts).digits;
    const bool primary_has_all = hba_counts ? all_are('\xff') : buckets == 256;
    const bool primary_has_none = hba_counts ? all_are('\0') : buckets == 0;
    if (!primary_has_all && !primary_has_none) return;
    Add(kSplitOneSided, *counts,
        fmt::format("with this the {} answers every client while both nodes are up, but each still "
                    "holds half of the free addresses; 'split 128;' shares the clients as well",
                    primary_has_all ? "primary" : "secondary"));
  }

  static std::string WordsWithSide(const PeerStatement& statement) {
    const bool is_partners = SettingOf(statement).is_partners;
    return fmt::format("{}{}", is_partners ? "peer " : "", WordsOf(statement.word));
  }

  text::Fix Removal(const PeerStatement& statement) const {
    const text::Span span = view_.SpanOf(statement);
    return {fmt::format("leave out '{}'", Source()->Text(span)), {Remove(Source(), span)}};
  }

  text::Fix WithoutPeer(const PeerStatement& statement) const {
    const text::Span span = view_.SpanOf(statement);
    const text::Span prefix{span.begin, view_.WordOf(statement).begin};
    return {"leave out 'peer'", {{{Source(), prefix}, ""}}};
  }

  const text::SourcePtr& Source() const {
    return view_.model().files[view_.peer().declaration.file].source;
  }

  text::Diagnostic Finding(const Rule& rule, const PeerStatement& statement, std::string message,
                           std::optional<text::Fix> fix = {}) const {
    return {.rule = &rule,
            .at = view_.LocationOf(statement),
            .message = std::move(message),
            .fix = std::move(fix)};
  }

  void Add(const Rule& rule, const PeerStatement& statement, std::string message,
           std::optional<text::Fix> fix = {}) {
    diagnostics_.Add(Finding(rule, statement, std::move(message), std::move(fix)));
  }

  const PeerView& view_;
  text::Diagnostics& diagnostics_;
};

// dhcpd tells its partners apart by their address alone, whatever the ports are: tried with two
// peers between two nodes, of which one never leaves startup while the other one never settles.
void CheckPartners(std::span<const PeerView> peers, text::Diagnostics& diagnostics) {
  std::map<std::string, const PeerView*> known;
  for (const PeerView& view : peers) {
    const PeerStatement* const address = view.Find("address"_kw, true);
    if (address == nullptr) continue;
    const auto [first, is_new] = known.try_emplace(view.Address(true), &view);
    if (is_new) continue;
    const std::string_view other = first->second->peer().name;
    diagnostics.Add(
        {&kSamePartner,
         view.LocationOf(*address),
         fmt::format("the failover peers '{}' and '{}' have the same partner; dhcpd tells partners "
                     "apart by their address whatever the port, so neither of the two settles; one "
                     "peer serves all pools that two nodes share",
                     other, view.peer().name),
         {{fmt::format("the partner of '{}'", other),
           first->second->LocationOf(*first->second->Find("address"_kw, true))}}});
  }
}

}  // namespace

void CheckFailover(const conf::Model& model, text::Diagnostics& diagnostics) {
  std::vector<PeerView> peers;
  for (const conf::Peer& peer : model.peers) peers.emplace_back(model, peer);
  for (const PeerView& view : peers) {
    PeerCheck(view, diagnostics).Run();
    CheckFailoverNumbers(view, diagnostics);
  }
  CheckPartners(peers, diagnostics);
}

std::span<const Rule* const> FailoverRules() {
  static const std::vector<const Rule*> kAll = [] {
    std::vector<const Rule*> all{
        &kAddressIsOwn,    &kAddressMissing, &kAddressName,    &kSamePartner,
        &kMcltOnSecondary, &kLoadBalanceOff, &kSplitOneSided,  &kSplitAndHba,
        &kBothRoles,       &kRepeated,       &kPartnerSetting,
    };
    const auto numbers = FailoverNumberRules();
    all.insert(all.end(), numbers.begin(), numbers.end());
    return all;
  }();
  return kAll;
}

}  // namespace dhcpair::lint
