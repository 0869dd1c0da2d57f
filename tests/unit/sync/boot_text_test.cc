#include "sync/boot_text.h"

#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::sync {
namespace {

constexpr char kBlock[] =
    "# dhcpair: begin (dhcpair push --install writes this)\nA=1\n# dhcpair: end\n";

TEST(MarkedBlock, StandsAtTheEndOfWhatOthersWrote) {
  EXPECT_EQ(WithMarkedBlock("", "A=1\n"), kBlock);
  EXPECT_EQ(WithMarkedBlock("ntpd=YES\n", "A=1\n"), std::string("ntpd=YES\n") + kBlock);
  EXPECT_EQ(WithMarkedBlock("ntpd=YES", "A=1"), std::string("ntpd=YES\n") + kBlock);
}

TEST(MarkedBlock, TakesThePlaceOfAnEarlierOne) {
  const std::string before = WithMarkedBlock("a\n", "B=2\nC=3\n") + "z\n";
  EXPECT_EQ(WithMarkedBlock(before, "A=1\n"), std::string("a\n") + kBlock + "z\n");
  EXPECT_EQ(WithMarkedBlock(WithMarkedBlock(before, "A=1\n"), "A=1\n"),
            WithMarkedBlock(before, "A=1\n"));
}

TEST(MarkedBlock, LeavesHalfAMarkAndAMarkInsideALineAlone) {
  const std::string torn = "# dhcpair: begin (dhcpair push --install writes this)\nX=1\n";
  EXPECT_EQ(WithMarkedBlock(torn, "A=1\n"), torn + kBlock);
  const std::string quoted = std::string("echo ") + kBlock;
  EXPECT_EQ(WithMarkedBlock(quoted, "A=1\n"), quoted + kBlock);
}

TEST(MarkedBlock, GoesAwayWithoutATrace) {
  EXPECT_EQ(WithoutMarkedBlock(WithMarkedBlock("a\n", "B=2\n") + "z\n"), "a\nz\n");
  EXPECT_EQ(WithoutMarkedBlock("a\n# dhcpair: end\n"), "a\n# dhcpair: end\n");
}

TEST(BootSettings, AreTheLinesOfAPieceWithoutQuotesAndComments) {
  const auto settings = BootSettings("# why\n\na=1\nb_flags=\"-q em0\"\nc='x'\nd=\"\"\n");
  ASSERT_TRUE(settings);
  const std::vector<BootSetting> expected{{"a", "1"}, {"b_flags", "-q em0"}, {"c", "x"}, {"d", ""}};
  EXPECT_EQ(*settings, expected);
}

struct NoSettingsRow : test::Named {
  std::string piece;
};

class NoSettings : public testing::TestWithParam<NoSettingsRow> {};

TEST_P(NoSettings, AreReadOutOfAScript) { EXPECT_FALSE(BootSettings(GetParam().piece)); }

INSTANTIATE_TEST_SUITE_P(
    Rows, NoSettings,
    testing::Values(NoSettingsRow{{"Nothing"}, ""}, NoSettingsRow{{"OnlyComments"}, "# a=1\n"},
                    NoSettingsRow{{"AnIf"}, "a=1\nif true; then\n"},
                    NoSettingsRow{{"ACommandWithAnAssignment"}, "a=1 rm -rf x\n"},
                    NoSettingsRow{{"TwoStatements"}, "a=1;b=2\n"},
                    NoSettingsRow{{"AVariable"}, "a=\"$b\"\n"},
                    NoSettingsRow{{"ASubstitution"}, "a=`id`\n"},
                    NoSettingsRow{{"AQuoteInside"}, "a=\"b\"c\"\n"},
                    NoSettingsRow{{"AnOpenQuote"}, "a=\"b\n"},
                    NoSettingsRow{{"ACommentBehind"}, "a=1 # one\n"},
                    NoSettingsRow{{"NoName"}, "=1\n"}, NoSettingsRow{{"ABlankInTheName"}, "a =1\n"},
                    NoSettingsRow{{"AnAppendingAssignment"}, "a+=1\n"}),
    [](const auto& row) { return std::string(row.param.name); });

const std::vector<BootSetting> kFlags{{"dhcpd_flags", "NO"}, {"isc_dhcpd_flags", "-user x em0"}};

TEST(RcctlLines, StandAtTheEndOfAFileThatHasNone) {
  EXPECT_EQ(WithRcctlLines("", kFlags),
            "dhcpd_flags=NO\nisc_dhcpd_flags=-user x em0\npkg_scripts=isc_dhcpd\n");
  EXPECT_EQ(WithRcctlLines("ntpd_flags=", kFlags),
            "ntpd_flags=\ndhcpd_flags=NO\nisc_dhcpd_flags=-user x em0\npkg_scripts=isc_dhcpd\n");
}

TEST(RcctlLines, ReplaceThoseOfTheSameNameWhereTheyAre) {
  EXPECT_EQ(WithRcctlLines("isc_dhcpd_flags=old\nntpd_flags=\npkg_scripts=\"squid dbus\"\n"
                           "isc_dhcpd_flags=older\nxdhcpd_flags=1\n",
                           kFlags),
            "isc_dhcpd_flags=-user x em0\nntpd_flags=\npkg_scripts=squid dbus isc_dhcpd\n"
            "xdhcpd_flags=1\ndhcpd_flags=NO\n");
}

TEST(RcctlLines, StayAsTheyAreTheSecondTime) {
  const std::string once = WithRcctlLines("pkg_scripts=dbus isc_dhcpd squid\n", kFlags);
  EXPECT_EQ(WithRcctlLines(once, kFlags), once);
  EXPECT_TRUE(once.starts_with("pkg_scripts=dbus isc_dhcpd squid\n"));
}

TEST(RcctlLines, DoNotEnableWhatIsOff) {
  const std::vector<BootSetting> off{{"isc_dhcpd_flags", "NO"}};
  EXPECT_EQ(WithRcctlLines("pkg_scripts=isc_dhcpd2\n", off),
            "pkg_scripts=isc_dhcpd2\nisc_dhcpd_flags=NO\n");
}

}  // namespace
}  // namespace dhcpair::sync
