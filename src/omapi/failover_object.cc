#include "omapi/failover_object.h"

#include <cassert>

namespace dhcpair::omapi {
namespace {

std::optional<failover::State> FindState(const Values& values, std::string_view name) {
  const auto number = FindNumber(values, name);
  return number ? failover::StateNumbered(*number) : std::nullopt;
}

std::optional<std::int64_t> Time(std::uint32_t seconds) {
  return seconds == 0 ? std::nullopt : std::optional<std::int64_t>(seconds);
}

}  // namespace

failover::State StateOf(NewState state) {
  const auto found = failover::StateNumbered(static_cast<std::uint32_t>(state));
  assert(found);
  return *found;
}

std::optional<FailoverObject> ReadFailoverObject(const Values& values, std::string_view name) {
  if (Find(values, "name") != name) return std::nullopt;
  const auto local_state = FindState(values, "local-state");
  const auto partner_state = FindState(values, "partner-state");
  const auto local_stos = FindNumber(values, "local-stos");
  const auto partner_stos = FindNumber(values, "partner-stos");
  const auto mclt = FindNumber(values, "mclt");
  if (!local_state || !partner_state || !local_stos || !partner_stos || !mclt) return std::nullopt;
  return FailoverObject{*local_state, Time(*local_stos), *partner_state, Time(*partner_stos),
                        *mclt};
}

}  // namespace dhcpair::omapi
