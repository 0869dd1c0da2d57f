#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "leases/lease.h"
#include "leases/words.h"

namespace dhcpair::leases {

/// What is wrong in a declaration.
struct Problem {
  std::uint32_t line;   ///< As the words count them.
  std::string message;  ///< Lower case, no full stop.
};

/// Reads the inside of `lease ADDRESS { … }`. What it gives out lives until the next one is read.
class LeaseBlock {
 public:
  /// Takes the words up to the closing brace. A Problem means that dhcpd drops the lease; the words
  /// stand somewhere in it then.
  std::expected<Lease, Problem> Take(Words& words, base::Ipv4Address address);

  /// Fields that dhcpd leaves out although it takes the lease, and so do we.
  const std::vector<Problem>& left_out() const { return left_out_; }

 private:
  using Result = std::expected<void, Problem>;

  Result TakeField(Words& words);
  Result TakeDateField(Words& words, Date& date);
  Result TakeState(Words& words, std::optional<failover::BindingState>& state);
  Result TakeHardware(Words& words);
  Result TakeUid(Words& words);
  Result TakeHostname(Words& words);
  Result TakeSet(Words& words, std::uint32_t begin);
  Result TakeOption(Words& words, std::uint32_t begin);
  Result TakeBilling(Words& words, std::uint32_t begin);
  Result TakeOn(Words& words, std::uint32_t begin);
  Result TakeNamedField(Words& words, const conf::Token& word);
  Result TakeSemicolon(Words& words);
  Result LeaveOut(Words& words, std::uint32_t line, std::string message);
  void Keep(const Words& words, std::uint32_t begin);
  Result KeepToSemicolon(Words& words, std::uint32_t begin);

  Lease lease_;
  std::string uid_;
  std::string hostname_;
  std::string rest_;
  std::vector<Problem> left_out_;
};

}  // namespace dhcpair::leases
