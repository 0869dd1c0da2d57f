#include "sync/state_meaning.h"

#include <gtest/gtest.h>

#include <set>

namespace dhcpair::sync {
namespace {

TEST(StateMeanings, AreThereOnceForEachState) {
  std::set<failover::State> states;
  for (const StateMeaning& meaning : StateMeanings()) {
    EXPECT_TRUE(states.insert(meaning.state).second) << failover::Name(meaning.state);
    EXPECT_FALSE(meaning.meaning.empty()) << failover::Name(meaning.state);
  }
  for (const failover::StateRow& row : failover::States()) {
    EXPECT_EQ(MeaningOf(row.state).state, row.state) << row.name;
  }
}

TEST(StateMeanings, SayOfAStateThatDoesNotServeThatItServesNobody) {
  for (const StateMeaning& meaning : StateMeanings()) {
    if (meaning.state == failover::State::kUnknown) continue;
    EXPECT_EQ(meaning.meaning.contains("serves nobody"), !failover::RowOf(meaning.state).serves)
        << failover::Name(meaning.state);
  }
}

TEST(StateMeanings, GiveAdviceForAllButNormal) {
  for (const StateMeaning& meaning : StateMeanings()) {
    const bool is_fine = meaning.state == failover::State::kNormal;
    EXPECT_EQ(meaning.severity == Severity::kNote, is_fine) << failover::Name(meaning.state);
    if (meaning.state == failover::State::kUnknown) continue;
    EXPECT_EQ(meaning.advice.empty(), is_fine) << failover::Name(meaning.state);
  }
}

}  // namespace
}  // namespace dhcpair::sync
