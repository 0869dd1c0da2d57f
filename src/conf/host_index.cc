#include "conf/host_index.h"

#include <functional>

namespace dhcpair::conf {
namespace {

std::uint32_t Hash(std::string_view name) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(name));
}

}  // namespace

std::optional<Index> HostIndex::Find(std::string_view name, const std::deque<Host>& hosts) const {
  const Slot& slot = slots_[SlotOf(name, Hash(name), hosts)];
  if (slot.host == kEmpty || hosts[slot.host].is_deleted) return std::nullopt;
  return slot.host;
}

void HostIndex::Add(Index host, const std::deque<Host>& hosts) {
  if (2 * (used_ + 1) > slots_.size()) Grow();
  const std::uint32_t hash = Hash(hosts[host].name);
  Slot& slot = slots_[SlotOf(hosts[host].name, hash, hosts)];
  if (slot.host == kEmpty) ++used_;
  slot = {hash, host};
}

// The slot of this name, or the free one in which it belongs.
std::size_t HostIndex::SlotOf(std::string_view name, std::uint32_t hash,
                              const std::deque<Host>& hosts) const {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].host != kEmpty) {
    if (slots_[at].hash == hash && hosts[slots_[at].host].name == name) break;
    at = (at + 1) & (slots_.size() - 1);
  }
  return at;
}

void HostIndex::Grow() {
  std::vector<Slot> grown(slots_.size() * 2);
  for (const Slot& slot : slots_) {
    if (slot.host == kEmpty) continue;
    std::size_t at = slot.hash & (grown.size() - 1);
    while (grown[at].host != kEmpty) at = (at + 1) & (grown.size() - 1);
    grown[at] = slot;
  }
  slots_ = std::move(grown);
}

}  // namespace dhcpair::conf
