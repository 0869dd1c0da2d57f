#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/dhcpd_said.h"

namespace dhcpair::lint {
namespace {

class DhcpdPlaces : public testing::TestWithParam<Said> {};

TEST_P(DhcpdPlaces, AreThoseOfTheUsersFiles) { ExpectFindings(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Syntax, DhcpdPlaces,
    testing::Values(Said{"SemicolonMissingAtTheEndOfALine",
                         "default-lease-time 7200\n"
                         "max-lease-time 86400;\n",
                         "/stage/1-dhcpd.master line 2: semicolon expected.\n"
                         "max-lease-time \n"
                         " ^\n"
                         "/stage/1-dhcpd.master line 2: expecting a parameter or declaration\n"
                         "max-lease-time 86400;\n"
                         "                     ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:2:1 conf-missing-semicolon max-lease-time"}},
                    Said{"SemicolonMissingInsideALine",
                         "option routers 10.0.0.1 option domain-name \"x\";\n",
                         "/stage/1-dhcpd.master line 1: semicolon expected.\n"
                         "option routers 10.0.0.1 option \n"
                         "                         ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:1:25 conf-missing-semicolon option"}},
                    Said{"SemicolonMissingBeforeABrace",
                         "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                         "  option routers 10.0.0.1\n"
                         "}\n",
                         "/stage/1-dhcpd.master line 3: semicolon expected.\n"
                         "}\n"
                         " ^\n"
                         "/stage/1-dhcpd.master line 3: unexpected end of file\n"
                         "}\n"
                         " ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:3:1 conf-missing-semicolon }"}},
                    Said{"SemicolonMissingAfterAMac",
                         "host a {\n"
                         "  hardware ethernet 02:00:00:00:00:01\n"
                         "}\n",
                         "/stage/1-dhcpd.master line 3: expecting semicolon.\n"
                         "}\n"
                         " ^\n"
                         "/stage/1-dhcpd.master line 3: unexpected end of file\n"
                         "}\n"
                         " ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:3:1 conf-missing-semicolon }"}},
                    Said{"SemicolonMissingAfterAString",
                         "option domain-name \"x\"\n"
                         "option routers 10.0.0.1;\n",
                         "/stage/1-dhcpd.master line 2: semicolon expected.\n"
                         "option \n"
                         " ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:2:1 conf-missing-semicolon option"}},
                    Said{"SemicolonMissingBehindAComment",
                         "default-lease-time 60 # one minute\n"
                         "max-lease-time 60;\n",
                         "/stage/1-dhcpd.master line 2: semicolon expected.\n"
                         "max-lease-time \n"
                         "^\n"
                         "/stage/1-dhcpd.master line 2: expecting a parameter or declaration\n"
                         "max-lease-time 60;\n"
                         "                  ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:2:1 conf-missing-semicolon max-lease-time"}},
                    Said{"MisspelledStatement",
                         "default-lease-time 60;\n"
                         "defualt-lease-time 60;\n",
                         "/stage/1-dhcpd.master line 2: semicolon expected.\n"
                         "defualt-lease-time 60;\n"
                         "                    ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:2:20 conf-missing-semicolon 60"}},
                    Said{"MisspelledStatementOfOneWordMore",
                         "  rnage 10.0.0.1 10.0.0.2;\n",
                         "/stage/1-dhcpd.master line 1: semicolon expected.\n"
                         "  rnage 10.\n"
                         "         ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:1:9 conf-missing-semicolon 10"}},
                    Said{"SemicolonBehindABrace",
                         "group {\n"
                         "};\n",
                         "/stage/1-dhcpd.master line 2: expecting a declaration\n"
                         "};\n"
                         " ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:2:2 dhcpd-rejects ;"}},
                    Said{"BraceTooMany",
                         "group {\n"
                         "}\n"
                         "}\n",
                         "/stage/1-dhcpd.master line 2: expecting a declaration\n"
                         "}\n"
                         " ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:2:1 dhcpd-rejects }"}},
                    Said{"BraceMissing",
                         "group {\n"
                         "  default-lease-time 60;\n",
                         "/stage/1-dhcpd.master line 2: unexpected end of file\n"
                         "  default-lease-time 60;\n"
                         "                        ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:2:24 conf-unclosed-block ;"}},
                    Said{"QuoteMissing",
                         "option domain-name \"x;\n"
                         "default-lease-time 60;\n",
                         "/stage/1-dhcpd.master line 1: eof in string constant\n"
                         "\n"
                         "^\n"
                         "/stage/1-dhcpd.master line 1: semicolon expected.\n"
                         "\n"
                         "^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:1 conf-unclosed-string"}},
                    Said{"NumberOfDigitsNotOctal",
                         "default-lease-time 08;\n",
                         "/stage/1-dhcpd.master line 1: Bogus number 08: digit 8 not in base 8\n"
                         "default-lease-time 08;\n"
                         "                    ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:1:20 dhcpd-rejects 08"}},
                    Said{"NumberBehindADot",
                         "host a { fixed-address 10.0.0.300; }\n",
                         "/stage/1-dhcpd.master line 1: 300 exceeds max (255) for precision.\n"
                         "host a { fixed-address 10.0.0.300;\n"
                         "                              ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:1:31 dhcpd-rejects 300"}},
                    Said{"MacWithDashes",
                         "host a { hardware ethernet 02-00-00-00-00-01; }\n",
                         "/stage/1-dhcpd.master line 1: expecting numeric value.\n"
                         "host a { hardware ethernet 02-00-00-00-00-01;\n"
                         "                            ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:1:28 dhcpd-rejects 02-00-00-00-00-01"}},
                    Said{"PeerWithoutQuotes",
                         "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                         "  pool {\n"
                         "    failover peer p;\n"
                         "    range 10.0.0.1;\n"
                         "  }\n"
                         "}\n",
                         "/stage/1-dhcpd.master line 3: expecting string.\n"
                         "    failover peer p;\n"
                         "                   ^\n",
                         Ending::kBadParse,
                         {"dhcpd.master:3:19 dhcpd-rejects p"}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Places, DhcpdPlaces,
    testing::Values(
        Said{"FirstTokenOfTheFile",
             "}\n",
             "/stage/1-dhcpd.master line 0: expecting a parameter or declaration\n"
             "\n"
             "^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:1 dhcpd-rejects }"}},
        Said{"FirstTokenBehindCommentsAndBlankLines",
             "# a comment\n"
             "\n"
             "  # another\n"
             "\t}\n",
             "/stage/1-dhcpd.master line 0: expecting a parameter or declaration\n"
             "  # another\n"
             "           ^\n",
             Ending::kBadParse,
             {"dhcpd.master:4:2 dhcpd-rejects }"}},
        Said{"CommentOfAnotherLanguage",
             "// no comment\n"
             "default-lease-time 60;\n",
             "/stage/1-dhcpd.master line 0: expecting a parameter or declaration\n"
             "\n"
             "^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:1 dhcpd-rejects /"}},
        Said{"ByteOrderMark",
             "\xef\xbb\xbf# shared\n",
             "/stage/1-dhcpd.master line 0: expecting a parameter or declaration\n"
             "\n"
             "^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:1 dhcpd-rejects \xEF"}},
        Said{"SecondTokenOfTheFile",
             "foo 3;\n",
             "/stage/1-dhcpd.master line 1: semicolon expected.\n"
             "foo 3;\n"
             "     ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:5 conf-missing-semicolon 3"}},
        Said{"EndOfTheFileWithoutALineEnd",
             "default-lease-time 60",
             "/stage/1-dhcpd.master line 1: semicolon expected.\n"
             "default-lease-time 60\n"
             "                    ^\n"
             "/stage/1-dhcpd.master line 1: expecting a parameter or declaration\n"
             "default-lease-time 60\n"
             "                    ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:20 conf-missing-semicolon 60"}},
        Said{"EmptyLinesBeforeTheEnd",
             "group {\n"
             "\n"
             "\n",
             "/stage/1-dhcpd.master line 1: unexpected end of file\n"
             "\n"
             "^\n",
             Ending::kBadParse,
             {"dhcpd.master:1 conf-unclosed-block"}},
        Said{"BehindTabs",
             "\tpool\t{\n",
             "/stage/1-dhcpd.master line 1: pool declared outside of network\n"
             "\tpool\t\n"
             "         ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:2 conf-misplaced-statement pool"}},
        Said{"BehindATabInsideTheLine",
             "option\trouters 10.0.0.1\t10.0.0.2;\n",
             "/stage/1-dhcpd.master line 1: semicolon expected.\n"
             "option\trouters 10.0.0.1\t10.\n"
             "                                 ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:25 conf-missing-semicolon 10"}},
        Said{"BehindATabAtATabStop",
             "option  routers\t10.0.0.1 10.0.0.2;\n",
             "/stage/1-dhcpd.master line 1: semicolon expected.\n"
             "option  routers\t10.0.0.1 10.\n"
             "                          ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:26 conf-missing-semicolon 10"}},
        Said{"BehindLettersOfSeveralBytes",
             "option domain-name \"\xc3\xbc\xc3\xbc\"; foo 3;\n",
             "/stage/1-dhcpd.master line 1: semicolon expected.\n"
             "option domain-name \"\xc3\xbc\xc3\xbc\"; foo 3;\n"
             "                                ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:30 conf-missing-semicolon 3"}},
        Said{"BehindAString",
             "subclass \"c\" 1;\n",
             "/stage/1-dhcpd.master line 1: no class named c\n"
             "subclass \"c\"\n"
             "          ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:10 conf-unknown-class \"c\""}},
        Said{"NextToAString",
             "option domain-name \"x\"bar;\n",
             "/stage/1-dhcpd.master line 1: semicolon expected.\n"
             "option domain-name \"x\"bar;\n"
             "                      ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:23 conf-missing-semicolon bar"}},
        Said{"NextToABrace",
             "group {pool { }}\n",
             "/stage/1-dhcpd.master line 1: pool declared outside of network\n"
             "group {pool \n"
             "       ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:8 conf-misplaced-statement pool"}},
        Said{"InColumnSeventyEight",
             "option domain-name-servers 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.51 a;\n",
             "/stage/1-dhcpd.master line 1: semicolon expected.\n"
             "option domain-name-servers 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.51 a;\n"
             "                                                                              ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:78 conf-missing-semicolon a"}},
        Said{"BehindColumnEighty",
             "option domain-name-servers 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.51, "
             "10.0.0.6 a;\n",
             "/stage/1-dhcpd.master line 1: semicolon expected.\n"
             "option domain-name-servers 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.51, 10\n"
             "^\n",
             Ending::kBadParse,
             {"dhcpd.master:1 conf-missing-semicolon"}},
        Said{"BehindColumnEightyWithTabs",
             "\t\toption domain-name-servers 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.51, "
             "10.0.0.6 a;\n",
             "/stage/1-dhcpd.master line 1: semicolon expected.\n"
             "\t\toption domain-name-servers 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.51, \n"
             "^\n",
             Ending::kBadParse,
             {"dhcpd.master:1 conf-missing-semicolon"}},
        Said{"LineEndsOfWindows",
             "default-lease-time 60\r\n"
             "max-lease-time 60\r\n"
             ";foo 3\r\n",
             "/stage/1-dhcpd.master line 2: semicolon expected.\n"
             "max-lease-time \n"
             " ^\n"
             "/stage/1-dhcpd.master line 3: expecting a parameter or declaration\n"
             ";\n"
             " ^\n",
             Ending::kBadParse,
             {"dhcpd.master:2:1 conf-missing-semicolon max-lease-time"}},
        Said{"EscapeSequence",
             "foo \x1b[31m;\n",
             "/stage/1-dhcpd.master line 1: semicolon expected.\n"
             "foo \x1b\n"
             "     ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:5 conf-missing-semicolon \x1B"}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::lint
