#include "sync/status_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/pair_views.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using test::HealthyPair;
using test::NodeIn;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

PairStatus Seen(PairView view) {
  Health health = Weigh(view);
  return {std::move(view), std::move(health)};
}

PairView Interrupted() {
  PairView view = HealthyPair();
  view.nodes.primary = NodeIn(State::kCommunicationsInterrupted, 150);
  view.nodes.secondary->facts.link.service = ServiceState::kStopped;
  view.nodes.secondary->reading.source = FailoverReading::Source::kLeasesFile;
  return view;
}

TEST(Verdict, IsNormalOnlyWhereBothNodesAreShownToBe) {
  EXPECT_EQ(VerdictOf(Seen(HealthyPair())), "normal");
  PairView starting = HealthyPair();
  starting.nodes.primary = NodeIn(State::kRecover, 1);
  starting.nodes.secondary = NodeIn(State::kRecover, 1);
  EXPECT_EQ(VerdictOf(Seen(starting)), "settling");
  PairView unseen = HealthyPair();
  unseen.nodes.secondary->reading = {};
  EXPECT_EQ(VerdictOf(Seen(unseen)), "unknown");
  EXPECT_EQ(VerdictOf(Seen(Interrupted())), "critical");
}

TEST(StatusText, ShowsNodesAndPools) {
  EXPECT_EQ(
      StatusText(Seen(HealthyPair()), text::Color::kNever),
      "dhcp-failover (pair.yaml): normal\n"
      "  node       host               state   for         partner  dhcpd    clock  newest "
      "lease         generation  files\n"
      "  primary    root@192.168.13.6  normal  24 h 0 min  normal   running  +0 s   2027-01-15 "
      "07:59:30  3           same\n"
      "  secondary  root@192.168.13.7  normal  24 h 0 min  normal   running  +0 s   2027-01-15 "
      "07:59:30  3           same\n"
      "  pool                          total  free  backup  active  new in 1 h  free lasts  "
      "backup lasts\n"
      "  192.168.13.32-192.168.13.131  100    30    30      40      3           20 h 0 min  -\n");
}

