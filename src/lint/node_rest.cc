#include "lint/node_rest.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "lint/first_few.h"
#include "lint/node_parts.h"
#include "lint/places.h"
#include "lint/same_text.h"

namespace dhcpair::lint {

using conf::Index;
using conf::Origin;
using conf::Pool;
using conf::Statement;
using text::Rule;
using enum text::Severity;

namespace {

constexpr Rule kRestDiffers{"node-rest-differs", kError,
                            "the nodes say different things to the same clients", "FP117"};
// Where the shared part is a file of its own, a node's file is the place for what it alone says.
constexpr Rule kOwnDiffers{"node-own-part-differs", kAdvice,
                           "beside the files that they share, the nodes say different things"};
constexpr Rule kClassDiffers{"node-class-differs", kWarning,
                             "a class that decides who may use a failover pool differs", "FP238"};
// Of differences of a kind; the rest is counted.
constexpr std::size_t kShownMax = 5;

// What each node may have for itself: nothing of it reaches a client.
constexpr auto kOfProcess = std::to_array<std::string_view>({
    "db-time-format",
    "delayed-ack",
    "dhcp-cache-threshold",
    "lease-file-name",
    "lease-id-format",
    "local-address",
    "local-port",
    "log-facility",
    "log-threshold-high",
    "log-threshold-low",
    "max-ack-delay",
    "omapi-key",
    "omapi-port",
    "pid-file-name",
    "server-identifier",
    "server-name",
});

bool IsOfProcess(const Statement& statement) {
  if (statement.name == "dhcp-server-identifier" && statement.space == "dhcp") return true;
  if (statement.space != "server") return false;
  return statement.name.starts_with("ldap-") ||
         std::ranges::find(kOfProcess, statement.name) != kOfProcess.end();
}

std::string Short(std::string_view text) {
  constexpr std::size_t kShortMax = 40;
  if (text.size() <= kShortMax) return std::string(text);
  return std::string(text.substr(0, kShortMax)) + "...";
}

std::string NameOf(const Statement& statement) {
  if (statement.name.empty()) return "";
  if (statement.space == "server") return std::string(statement.name);
  if (statement.space == "dhcp") return fmt::format("option {}", statement.name);
  if (statement.space.empty()) return std::string(statement.name);
  return fmt::format("option {}.{}", statement.space, statement.name);
}

class RestCheck {
 public:
  RestCheck(const Node& primary, const Node& secondary, const Relations& relations)
      : primary_(primary),
        secondary_(secondary),
        relations_(relations),
        same_(primary.model, secondary.model),
        rest_rule_(ShareAFile(primary.model, secondary.model) ? kOwnDiffers : kRestDiffers),
        primary_has_more_(HasThirdParty(relations.of_primary)),
        secondary_has_more_(HasThirdParty(relations.of_secondary)) {}

  void Run(text::Diagnostics& diagnostics) && {
    FindLimitingClasses(primary_.model, relations_.of_primary);
    FindLimitingClasses(secondary_.model, relations_.of_secondary);
    CompareStatements(0, 0, "");
    CompareAuthority();
    CompareParts();
    ComparePools();
    std::move(rest_).Report(diagnostics);
    std::move(classes_).Report(diagnostics);
  }

 private:
  static bool HasThirdParty(const std::vector<Relation>& relations) {
    return std::ranges::any_of(
        relations, [](const Relation& relation) { return relation.bond == Bond::kThirdParty; });
  }

  bool IsShared(const Pool& pool, const std::vector<Relation>& relations) const {
    return pool.peer && relations[*pool.peer].bond == Bond::kShared;
  }

  void FindLimitingClasses(const conf::Model& model, const std::vector<Relation>& relations) {
    for (const Pool& pool : model.pools) {
      if (!IsShared(pool, relations)) continue;
      for (const conf::Permit& permit : pool.permits) {
        if (permit.kind == conf::PermitKind::kMembersOf) limiting_.insert(permit.class_name);
      }
    }
  }

