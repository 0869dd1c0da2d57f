#include "failover/binding_states.h"

#include <gtest/gtest.h>

namespace dhcpair::failover {
namespace {

TEST(BindingStates, EveryRowIsFoundByItsNameAndByItsNumber) {
  for (const BindingStateRow& row : BindingStates()) {
    EXPECT_EQ(BindingStateNamed(row.name), row.state);
    EXPECT_EQ(BindingStateNumbered(static_cast<std::uint32_t>(row.state)), row.state);
    EXPECT_EQ(Name(row.state), row.name);
  }
}

TEST(BindingStates, WhatIsNoStateIsNone) {
  for (const std::uint32_t number : {0u, 8u, 77u, 255u, 257u, 0xffffffffu}) {
    EXPECT_EQ(BindingStateNumbered(number), std::nullopt) << number;
  }
  for (const std::string_view name : {"", "Free", "free ", "bootp", "reserved", "back"}) {
    EXPECT_EQ(BindingStateNamed(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace dhcpair::failover
