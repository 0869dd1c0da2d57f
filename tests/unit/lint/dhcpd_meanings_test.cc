#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/dhcpd_said.h"

namespace dhcpair::lint {
namespace {

class DhcpdMeanings : public testing::TestWithParam<Said> {};

TEST_P(DhcpdMeanings, AreRulesOfOurs) { ExpectFindings(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Meanings, DhcpdMeanings,
    testing::Values(
        Said{"UnknownPeer",
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  pool {\n"
             "    failover peer \"q\";\n"
             "    range 10.0.0.1;\n"
             "  }\n"
             "}\n",
             "/stage/1-dhcpd.master line 3: failover peer q: not found\n"
             "    failover peer \"q\"\n"
             "                   ^\n",
             Ending::kBadParse,
             {"dhcpd.master:3:19 conf-unknown-peer \"q\""}},
        Said{"PeerOfAnotherCase",
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  pool { failover peer \"P\"; range 10.0.0.1; }\n"
             "}\n",
             "/stage/1-dhcpd.master line 2: failover peer P: not found\n"
             "  pool { failover peer \"P\"\n"
             "                        ^\n",
             Ending::kBadParse,
             {"dhcpd.master:2:24 conf-unknown-peer \"P\""}},
        Said{"PeerWithoutAPool",
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  pool {\n"
             "    range 10.0.0.1;\n"
             "  }\n"
             "}\n",
             "Config file: /stage/0-dhcpd.conf\n"
             "Database file: /var/lib/dhcp/dhcpd.leases\n"
             "PID file: /var/run/dhcpd.pid\n"
             "ERROR: Failover peer, p, has no referring pools. You must refer to each peer in at "
             "least one pool declaration.\n"
             "Failover configuration sanity check failed\n",
             Ending::kFatal,
             {"dhcpd.master conf-peer-without-pool"}},
        Said{"PeerInTheSharedNetworkOnly",
             "shared-network s {\n"
             "  failover peer \"p\";\n"
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  pool { range 10.0.0.1; }\n"
             "}\n"
             "}\n",
             "Config file: /stage/0-dhcpd.conf\n"
             "Database file: /var/lib/dhcp/dhcpd.leases\n"
             "PID file: /var/run/dhcpd.pid\n"
             "ERROR: Failover peer, p, has no referring pools. You must refer to each peer in at "
             "least one pool declaration.\n"
             "Failover configuration sanity check failed\n",
             Ending::kFatal,
             {"dhcpd.master conf-peer-without-pool"}},
        Said{"PeerDeclaredAgain",
             "failover peer \"p\" {\n"
             "  primary;\n"
             "  peer address 10.0.0.2;\n"
             "  mclt 60;\n"
             "  split 128;\n"
             "}\n",
             "/stage/1-dhcpd.master line 1: redeclaration of failover peer p\n"
             "failover peer \"p\" {\n"
             "                   ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:19 conf-duplicate-peer {"}},
        Said{"StatementInAPeer",
             "failover peer \"q\" {\n"
             "  primary;\n"
             "  default-lease-time 60;\n"
             "}\n",
             "/stage/1-dhcpd.master line 3: invalid statement in peer declaration\n"
             "  default-lease-time \n"
             "   ^\n",
             Ending::kBadParse,
             {"dhcpd.master:3:3 conf-peer-statement default-lease-time"}},
        Said{"PeerInASubnet",
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  failover peer \"p\";\n"
             "}\n",
             "/stage/1-dhcpd.master line 1: failover peers may only be defined in shared-network\n"
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "                                       ^\n"
             "declarations and the outer scope.\n",
             Ending::kBadParse,
             {"dhcpd.master:1:39 conf-misplaced-statement {"}},
        Said{"DynamicBootpRange",
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  pool {\n"
             "    failover peer \"p\";\n"
             "    range dynamic-bootp 10.0.0.1 10.0.0.9;\n"
             "  }\n"
             "}\n",
             "/stage/1-dhcpd.master line 4: dynamic-bootp flag is not permitted for address\n"
             "    range dynamic-bootp 10.0.0.1 10.0.0.9;\n"
             "                                          ^\n"
             "range declarations where there is a failover\n"
             "peer in scope.   If you wish to declare an\n"
             "address range from which dynamic bootp leases\n"
             "can be allocated, please declare it within a\n"
             "pool declaration that also contains the \"no\n"
             "failover\" statement.   The failover protocol\n"
             "itself does not permit dynamic bootp - this\n"
             "is not a limitation specific to the ISC DHCP\n"
             "server.   Please don't ask me to defend this\n"
             "until you have read and really tried to understand\n"
             "the failover protocol specification.\n",
             Ending::kBadParse,
             {"dhcpd.master:4:42 conf-dynamic-bootp-range ;"}},
        Said{"DuplicateHost",
             "host a { }\n"
             "host b { }\n"
             "host a { }\n",
             "/stage/1-dhcpd.master line 3: host a: already exists\n"
             "host a { }\n"
             "          ^\n",
             Ending::kBadParse,
             {"dhcpd.master:3:10 conf-duplicate-host }"}},
        Said{"BadRange",
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  pool {\n"
             "    failover peer \"p\";\n"
             "    range 10.0.0.100 10.0.1.200;\n"
             "  }\n"
             "}\n",
             "bad range, address 10.0.1.200 not in subnet 10.0.0.0 netmask 255.255.255.0\n",
             Ending::kFatal,
             {"dhcpd.master conf-range-outside-subnet"}},
        Said{"OverlappingRanges",
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  range 10.0.0.1 10.0.0.9;\n"
             "  range 10.0.0.4 10.0.0.6;\n"
             "  range 10.0.0.9;\n"
             "}\n",
             "/stage/1-dhcpd.master line 3: lease 10.0.0.4 is declared twice!\n"
             "  range 10.0.0.4 10.0.0.6;\n"
             "                          ^\n"
             "/stage/1-dhcpd.master line 3: lease 10.0.0.5 is declared twice!\n"
             "  range 10.0.0.4 10.0.0.6;\n"
             "                          ^\n"
             "/stage/1-dhcpd.master line 3: lease 10.0.0.6 is declared twice!\n"
             "  range 10.0.0.4 10.0.0.6;\n"
             "                          ^\n"
             "/stage/1-dhcpd.master line 4: lease 10.0.0.9 is declared twice!\n"
             "  range 10.0.0.9;\n"
             "                 ^\n",
             Ending::kBadParse,
             {"dhcpd.master:3:26 conf-overlapping-ranges ;",
              "dhcpd.master:4:17 conf-overlapping-ranges ;"}},
        Said{"RangeTooLarge",
             "subnet 10.0.0.0 netmask 255.0.0.0 {\n"
             "  range 10.0.0.0 10.255.255.255;\n"
             "}\n",
             "/stage/1-dhcpd.master line 2: 10.0.0.0-10.255.255.255 is an overly large address "
             "range.\n"
             "  range 10.0.0.0 10.255.255.255;\n"
             "                                ^\n"
             "Memory overflow.\n",
             Ending::kFatal,
             {"dhcpd.master:2:32 conf-range-too-large ;"}},
        Said{"PoolWithoutARange",
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  pool {\n"
             "    failover peer \"p\";\n"
             "  }\n"
             "}\n",
             "/stage/1-dhcpd.master line 4: Pool declaration with no address range.\n"
             "  }\n"
             "   ^\n"
             "Pool declarations must always contain at least\n"
             "one range statement.\n",
             Ending::kBadParse,
             {"dhcpd.master:4:3 conf-pool-without-range }"}},
        Said{"SubnetWithHostBits",
             "subnet 10.0.0.1 netmask 255.255.255.0 {\n"
             "}\n",
             "/stage/1-dhcpd.master line 1: subnet 10.0.0.1 netmask 255.255.255.0: bad subnet "
             "number/mask combination.\n"
             "subnet 10.0.0.1 netmask 255.255.255.0 \n"
             "                                    ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:37 conf-bad-subnet 0"}},
        Said{"UnknownOption",
             "option ruoters 10.0.0.1;\n",
             "/stage/1-dhcpd.master line 1: unknown option dhcp.ruoters\n"
             "option ruoters 10.\n"
             "        ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:8 conf-unknown-option ruoters"}},
        Said{"UnknownOptionSpace",
             "option pxe.mtftp-ip 0.0.0.0;\n",
             "/stage/1-dhcpd.master line 1: no option space named pxe.\n"
             "option pxe.mtftp-ip \n"
             "           ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:12 conf-unknown-option mtftp-ip"}},
        Said{"UnknownClass",
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  pool {\n"
             "    allow members of \"c\";\n"
             "    range 10.0.0.1;\n"
             "  }\n"
             "}\n",
             "/stage/1-dhcpd.master line 3: no such class: c\n"
             "    allow members of \"c\"\n"
             "                      ^\n",
             Ending::kBadParse,
             {"dhcpd.master:3:22 conf-unknown-class \"c\""}},
        Said{"UnknownParentClass",
             "subclass \"c\" \"a\";\n",
             "/stage/1-dhcpd.master line 1: no class named c\n"
             "subclass \"c\"\n"
             "          ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:10 conf-unknown-class \"c\""}},
        Said{"UnknownKey",
             "zone example.org. {\n"
             "  primary 127.0.0.1;\n"
             "  key k;\n"
             "}\n",
             "/stage/1-dhcpd.master line 3: unknown key k\n"
             "  key k;\n"
             "       ^\n",
             Ending::kBadParse,
             {"dhcpd.master:3:7 conf-unknown-key k"}},
        Said{"PoolOutsideOfASubnet",
             "pool {\n"
             "  range 10.0.0.1;\n"
             "}\n",
             "/stage/1-dhcpd.master line 1: pool declared outside of network\n"
             "pool \n"
             "^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:1 conf-misplaced-statement pool"}},
        Said{"RangeOutsideOfASubnet",
             "range 10.0.0.1;\n",
             "/stage/1-dhcpd.master line 1: range declaration not allowed here.\n"
             "range \n"
             "^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:1 conf-misplaced-statement range"}},
        Said{"SubnetInASubnet",
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "}\n"
             "}\n",
             "/stage/1-dhcpd.master line 2: subnet declarations not allowed here.\n"
             "subnet \n"
             " ^\n",
             Ending::kBadParse,
             {"dhcpd.master:2:1 conf-misplaced-statement subnet"}},
        Said{"BootpPermitOutsideOfAPool",
             "deny dynamic bootp clients;\n",
             "/stage/1-dhcpd.master line 1: expecting allow/deny key\n"
             "deny dynamic \n"
             "      ^\n"
             "/stage/1-dhcpd.master line 1: expecting a parameter or declaration\n"
             "deny dynamic bootp clients;\n"
             "                           ^\n",
             Ending::kBadParse,
             {"dhcpd.master:1:6 conf-misplaced-statement dynamic"}},
        Said{"Dhcpv6",
             "default-lease-time 60;\n"
             "subnet6 2001:db8::/64 {\n"
             "}\n",
             "/stage/1-dhcpd.master line 2: subnet6 statement is only supported in DHCPv6 mode.\n"
             "subnet6 \n"
             " ^\n",
             Ending::kBadParse,
             {"dhcpd.master:2:1 conf-dhcpv6-statement subnet6"}},
        Said{"EmptySharedNetwork",
             "shared-network s {\n"
             "}\n",
             "/stage/1-dhcpd.master line 2: empty shared-network decl\n"
             "}\n"
             " ^\n",
             Ending::kBadParse,
             {"dhcpd.master:2:1 dhcpd-rejects }"}},
        Said{"AdHoc",
             "ddns-update-style ad-hoc;\n"
             "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
             "  pool {\n"
             "    failover peer \"p\";\n"
             "    range 10.0.0.100 10.0.0.200;\n"
             "  }\n"
             "}\n",
             "ddns-update-style ad_hoc no longer supported\n",
             Ending::kFatal,
             {"dhcpd.master dhcpd-rejects"}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::lint