  // The statements of two scopes, one by one. `where` is the end of a sentence about them.
  void CompareStatements(Index ours, Index theirs, std::string_view where) {
    if (same_.Scopes(ours, theirs)) return;
    const StatementMap our_map = ByKey(primary_.model.scopes[ours].statements);
    const StatementMap their_map = ByKey(secondary_.model.scopes[theirs].statements);
    for (const auto& [key, statement] : our_map) {
      if (IsOfProcess(*statement)) continue;
      const auto other = their_map.find(key);
      if (other == their_map.end()) {
        ReportLone(primary_, secondary_, *statement, where);
      } else if (!same_.Says(statement->origin, other->second->origin)) {
        ReportStatements(*statement, *other->second, where);
      }
    }
    for (const auto& [key, statement] : their_map) {
      if (our_map.contains(key) || IsOfProcess(*statement)) continue;
      ReportLone(secondary_, primary_, *statement, where);
    }
  }

  void ReportLone(const Node& node, const Node& other, const Statement& statement,
                  std::string_view where) {
    const text::Location at = FirstWord(node.model, statement.origin);
    const std::string name = NameOf(statement);
    Report(node, at,
           fmt::format(
               "'{}' stands on this node only{}, so the {} treats clients in another way; write "
               "the same on both nodes",
               name.empty() ? at.source->Text(*at.span) : name, where, other.name));
  }

  void ReportStatements(const Statement& ours, const Statement& theirs, std::string_view where) {
    const std::string name = NameOf(theirs);
    const bool has_value = !name.empty() && theirs.value_origin.end > theirs.value_origin.begin &&
                           ours.value_origin.end > ours.value_origin.begin;
    const std::string what = has_value
                                 ? fmt::format("'{}' is '{}' here and '{}' on the primary", name,
                                               Short(secondary_.model.TextOf(theirs.value_origin)),
                                               Short(primary_.model.TextOf(ours.value_origin)))
                                 : "this statement says something else than on the primary";
    ReportBoth(FirstWord(secondary_.model, theirs.origin), FirstWord(primary_.model, ours.origin),
               fmt::format("{}{}; clients get different answers; write the same on both nodes",
                           what, where));
  }

  void CompareAuthority() {
    const bool ours = primary_.model.scopes[0].authoritative.value_or(false);
    const bool theirs = secondary_.model.scopes[0].authoritative.value_or(false);
    if (ours == theirs) return;
    const Node& node = ours ? secondary_ : primary_;
    const Node& other = ours ? primary_ : secondary_;
    Report(node, text::WholeFile(node.model.files[0].source),
           fmt::format("the {} is 'authoritative' and this node is not: only one of them tells a "
                       "client that its address is wrong; write the same on both nodes",
                       other.name));
  }

  // Both lists are sorted by the same keys.
  void CompareParts() {
    const std::vector<Part> ours = PartsOf(primary_, relations_.of_primary, secondary_.model);
    const std::vector<Part> theirs = PartsOf(secondary_, relations_.of_secondary, primary_.model);
    std::size_t left = 0;
    std::size_t right = 0;
    while (left < ours.size() || right < theirs.size()) {
      const bool only_left =
          right == theirs.size() || (left < ours.size() && ours[left].Key() < theirs[right].Key());
      const bool only_right =
          left == ours.size() || (right < theirs.size() && theirs[right].Key() < ours[left].Key());
      if (only_left) {
        if (!primary_has_more_) ReportMissing(primary_, secondary_, ours[left]);
        ++left;
      } else if (only_right) {
        if (!secondary_has_more_) ReportMissing(secondary_, primary_, theirs[right]);
        ++right;
      } else {
        ComparePart(ours[left++], theirs[right++]);
      }
    }
  }

