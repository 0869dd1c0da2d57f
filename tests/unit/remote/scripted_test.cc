#include "remote/scripted.h"

#include <gtest/gtest.h>

#include "remote/local.h"
#include "support/folder.h"
#include "support/named.h"

namespace dhcpair::remote {
namespace {

using Kind = Fault::Kind;

TEST(ScriptedTransport, GivesEachAnswerOnceAndInOrder) {
  ScriptedTransport node;
  node.WillAnswer("uname", Answer{.out = "first"});
  node.WillAnswer("uname", Answer{.out = "second"});
  node.WillAnswer("date", Answer{.status = 3});
  EXPECT_EQ(node.Run({.script = "date +%s"})->status, 3);
  EXPECT_EQ(node.Run({.script = "uname -s"})->out, "first");
  EXPECT_EQ(node.Run({.script = "uname -s"})->out, "second");
  EXPECT_FALSE(node.Run({.script = "uname -s"}));
  EXPECT_EQ(node.requests().size(), 4u);
  EXPECT_EQ(node.requests()[0].script, "date +%s");
}

TEST(ScriptedTransport, LeavesTheRestToAnotherNode) {
  LocalTransport local;
  ScriptedTransport node(&local);
  node.WillAnswer("date", Answer{.out = "1000"});
  EXPECT_EQ(node.Run({.script = "date +%s"})->out, "1000");
  EXPECT_EQ(node.Run({.script = "echo real"})->out, "real\n");
}

struct FaultRow : test::Named {
  Fault::Kind kind;
  bool does_it;
  std::optional<std::string> out;
};

class ScriptedFault : public testing::TestWithParam<FaultRow> {};

TEST_P(ScriptedFault, HappensToTheRequestItWasMadeFor) {
  const test::Folder folder;
  LocalTransport local;
  ScriptedTransport node(&local);
  int hooks = 0;
  node.WillFail(
      {.kind = GetParam().kind, .contains = "step", .which = 2, .noise = "noise\n", .hook = [&] {
         ++hooks;
       }});
  const auto step = [&](const std::string& name) {
    return node.Run({.script = ": step; : >" + folder.Path(name) + "; echo 12345"});
  };
  EXPECT_EQ(step("one")->out, "12345\n");
  EXPECT_EQ(node.Run({.script = "echo other"})->out, "other\n");
  EXPECT_FALSE(node.all_faults_happened());
  const auto answer = step("two");
  ASSERT_EQ(answer.has_value(), GetParam().out.has_value());
  if (answer) {
    EXPECT_EQ(answer->out, GetParam().out);
  }
  EXPECT_EQ(folder.Names().contains("two"), GetParam().does_it);
  EXPECT_EQ(hooks, 1);
  EXPECT_TRUE(node.all_faults_happened());
  EXPECT_EQ(step("three")->out, "12345\n");
}

INSTANTIATE_TEST_SUITE_P(Rows, ScriptedFault,
                         testing::Values(FaultRow{"Never", Kind::kNever, false, std::nullopt},
                                         FaultRow{"After", Kind::kAfter, true, std::nullopt},
                                         FaultRow{"Noise", Kind::kNoise, true, "noise\n12345\n"},
                                         FaultRow{"Half", Kind::kHalf, true, "123"},
                                         FaultRow{"Nothing", Kind::kNothing, true, "12345\n"}),
                         [](const auto& row) { return row.param.name; });

TEST(ScriptedFaultForGood, EndsEverythingFromThenOn) {
  LocalTransport local;
  ScriptedTransport node(&local);
  node.WillServe([](std::string_view) { return ""; });
  node.WillFail({.kind = Kind::kAfter,
                 .error = {Failure::kTimeout, "no answer"},
                 .lasting = Fault::Lasting::kForGood});
  for (int i = 0; i < 3; ++i) {
    const auto answer = node.Run({.script = "echo a"});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().failure, Failure::kTimeout);
  }
  EXPECT_FALSE(node.OpenTunnel(7911));
}

TEST(ScriptedFaults, ComeOnePerRequest) {
  ScriptedTransport node;
  node.WillFail({.error = {Failure::kLost, "first"}});
  node.WillFail({.error = {Failure::kLost, "second"}});
  EXPECT_EQ(node.Run({.script = "a"}).error().message, "first");
  EXPECT_EQ(node.Run({.script = "a"}).error().message, "second");
}

TEST(ScriptedTunnel, AnswersWhatIsSent) {
  ScriptedTransport node;
  EXPECT_EQ(node.OpenTunnel(7911).error().failure, Failure::kForwardingRefused);
  node.WillServe([](std::string_view sent) { return "you said " + std::string(sent); });
  auto tunnel = node.OpenTunnel(7911);
  ASSERT_TRUE(tunnel);
  EXPECT_FALSE((*tunnel)->Receive(std::chrono::seconds(1)));
  ASSERT_TRUE((*tunnel)->Send("a"));
  EXPECT_EQ((*tunnel)->Receive(std::chrono::seconds(1)).value(), "you said a");
}

}  // namespace
}  // namespace dhcpair::remote