TEST(StatusText, SaysWhatAFindingMeansAndWhatToDo) {
  const std::string text = StatusText(Seen(Interrupted()), text::Color::kNever);
  EXPECT_THAT(text, HasSubstr("  critical: secondary: dhcpd is not running\n    look at its log"));
  EXPECT_THAT(text, HasSubstr("  warning: primary: communications-interrupted for 2 min: it does "
                              "not hear its partner"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(StatusText, ShowsATerminalNothingOfWhatANodeMadeUp) {
  PairView view = HealthyPair();
  view.nodes.secondary->reading = {.why_not = "\x1b[2Jgone"};
  view.host.primary = "a\x1b]0;b";
  EXPECT_THAT(StatusText(Seen(view), text::Color::kNever), Not(HasSubstr("\x1b")));
}

TEST(StatusText, OfAStoppedNodeDoesNotSayNormal) {
  const std::string text = StatusText(Seen(Interrupted()), text::Color::kNever);
  EXPECT_THAT(text, HasSubstr("secondary  root@192.168.13.7  unknown"));
}

TEST(StatusLine, NamesBothStatesAndWhatAlarms) {
  EXPECT_EQ(
      StatusLine(Seen(HealthyPair())),
      "dhcp-failover: normal: primary normal for 24 h 0 min, secondary normal for 24 h 0 min");
  EXPECT_EQ(StatusLine(Seen(Interrupted())),
            "dhcp-failover: critical: primary communications-interrupted for 2 min, secondary "
            "unknown; secondary: dhcpd is not running");
}

TEST(StatusJson, LeavesOutWhatIsNotKnown) {
  PairView view = Interrupted();
  view.nodes.secondary->clock_offset.reset();
  const auto json = StatusJson(Seen(view));
  EXPECT_EQ(json["verdict"], "critical");
  EXPECT_EQ(json["monitoring_code"], 2);
  EXPECT_EQ(json["nodes"]["primary"]["state"], "communications-interrupted");
  EXPECT_EQ(json["nodes"]["primary"]["state_seconds"], 150);
  EXPECT_FALSE(json["nodes"]["secondary"].contains("state"));
  EXPECT_FALSE(json["nodes"]["secondary"].contains("clock_offset_seconds"));
  EXPECT_EQ(json["nodes"]["secondary"]["is_running"], false);
  EXPECT_EQ(json["pools"][0]["free_lasts_seconds"], 72000);
  EXPECT_FALSE(json["pools"][0].contains("backup_lasts_seconds"));
}

TEST(MonitoringLine, IsOneLineWithPerformanceData) {
  const std::vector<PairStatus> pairs{Seen(HealthyPair())};
  EXPECT_EQ(MonitoringLine(pairs),
            "DHCPAIR OK - dhcp-failover: normal: primary normal for 24 h 0 min, secondary normal "
            "for 24 h 0 min |"
            " 'dhcp-failover 192.168.13.32-192.168.13.131 left'=60;20:;;0;100"
            " 'dhcp-failover 192.168.13.32-192.168.13.131 free'=30;;5:;0;100"
            " 'dhcp-failover 192.168.13.32-192.168.13.131 backup'=30;;5:;0;100\n");
}

TEST(MonitoringLine, BeginsWithTheWorstPairAndIsNotBrokenByItsName) {
  PairView second = Interrupted();
  second.name = "it's|a=b\nc";
  const std::vector<PairStatus> pairs{Seen(HealthyPair()), Seen(second)};
  const std::string line = MonitoringLine(pairs);
  EXPECT_THAT(line, StartsWith("DHCPAIR CRITICAL - it's/a=b\\x0ac: critical: "));
  EXPECT_THAT(line, HasSubstr("'it''s_a_b\\x0ac 192.168.13.32-192.168.13.131 left'=60"));
  EXPECT_EQ(std::ranges::count(line, '|'), 1);
  EXPECT_EQ(std::ranges::count(line, '\n'), 1);
}

TEST(MonitoringCode, IsTheWorstOfAllPairs) {
  PairView drifted = HealthyPair();
  drifted.between = {
      {ManagedKind::kMaster, {"/m", "/m"}, {FileKind::kRegular, FileKind::kRegular}}};
  PairView gone = HealthyPair();
  gone.nodes = {};
  const PairStatus ok = Seen(HealthyPair());
  const PairStatus warning = Seen(drifted);
  const PairStatus critical = Seen(Interrupted());
  const PairStatus unknown = Seen(gone);
  EXPECT_EQ(MonitoringCode(std::vector<PairStatus>{}), 0);
  EXPECT_EQ(MonitoringCode(std::vector{ok, ok}), 0);
  EXPECT_EQ(MonitoringCode(std::vector{ok, warning}), 1);
  EXPECT_EQ(MonitoringCode(std::vector{warning, unknown}), 3);
  EXPECT_EQ(MonitoringCode(std::vector{unknown, critical, ok}), 2);
}

TEST(PrometheusText, HasHelpAndTypeOnceAndAllSamplesOfAMetricTogether) {
  PairView second = HealthyPair();
  second.file = "b.yaml";
  const std::string text = PrometheusText(std::vector{Seen(HealthyPair()), Seen(second)});
  EXPECT_THAT(text, StartsWith("# HELP dhcpair_monitoring_code 0 normal, 1 warning, 2 critical, 3 "
                               "unknown.\n"
                               "# TYPE dhcpair_monitoring_code gauge\n"
                               "dhcpair_monitoring_code{file=\"pair.yaml\",pair=\"dhcp-failover\"} "
                               "0\n"
                               "dhcpair_monitoring_code{file=\"b.yaml\",pair=\"dhcp-failover\"} "
                               "0\n# HELP"));
  EXPECT_THAT(text, HasSubstr("dhcpair_failover_state{file=\"pair.yaml\",pair=\"dhcp-failover\","
                              "node=\"primary\",host=\"root@192.168.13.6\",state=\"normal\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("pool=\"192.168.13.32-192.168.13.131\",state=\"backup\"} 30\n"));
}

TEST(PrometheusText, HasNoSampleOfWhatIsNotKnown) {
  PairView view = Interrupted();
  view.nodes.primary.reset();
  view.unreachable.primary = "connect: no";
  const std::string text = PrometheusText(std::vector{Seen(view)});
  EXPECT_THAT(text, Not(HasSubstr("dhcpair_failover_state{")));
  EXPECT_THAT(text, Not(HasSubstr("# HELP dhcpair_failover_state ")));
  EXPECT_THAT(text, HasSubstr("host=\"root@192.168.13.6\"} 0\n"));
}

TEST(PrometheusText, EscapesTheValuesOfLabels) {
  PairView view = HealthyPair();
  view.name = "a\"b\\c\nd";
  EXPECT_THAT(PrometheusText(std::vector{Seen(view)}), HasSubstr("pair=\"a\\\"b\\\\c\\\\x0ad\""));
}

}  // namespace
}  // namespace dhcpair::sync
