#include "host/live_child.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>
#include <string>

namespace dhcpair::host {
namespace {

// Half a minute, far more than it takes; a broken child fails the test instead of stopping it.
constexpr int kTries = 3'000;

TEST(LiveChild, AnswersWhatItIsTold) {
  const auto child = LiveChild::Start({"/bin/cat"});
  ASSERT_TRUE(child);
  for (const char* const word : {"one\n", "two\n"}) {
    child->Say(word);
    for (int i = 0; i < kTries && child->output() != word; ++i) child->Exchange(10);
    EXPECT_EQ(child->TakeOutput(), word);
    EXPECT_TRUE(child->has_said_all());
  }
  EXPECT_FALSE(child->is_silent());
}

TEST(LiveChild, KeepsComplaintsApartAndNoticesTheEnd) {
  const auto child = LiveChild::Start({"/bin/sh", "-c", "echo out; echo err >&2"});
  ASSERT_TRUE(child);
  for (int i = 0; i < kTries && !(child->is_silent() && !child->complaints().empty()); ++i) {
    child->Exchange(10);
  }
  EXPECT_TRUE(child->is_silent());
  EXPECT_EQ(child->output(), "out\n");
  EXPECT_EQ(child->complaints(), "err\n");
}

TEST(LiveChild, TakesMoreThanAPipeHolds) {
  const auto child = LiveChild::Start({"/bin/cat"});
  ASSERT_TRUE(child);
  const std::string text(1 << 20, 'x');
  child->Say(text);
  for (int i = 0; i < kTries && child->output().size() < text.size(); ++i) child->Exchange(10);
  EXPECT_TRUE(child->output() == text);
}

TEST(LiveChild, NoticesThatNobodyListensAndSurvivesIt) {
  const auto child = LiveChild::Start({"/bin/true"});
  ASSERT_TRUE(child);
  // More than a pipe holds: a pipe need not close at once, and takes what is said until then.
  child->Say(std::string(1 << 20, 'x'));
  for (int i = 0; i < kTries && child->is_listening(); ++i) child->Exchange(10);
  EXPECT_FALSE(child->is_listening());
  EXPECT_FALSE(child->has_said_all()) << "there is nobody left to say it to";
}

TEST(LiveChild, EndsWithUsEvenWhereItDoesNotWantTo) {
  for (const char* const script :
       {"exec cat", "exec sleep 1000", "trap '' TERM; exec sleep 1000"}) {
    LiveChild::Start({"/bin/sh", "-c", script}).reset();
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << script;
    EXPECT_EQ(errno, ECHILD) << script;
  }
}

TEST(LiveChild, OfNoProgramDoesNotStart) { EXPECT_FALSE(LiveChild::Start({"/nowhere/program"})); }

}  // namespace
}  // namespace dhcpair::host
