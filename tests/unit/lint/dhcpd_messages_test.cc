#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/dhcpd_said.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

class DhcpdMessages : public testing::TestWithParam<Said> {};

TEST_P(DhcpdMessages, AreFindingsAboutTheUsersFiles) { ExpectFindings(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Includes, DhcpdMessages,
    testing::Values(Said{"ErrorInTheIncludedFile",
                         "# first\n"
                         "include \"/etc/dhcpd.hosts\";\n",
                         "/stage/2-dhcpd.hosts line 4: expecting semicolon.\n"
                         "}\n"
                         " ^\n"
                         "/stage/2-dhcpd.hosts line 4: unexpected end of file\n"
                         "}\n"
                         " ^\n"
                         "/stage/1-dhcpd.master line 2: /stage/2-dhcpd.hosts: bad parse.\n"
                         "include \"/stage/2-dhcpd.hosts\"\n"
                         "         ^\n",
                         Ending::kBadParse,
                         {"dhcpd.hosts:4:1 conf-missing-semicolon }"},
                         "# hosts\n"
                         "host a {\n"
                         "  hardware ethernet 02:00:00:00:00:01\n"
                         "}\n"},
                    Said{"ErrorsInBothFiles",
                         "include \"/etc/dhcpd.hosts\";\n"
                         "foo 3;\n",
                         "/stage/2-dhcpd.hosts line 1: semicolon expected.\n"
                         "bar 3;\n"
                         "     ^\n"
                         "/stage/1-dhcpd.master line 1: /stage/2-dhcpd.hosts: bad parse.\n"
                         "include \"/stage/2-dhcpd.hosts\"\n"
                         "         ^\n"
                         "/stage/1-dhcpd.master line 2: semicolon expected.\n"
                         "foo 3;\n"
                         "     ^\n",
                         Ending::kBadParse,
                         {"dhcpd.hosts:1:5 conf-missing-semicolon 3",
                          "dhcpd.master:2:5 conf-missing-semicolon 3"},
                         "bar 3;\n"},
                    Said{"ErrorBehindTheIncludeOnTheSameLine",
                         "include \"/etc/dhcpd.hosts\"; foo 3;\n",
                         "/stage/1-dhcpd.master line 1: semicolon expected.\n"
                         "include \"/stage/2-dhcpd.hosts\"; foo 3;\n"
                         "                                     ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:1 conf-missing-semicolon"}},
                    Said{"DuplicateHostAcrossFiles",
                         "host a { }\n"
                         "include \"/etc/dhcpd.hosts\";\n",
                         "/stage/2-dhcpd.hosts line 2: host a: already exists\n"
                         "host a { }\n"
                         "          ^\n"
                         "/stage/1-dhcpd.master line 2: /stage/2-dhcpd.hosts: bad parse.\n"
                         "include \"/stage/2-dhcpd.hosts\"\n"
                         "         ^\n",
                         Ending::kBadParse,
                         {"dhcpd.hosts:2:10 conf-duplicate-host }"},
                         "host b { }\n"
                         "host a { }\n"},
                    Said{"IncludedFileGone",
                         "include \"/etc/dhcpd.hosts\";\n",
                         "Can't open /stage/2-dhcpd.hosts: No such file or directory\n",
                         Ending::kFatal,
                         {"primary/dhcpd.conf conf-missing-include"}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Accepted, DhcpdMessages,
    testing::Values(Said{"Clean",
                         "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                         "  pool {\n"
                         "    failover peer \"p\";\n"
                         "    range 10.0.0.100 10.0.0.200;\n"
                         "  }\n"
                         "}\n",
                         "",
                         Ending::kAccepted,
                         {}},
                    Said{"SubnetTwice",
                         "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                         "  pool {\n"
                         "    failover peer \"p\";\n"
                         "    range 10.0.0.100 10.0.0.200;\n"
                         "  }\n"
                         "}\n"
                         "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                         "}\n",
                         "Warning: subnet 10.0.0.0/24 overlaps subnet 10.0.0.0/24\n",
                         Ending::kAccepted,
                         {"dhcpd.master dhcpd-warns"}},
                    Said{"HostInASubnet",
                         "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                         "  host a { }\n"
                         "  pool {\n"
                         "    failover peer \"p\";\n"
                         "    range 10.0.0.100 10.0.0.200;\n"
                         "  }\n"
                         "}\n",
                         "WARNING: Host declarations are global.  They are not limited to the "
                         "scope you declared them in.\n",
                         Ending::kAccepted,
                         {"dhcpd.master dhcpd-warns"}},
                    Said{"Both",
                         "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                         "  host a { }\n"
                         "  pool {\n"
                         "    failover peer \"p\";\n"
                         "    range 10.0.0.100 10.0.0.200;\n"
                         "  }\n"
                         "}\n"
                         "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                         "}\n",
                         "WARNING: Host declarations are global.  They are not limited to the "
                         "scope you declared them in.\n"
                         "Warning: subnet 10.0.0.0/24 overlaps subnet 10.0.0.0/24\n",
                         Ending::kAccepted,
                         {"dhcpd.master dhcpd-warns", "dhcpd.master dhcpd-warns"}},
                    Said{"UnknownFunction",
                         "foo(\"x\");\n"
                         "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                         "  pool {\n"
                         "    failover peer \"p\";\n"
                         "    range 10.0.0.100 10.0.0.200;\n"
                         "  }\n"
                         "}\n",
                         "foo: no such function.\n",
                         Ending::kAccepted,
                         {}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(Crashes, DhcpdMessages,
                         testing::Values(Said{"KeyWithoutASecret",
                                              "key k {\n"
                                              "  algorithm hmac-md5;\n"
                                              "}\n",
                                              "",
                                              Ending::kSignal,
                                              {"primary/dhcpd.conf dhcpd-failed"}},
                                         Said{"KeyTwiceBehindAnError",
                                              "foo 3;\n"
                                              "key k { secret abcd; }\n"
                                              "key k { secret abcd; }\n",
                                              "/stage/1-dhcpd.master line 1: semicolon expected.\n"
                                              "foo 3;\n"
                                              "     ^\n",
                                              Ending::kSignal,
                                              {"dhcpd.master:1:5 conf-missing-semicolon 3",
                                               "primary/dhcpd.conf dhcpd-failed"}},
                                         Said{"IncludesItself",
                                              "include \"/etc/dhcpd.master\";\n",
                                              "",
                                              Ending::kSignal,
                                              {"primary/dhcpd.conf dhcpd-failed"}}),
                         [](const auto& row) { return row.param.name; });

// What dhcpd 4.4.3-P1 does not say, but another one, or something else under its name, might.
struct Strange : test::Named {
  int exit_status;
  std::string messages;
  std::vector<std::string> findings;
};

class DhcpdStrange : public testing::TestWithParam<Strange> {};

TEST_P(DhcpdStrange, IsNeverTakenForAccepted) {
  const Staging staging = Stage("default-lease-time 60;\nmax-lease-time 60;\n");
  EXPECT_EQ(Briefs(Read(staging, GetParam().exit_status, GetParam().messages)),
            GetParam().findings);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DhcpdStrange,
    testing::Values(
        Strange{"Nothing", 1, "", {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{"NothingAndAnotherStatus", 127, "", {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{"NewWords", 1, "the moon is full\n", {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{
            "NewWordsWithoutALineEnd", 1, "the moon is full", {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{"NewWordsAtAPlace",
                1,
                "/stage/1-dhcpd.master line 2: the moon is full\n",
                {"dhcpd.master:2 dhcpd-rejects"}},
        Strange{"ALineBehindTheLast",
                1,
                "/stage/1-dhcpd.master line 99: no\n",
                {"dhcpd.master:2 dhcpd-rejects"}},
        Strange{"ALineTooFarToCount",
                1,
                "/stage/1-dhcpd.master line 99999999999999999999999: no\n",
                {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{"ALineBelowTheFirst",
                1,
                "/stage/1-dhcpd.master line -1: no\n",
                {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{
            "NoLine", 1, "/stage/1-dhcpd.master line : no\n", {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{"NoWords", 1, "/stage/1-dhcpd.master line 1: \n", {"dhcpd.master:1 dhcpd-rejects"}},
        Strange{"AnotherFile", 1, "/etc/passwd line 1: no\n", {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{"AFileThatOnlyBeginsLikeOurs",
                1,
                "/stage/1-dhcpd.master.old line 1: no\n",
                {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{"ACaretBehindTheLine",
                1,
                "/stage/1-dhcpd.master line 1: no\ndefault\n" + std::string(500, ' ') + "^\n",
                {"dhcpd.master:1:22 dhcpd-rejects ;"}},
        Strange{"ACaretBelowAnotherText",
                1,
                "/stage/1-dhcpd.master line 1: no\nsomething else\n   ^\n",
                {"dhcpd.master:1 dhcpd-rejects"}},
        Strange{"BytesThatAreNoText",
                1,
                std::string("\0\xff\x1b[2J\n", 7),
                {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{"AMegabyteOfOneLine",
                1,
                std::string(1 << 20, 'a'),
                {"primary/dhcpd.conf dhcpd-rejects"}},
        Strange{"NoPermission",
                1,
                "Can't open /stage/0-dhcpd.conf: Permission denied\n",
                {"primary/dhcpd.conf dhcpd-confined"}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::lint
