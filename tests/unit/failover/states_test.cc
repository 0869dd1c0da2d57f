#include "failover/states.h"

#include <gtest/gtest.h>

namespace dhcpair::failover {
namespace {

TEST(States, EveryRowIsFoundByItsNameAndByItsNumber) {
  for (const StateRow& row : States()) {
    EXPECT_EQ(StateNamed(row.name), row.state);
    EXPECT_EQ(StateNumbered(static_cast<std::uint32_t>(row.state)), row.state);
    EXPECT_EQ(Name(row.state), row.name);
  }
}

TEST(States, WhatIsNoStateIsNone) {
  for (const std::uint32_t number : {12u, 77u, 253u, 255u, 256u, 258u, 0xffffffffu}) {
    EXPECT_EQ(StateNumbered(number), std::nullopt) << number;
  }
  for (const std::string_view name : {"", "Normal", "normal ", "communications", "unknown"}) {
    EXPECT_EQ(StateNamed(name), std::nullopt) << name;
  }
}

TEST(States, OnlyThreeOfThemServeClients) {
  int serving = 0;
  for (const StateRow& row : States()) serving += row.serves ? 1 : 0;
  EXPECT_EQ(serving, 3);
  EXPECT_TRUE(RowOf(State::kCommunicationsInterrupted).serves);
}

}  // namespace
}  // namespace dhcpair::failover
