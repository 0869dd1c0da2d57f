#pragma once

#include <cstdint>

namespace dhcpair::client {

/// Numbers from a seed: enough to keep clients apart, in eight octets, and the same on each machine
/// (SplitMix64). No secret may rest on it.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
  }

  /// From 0 to `max`.
  std::uint64_t UpTo(std::uint64_t max) { return Next() % (max + 1); }

 private:
  std::uint64_t state_;
};

}  // namespace dhcpair::client
