#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "conf/model.h"

namespace dhcpair::conf {

/// Finds hosts by name, of which there may be very many: the names stay where they are, and a host
/// takes 8 to 16 bytes here.
class HostIndex {
 public:
  /// The index of the host of this name that was not deleted again.
  std::optional<Index> Find(std::string_view name, const std::deque<Host>& hosts) const;
  /// The host with this index is the one of its name from now on.
  void Add(Index host, const std::deque<Host>& hosts);

 private:
  struct Slot {
    std::uint32_t hash = 0;
    Index host = kEmpty;
  };
  static constexpr Index kEmpty = 0xffffffff;

  std::size_t SlotOf(std::string_view name, std::uint32_t hash,
                     const std::deque<Host>& hosts) const;
  void Grow();

  std::vector<Slot> slots_ = std::vector<Slot>(64);  // A power of two, at most half of them used.
  std::size_t used_ = 0;
};

}  // namespace dhcpair::conf
