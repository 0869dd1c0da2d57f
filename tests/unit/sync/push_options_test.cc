// What the options of a push make of it, and what the nodes keep of it (support/push_world.h).
#include "generate/stamp.h"
#include "support/named.h"
#include "sync/push_files.h"
#include "sync/push_fixture.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using test::PushWorld;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class PushOption : public PushFixture {};

// ---- what is refused, and what only warned of

struct Row : test::Named {
  void (*arrange)(PushWorld& world);
  PlanOptions plan;
  PushOutcome outcome;
  const char* said;  // As why it ended, or as a warning.
  std::string master = NewMaster();
};

class Obstacles : public testing::TestWithParam<Row> {};

TEST_P(Obstacles, ArePushedThroughOnlyWhereTheyAreAllowed) {
  const Row& row = GetParam();
  PushWorld world;
  row.arrange(world);
  const std::string events = world.node(Role::kPrimary).Read("events");
  const std::string before = world.node(Role::kPrimary).Read("etc/dhcpd.master");
  PushWorld::Command command(world);
  PushOptions options = world.Options();
  options.plan = row.plan;
  const PushResult result = PushPair(command.both, world.Files(row.master), options, world.talk);
  EXPECT_EQ(result.outcome, row.outcome) << result.why;
  const bool is_pushed = row.outcome == PushOutcome::kPushed;
  EXPECT_THAT(is_pushed ? world.talk.said : result.why, HasSubstr(row.said));
  for (const Role role : kBothRoles) {
    EXPECT_THAT(world.node(role).Strays(), IsEmpty()) << Name(role);
  }
  EXPECT_EQ(world.node(Role::kPrimary).Read("etc/dhcpd.master"), is_pushed ? row.master : before);
  if (is_pushed) return;
  EXPECT_EQ(world.node(Role::kPrimary).Read("events"), events) << "not touched";
}

void Lease(PushWorld& world, const std::string& address, const std::string& rest) {
  for (const Role role : kBothRoles) {
    const std::string text = world.node(role).Read("var/dhcpd.leases");
    world.node(role).Put("var/dhcpd.leases",
                         "lease " + address + " {\n  starts 3 2026/11/25 01:00:00;\n" + rest +
                             "  hardware ethernet 00:00:00:00:00:01;\n}\n" + text);
  }
}

void LeaseForever(PushWorld& world) {
  Lease(world, "10.0.0.98", "  ends never;\n  binding state active;\n");
  Lease(world, "10.0.0.97", "  ends never;\n  binding state active;\n");
}

void StartApart(PushWorld& world) {
  world.node(Role::kSecondary).Run("service stop");
  world.Part();
  world.node(Role::kSecondary).Run("service start");
}

