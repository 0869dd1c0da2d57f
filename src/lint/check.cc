#include "lint/check.h"

#include <array>

#include "lint/access_rules.h"
#include "lint/failover_rules.h"
#include "lint/follow_ups.h"
#include "lint/host_rules.h"
#include "lint/lease_time_rules.h"
#include "lint/network_rules.h"
#include "lint/node_rules.h"
#include "lint/option_rules.h"
#include "lint/plan_rules.h"
#include "lint/pool_rules.h"
#include "lint/range_rules.h"

namespace dhcpair::lint {
namespace {

// For a family that does not ask for the partner.
template <void (*Check)(const conf::Model&, text::Diagnostics&)>
void Alone(const conf::Model& model, const conf::Model*, text::Diagnostics& diagnostics) {
  Check(model, diagnostics);
}

void WithPartner(const conf::Model& model, const conf::Model* partner,
                 text::Diagnostics& diagnostics) {
  CheckPools(model, diagnostics, partner);
}

}  // namespace

std::span<const FileFamily> FileFamilies() {
  static constexpr std::array kAll{
      FileFamily{Alone<CheckFailover>, FailoverRules},
      FileFamily{WithPartner, PoolRules},
      FileFamily{Alone<CheckNetworks>, NetworkRules},
      FileFamily{Alone<CheckRanges>, RangeRules},
      FileFamily{Alone<CheckHosts>, HostRules},
      FileFamily{Alone<CheckLeaseTimes>, LeaseTimeRules},
      FileFamily{Alone<CheckOptions>, OptionRules},
      FileFamily{Alone<CheckAccess>, AccessRules},
  };
  return kAll;
}

std::span<const NodesFamily> NodesFamilies() {
  static constexpr std::array kAll{NodesFamily{CheckNodes, NodeRules}};
  return kAll;
}

std::span<const PairFamily> PairFamilies() {
  static constexpr std::array kAll{PairFamily{CheckPlan, PlanRules}};
  return kAll;
}

void CheckFile(const conf::Model& model, const conf::Model* partner, const text::Diagnostics& read,
               text::Diagnostics& diagnostics) {
  text::Diagnostics found;
  for (const FileFamily& family : FileFamilies()) family.check(model, partner, found);
  diagnostics.Append(model.has_errors ? WithoutFollowUps(found, read, model) : found);
}

void CheckBothNodes(const conf::Model& primary, const conf::Model& secondary,
                    text::Diagnostics& diagnostics) {
  for (const NodesFamily& family : NodesFamilies()) family.check(primary, secondary, diagnostics);
}

void CheckAgainstPair(const pair::Pair& pair, const conf::Model& model,
                      text::Diagnostics& diagnostics) {
  for (const PairFamily& family : PairFamilies()) family.check(pair, model, diagnostics);
}

}  // namespace dhcpair::lint