  void ReportMissing(const Node& node, const Node& other, const Part& part) {
    // Where there are pools, it is they that tell whether a network is to be shared; and a subnet
    // of which nothing is said is there for the sake of an interface.
    if (part.kind == PartKind::kNetwork) return;
    if (part.kind == PartKind::kSubnet) {
      const conf::Subnet& subnet = node.model.subnets[part.index];
      const bool is_own = !node.model.networks[subnet.network].pools.empty() ||
                          node.model.scopes[subnet.scope].statements.empty();
      if (is_own) return;
    }
    Report(node, PlaceOf(node.model, part),
           fmt::format("the {} has no {}, so clients get different answers there; write "
                       "the same on both nodes",
                       other.name, Describe(node.model, part)),
           IsLimiting(part));
  }

  void ComparePart(const Part& ours, const Part& theirs) {
    switch (ours.kind) {
      case PartKind::kOption: {
        const auto& one = primary_.model.options[ours.index];
        const auto& other = secondary_.model.options[theirs.index];
        if (one.code != other.code || one.format != other.format) ReportParts(ours, theirs);
        return;
      }
      case PartKind::kSubnet:
        CompareSubnets(ours, theirs);
        return;
      case PartKind::kNetwork: {
        const auto& one = primary_.model.networks[ours.index];
        const auto& other = secondary_.model.networks[theirs.index];
        CompareStatements(one.scope, other.scope,
                          fmt::format(" in {}", Describe(primary_.model, ours)));
        return;
      }
      case PartKind::kClass: {
        const Index one = primary_.model.classes[ours.index].scope;
        const Index other = secondary_.model.classes[theirs.index].scope;
        CompareScopes(ours, one, theirs, other);
        // What a class says where it is opened again is in its scope, but not in the block.
        CompareStatements(one, other, fmt::format(" in {}", Describe(primary_.model, ours)));
        return;
      }
      case PartKind::kSubclass:
        CompareScopes(ours, primary_.model.subclasses[ours.index].scope.value_or(0), theirs,
                      secondary_.model.subclasses[theirs.index].scope.value_or(0));
        return;
      case PartKind::kHost:
        CompareScopes(ours, primary_.model.hosts[ours.index].scope, theirs,
                      secondary_.model.hosts[theirs.index].scope);
        return;
    }
  }

  void CompareSubnets(const Part& ours, const Part& theirs) {
    const conf::Subnet& one = primary_.model.subnets[ours.index];
    const conf::Subnet& other = secondary_.model.subnets[theirs.index];
    const std::string_view our_network = primary_.model.networks[one.network].name;
    const std::string_view their_network = secondary_.model.networks[other.network].name;
    if (our_network != their_network) {
      const auto describe = [](std::string_view name) {
        return name.empty() ? "in no shared-network" : fmt::format("in shared-network '{}'", name);
      };
      ReportBoth(
          PlaceOf(secondary_.model, theirs), PlaceOf(primary_.model, ours),
          fmt::format("{} stands {} here and {} on the primary; write the same on both nodes",
                      Describe(secondary_.model, theirs), describe(their_network),
                      describe(our_network)));
    }
    CompareStatements(one.scope, other.scope,
                      fmt::format(" in {}", Describe(primary_.model, ours)));
    CompareGroups(ours, one.scope, theirs, other.scope);
  }

  // All of a block, and the groups around it. The global scope stands for no block.
  void CompareScopes(const Part& ours, Index our_scope, const Part& theirs, Index their_scope) {
    if (our_scope == 0 && their_scope == 0) return;
    const bool say_the_same = our_scope != 0 && their_scope != 0 &&
                              same_.Says(primary_.model.scopes[our_scope].origin,
                                         secondary_.model.scopes[their_scope].origin);
    if (!say_the_same) {
      ReportParts(ours, theirs);
    } else {
      CompareGroups(ours, our_scope, theirs, their_scope);
    }
  }

  void CompareGroups(const Part& ours, Index our_scope, const Part& theirs, Index their_scope) {
    if (same_.Groups(our_scope, their_scope)) return;
    ReportBoth(PlaceOf(secondary_.model, theirs), PlaceOf(primary_.model, ours),
               fmt::format("the group around {} says something else than on the primary, so its "
                           "clients get different answers; write the same on both nodes",
                           Describe(secondary_.model, theirs)));
  }