INSTANTIATE_TEST_SUITE_P(
    , Obstacles,
    testing::Values(
        Row{{"TwoVersionsOfDhcpd"},
            [](PushWorld& world) {
              const test::FakeNode& node = world.node(Role::kSecondary);
              std::string dhcpd = node.Read("bin/dhcpd");
              dhcpd.replace(dhcpd.find("4.4.3-P1"), 8, "4.4.1");
              node.Put("bin/dhcpd", dhcpd, 0755);
            },
            {},
            PushOutcome::kPushed,
            "warning: the primary runs dhcpd 4.4.3-P1, the secondary 4.4.1; "},
        Row{{"ClocksTooFarApart"},
            [](PushWorld& world) { world.node(Role::kSecondary).AdvanceClock(100); },
            {},
            PushOutcome::kRefused,
            "s behind the secondary's; dhcpd gives up on a partner from 60 s on, so set both"},
        Row{{"ClocksAQuarterOfAMinuteApart"},
            [](PushWorld& world) { world.node(Role::kPrimary).AdvanceClock(45); },
            {},
            PushOutcome::kPushed,
            "s ahead of the secondary's; dhcpd gives up on a partner from 60 s on, so set both"},
        Row{{"OneIsStopped"},
            [](PushWorld& world) { world.node(Role::kSecondary).Run("service stop"); },
            {},
            PushOutcome::kRefused,
            "the primary is communications-interrupted, the secondary stopped; a push wants both"},
        Row{{"OneIsStoppedAndThatIsAllowed"},
            [](PushWorld& world) { world.node(Role::kSecondary).Run("service stop"); },
            {.allowed = {.degraded = true}},
            PushOutcome::kPushed,
            "the secondary stopped; normal will be waited for, but not demanded"},
        Row{{"TheTwoDoNotFindEachOther"},
            StartApart,
            {},
            PushOutcome::kRefused,
            "the primary is communications-interrupted, the secondary normal; a push wants both"},
        Row{{"TheTwoDoNotFindEachOtherAndThatIsAllowed"},
            StartApart,
            {.allowed = {.degraded = true}},
            PushOutcome::kPushed,
            "warning: the secondary runs, but normal was not reached: "},
        Row{{"AllowedDegradedOfAPairInNormal"},
            [](PushWorld&) {},
            {.allowed = {.degraded = true}},
            PushOutcome::kPushed,
            "prove-primary: shown; must hold for 2 s"},
        Row{{"LeasesThatAreDropped"},
            LeaseForever,
            {},
            PushOutcome::kRefused,
            "2 leases in use would be dropped for good, for no range has them any more: "
            "10.0.0.97, 10.0.0.98; keep the range",
            PushWorld::Master("10.0.0.10 10.0.0.50")},
        Row{{"LeasesThatMayBeDropped"},
            LeaseForever,
            {.allow_drop_leases = true},
            PushOutcome::kPushed,
            "2 leases in use would be dropped for good, for no range has them any more: "
            "10.0.0.97, 10.0.0.98\n",
            PushWorld::Master("10.0.0.10 10.0.0.50")},
        Row{{"AReservedLeaseIsInUseWhateverItsState"},
            [](PushWorld& world) {
              Lease(world, "10.0.0.98",
                    "  ends 3 2026/11/25 01:10:00;\n  binding state free;\n  reserved;\n");
            },
            {},
            PushOutcome::kRefused,
            "1 lease in use would be dropped for good",
            PushWorld::Master("10.0.0.10 10.0.0.50")},
        Row{{"ALostLeasesFile"},
            [](PushWorld& world) {
              ASSERT_EQ(world.Push(NewMaster()).outcome, PushOutcome::kPushed);
              world.node(Role::kSecondary)
                  .Run("rm " + world.node(Role::kSecondary).Path("var/dhcpd.leases"));
            },
            {.allowed = {.degraded = true}},
            PushOutcome::kRefused,
            "is gone, although dhcpair has pushed here before; ",
            OldMaster()}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_F(PushOption, LeasesThatHaveEndedAreNoReasonToRefuse) {
  Lease(world, "10.0.0.98", "  ends 3 2026/11/25 01:10:00;\n  binding state active;\n");
  const std::string shrunk = PushWorld::Master("10.0.0.10 10.0.0.50");
  EXPECT_EQ(Push(world.Options(), shrunk).outcome, PushOutcome::kPushed);
  ExpectBoth(shrunk);
}

// ---- what is shown

TEST_F(PushOption, ADiffThatNobodyReadsIsOnlyCounted) {
  PushOptions options = world.Options();
  options.dry_run = true;
  std::string long_master = OldMaster();
  for (int i = 0; i <= 100'000; ++i) long_master += "#\n";
  EXPECT_EQ(Push(options, long_master).outcome, PushOutcome::kPlanned);
  EXPECT_THAT(world.talk.diffs, HasSubstr("\n0 lines go and 100001 come, too many to show\n"));
  EXPECT_THAT(world.talk.diffs, Not(HasSubstr("+#")));
}

// ---- parts of a push

TEST_F(PushOption, NoRestartPutsTheFilesIntoPlaceAndSaysSo) {
  PushOptions options = world.Options();
  options.no_restart = true;
  const PushResult result = Push(options);
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why;
  EXPECT_THAT(result.notes,
              ElementsAre("dhcpd was not restarted, so it still runs on the old files"));
  ExpectBoth(NewMaster());
  for (const Role role : kBothRoles) EXPECT_EQ(world.node(role).Read("events"), std::string(kOnce));
}

TEST_F(PushOption, AHeadOfCommentsOfOursIsBroughtWithoutARestart) {
  const auto stamped = [&](const std::string& host, const std::string& body_end) {
    auto files = world.Files(OldMaster());
    for (const Role role : kBothRoles) {
      const std::string body = files[role].front().contents() + body_end;
      PushWorld::Change(files[role].front(),
                        generate::Stamp({.what = "dhcpd.conf",
                                         .belongs_in = "/etc/dhcpd.conf on " + host,
                                         .source_name = "pair.yaml"},
                                        body));
    }
    return files;
  };
  const auto push = [&](const PerRole<std::vector<ManagedFile>>& files) {
    PushWorld::Command command(world);
    const PushResult result = PushPair(command.both, files, world.Options(), world.talk);
    EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why;
  };
  push(stamped("gw1", ""));
  EXPECT_EQ(primary.Read("events"), kOnce) << "what is below the head was there before";
  push(stamped("gw1.example", ""));
  EXPECT_THAT(world.talk.diffs,
              HasSubstr("+# dhcpd.conf; belongs in /etc/dhcpd.conf on gw1.example"));
  for (const Role role : kBothRoles) {
    EXPECT_EQ(world.node(role).Read("events"), kOnce) << Name(role);
    EXPECT_THAT(world.node(role).Read("etc/dhcpd.conf"), HasSubstr(" on gw1.example\n"));
    PushWorld::Command command(world);
    EXPECT_FALSE(command.nodes.agents[role]->Inspect({}).value().is_restart_pending) << Name(role);
  }
  push(stamped("gw1.example", "# more\n"));
  for (const Role role : kBothRoles) EXPECT_EQ(world.node(role).Read("events"), kRestarted);
}

class PushPart : public PushOption {
 protected:
  // Both parts differ here from what is on the nodes.
  PushResult PushOnly(FilePart part) {
    PushWorld::Command command(world);
    auto files = world.Files(NewMaster());
    for (const Role role : kBothRoles) {
      PushWorld::Change(files[role].front(), files[role].front().contents() + "# new\n");
    }
    if (auto error = KeepOnly(command.both, part, files)) return FailedBefore(*std::move(error));
    return PushPair(command.both, files, world.Options(), world.talk);
  }
};

TEST_F(PushPart, OnlyMasterLeavesEachNodesOwnFileAlone) {
  const PushResult result = PushOnly(FilePart::kMaster);
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why;
  ExpectBoth(NewMaster());
  for (const Role role : kBothRoles) {
    EXPECT_EQ(world.node(role).Read("etc/dhcpd.conf"), world.ConfOf(role, "p")) << Name(role);
  }
}

TEST_F(PushPart, OnlyConfLeavesTheMasterAlone) {
  const PushResult result = PushOnly(FilePart::kConf);
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why;
  ExpectBoth(OldMaster());
  for (const Role role : kBothRoles) {
    EXPECT_THAT(world.node(role).Read("etc/dhcpd.conf"), EndsWith("# new\n")) << Name(role);
  }
}

TEST_F(PushPart, AnEditByHandOfTheOtherPartIsSaid) {
  ASSERT_EQ(world.Push(OldMaster() + "# first\n").outcome, PushOutcome::kPushed);
  const std::string edited = world.ConfOf(Role::kPrimary, "p") + "# by hand\n";
  primary.Put("etc/dhcpd.conf", edited);
  const PushResult result = PushOnly(FilePart::kMaster);
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why;
  EXPECT_EQ(primary.Read("etc/dhcpd.conf"), edited);
  EXPECT_THAT(world.talk.said,
              HasSubstr("dhcpd.conf' was changed on the node since the last push, and that change "
                        "stays"));
}

}  // namespace
}  // namespace dhcpair::sync