  // Permits and statements of pools that begin with the same address.
  void ComparePools() {
    std::map<base::Ipv4Address, const Pool*> theirs;
    for (const Pool& pool : secondary_.model.pools) {
      if (!IsShared(pool, relations_.of_secondary) || pool.ranges.empty()) continue;
      theirs.emplace(FirstOf(pool), &pool);
    }
    for (const Pool& pool : primary_.model.pools) {
      if (!IsShared(pool, relations_.of_primary) || pool.ranges.empty()) continue;
      const auto found = theirs.find(FirstOf(pool));
      if (found == theirs.end()) continue;
      const Pool& other = *found->second;
      if (PermitsOf(pool) != PermitsOf(other)) {
        ReportBoth(FirstWord(secondary_.model, other.origin),
                   FirstWord(primary_.model, pool.origin),
                   "this pool allows or denies others than on the primary; clients get an address "
                   "from one node only; write the same on both nodes");
      }
      CompareStatements(pool.scope, other.scope,
                        fmt::format(" in the pool from {}", FirstOf(pool).ToString()));
    }
  }

  static base::Ipv4Address FirstOf(const Pool& pool) {
    return std::ranges::min(pool.ranges, {}, &conf::Range::first).first;
  }

  static std::set<std::tuple<bool, conf::PermitKind, std::string_view>> PermitsOf(
      const Pool& pool) {
    std::set<std::tuple<bool, conf::PermitKind, std::string_view>> permits;
    for (const conf::Permit& permit : pool.permits) {
      permits.emplace(permit.is_allow, permit.kind, permit.class_name);
    }
    return permits;
  }

  bool IsLimiting(const Part& part) const {
    const bool is_class = part.kind == PartKind::kClass || part.kind == PartKind::kSubclass;
    return is_class && limiting_.contains(part.name);
  }

  void ReportParts(const Part& ours, const Part& theirs) {
    ReportBoth(
        PlaceOf(secondary_.model, theirs), PlaceOf(primary_.model, ours),
        fmt::format("{} says something else than on the primary{}; write the same on both nodes",
                    Describe(secondary_.model, theirs),
                    IsLimiting(theirs) ? ", so the nodes disagree on who may use the "
                                         "failover pools that it limits"
                                       : ", so clients get different answers"),
        IsLimiting(theirs));
  }

  void ReportBoth(text::Location at, text::Location at_primary, std::string message,
                  bool is_limiting = false) {
    Add({.rule = &rest_rule_,
         .at = std::move(at),
         .message = std::move(message),
         .notes = {{"on the primary", std::move(at_primary)}},
         .node = secondary_.name},
        is_limiting);
  }

  void Report(const Node& node, text::Location at, std::string message, bool is_limiting = false) {
    Add({.rule = &rest_rule_,
         .at = std::move(at),
         .message = std::move(message),
         .node = node.name},
        is_limiting);
  }

  void Add(text::Diagnostic finding, bool is_limiting) {
    if (is_limiting) finding.rule = &kClassDiffers;
    (is_limiting ? classes_ : rest_).Add(std::move(finding));
  }

  const Node& primary_;
  const Node& secondary_;
  const Relations& relations_;
  SameText same_;
  const Rule& rest_rule_;
  // A node with a peer of its own elsewhere has more than the other one, and should.
  const bool primary_has_more_;
  const bool secondary_has_more_;
  std::set<std::string_view> limiting_;  // Classes by which failover pools are limited.
  FirstFew rest_{kShownMax, "differences"};
  FirstFew classes_{kShownMax, "classes"};
};

}  // namespace

void CheckRest(const Node& primary, const Node& secondary, const Relations& relations,
               text::Diagnostics& diagnostics) {
  RestCheck(primary, secondary, relations).Run(diagnostics);
}

std::span<const Rule* const> NodeRestRules() {
  static constexpr std::array kAll{&kRestDiffers, &kOwnDiffers, &kClassDiffers};
  return kAll;
}

}  // namespace dhcpair::lint
