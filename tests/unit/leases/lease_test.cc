// The inside of a lease: every field, and what is none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "leases/leases_files.h"
#include "leases/writer.h"

namespace dhcpair::leases {
namespace {

using failover::BindingState;

std::string WithFields(std::string_view fields) {
  return "lease 10.9.0.10 { ends never; binding state active; " + std::string(fields) + " }\n";
}

TEST(Lease, HasEveryFieldThatDhcpdWrites) {
  const LeasesFile file = ReadLeases(
      "lease 10.9.0.10 {\n"
      "  starts 1 2026/11/23 19:30:00;\n"
      "  ends epoch 1795462260; # Mon Nov 23 19:31:00 2026\n"
      "  tstp never;\n"
      "  tsfp 1 2026/11/23 19:33:00;\n"
      "  atsfp 1 2026/11/23 19:34:00;\n"
      "  cltt 1 2026/11/23 19:35:00;\n"
      "  binding state active;\n"
      "  next binding state expired;\n"
      "  rewind binding state free;\n"
      "  reserved;\n"
      "  dynamic-bootp;\n"
      "  billing class \"spawned\";\n"
      "  billing subclass \"spawned\" 1:2:ff;\n"
      "  hardware ethernet 02:00:00:00:01:0A;\n"
      "  uid \"\\001\\002a\\\"\";\n"
      "  set b = true;\n"
      "  set n = %7;\n"
      "  set x = \"v\\011\";\n"
      "  option agent.circuit-id \"eth0/1\";\n"
      "  client-hostname \"a\\377b\";\n"
      "  on expiry or release {\n    set z = \"1\";\n    if true { }\n  }\n"
      "}\n");
  ASSERT_EQ(Found(file), "");
  const Lease lease = LeaseOf(file.database, "10.9.0.10");
  EXPECT_EQ(lease.starts, 1795462200);
  EXPECT_EQ(lease.ends, 1795462260);
  EXPECT_EQ(lease.tstp, kNever);
  EXPECT_EQ(lease.tsfp, 1795462380);
  EXPECT_EQ(lease.atsfp, 1795462440);
  EXPECT_EQ(lease.cltt, 1795462500);
  EXPECT_EQ(lease.state, BindingState::kActive);
  EXPECT_EQ(lease.next, BindingState::kExpired);
  EXPECT_EQ(lease.rewind, BindingState::kFree);
  EXPECT_TRUE(lease.is_reserved);
  EXPECT_TRUE(lease.is_dynamic_bootp);
  EXPECT_EQ(lease.hardware.type(), base::HardwareAddress::kEthernet);
  EXPECT_EQ(lease.hardware.ToString(), "02:00:00:00:01:0a");
  EXPECT_EQ(lease.uid,
            "\x01\x02"
            "a\"");
  EXPECT_EQ(lease.hostname,
            "a\xff"
            "b");
  EXPECT_EQ(lease.rest,
            "billing class \"spawned\";\n"
            "billing subclass \"spawned\" 1:2:ff;\n"
            "set b = true;\nset n = %7;\nset x = \"v\\011\";\n"
            "option agent.circuit-id \"eth0/1\";\n"
            "on expiry or release {\n    set z = \"1\";\n    if true { }\n  }");
  EXPECT_EQ(ReadLeases(Print(lease)).database, file.database);
}

TEST(Lease, TakesTheFormsOfOldAndOddFiles) {
  const struct {
    std::string_view fields;
    bool (*holds)(const Lease& lease);
  } rows[] = {
      {"", [](const Lease& l) { return l.rest.empty() && !l.hardware.is_present(); }},
      {"abandoned;", [](const Lease& l) { return l.state == BindingState::kAbandoned; }},
      {"binding state bootp;",
       [](const Lease& l) { return l.state == BindingState::kActive && l.is_dynamic_bootp; }},
      {"binding state reserved;",
       [](const Lease& l) { return l.state == BindingState::kActive && l.is_reserved; }},
      {"class foo;", [](const Lease& l) { return l.rest.empty(); }},
      {"ddns-fwd-name \"x.y\";", [](const Lease& l) { return l.rest == "ddns-fwd-name \"x.y\";"; }},
      {"ddns-rev-name \"x.y\";", [](const Lease& l) { return l.rest == "ddns-rev-name \"x.y\";"; }},
      {"client-hostname a.b-c.9d.7;", [](const Lease& l) { return l.hostname == "a.b-c.9d.7"; }},
      {"client-hostname \"\";", [](const Lease& l) { return l.hostname.empty(); }},
      {"supersede agent.circuit-id \"x\";",
       [](const Lease& l) { return l.rest == "supersede agent.circuit-id \"x\";"; }},
      {"option agent.unknown-226 0:1:2;",
       [](const Lease& l) { return l.rest == "option agent.unknown-226 0:1:2;"; }},
      {"uid 1:2:0:ff;", [](const Lease& l) { return l.uid == std::string("\1\2\0\xff", 4); }},
      {"uid a;", [](const Lease& l) { return l.uid == "\n"; }},
      {"uid \"a\"; uid \"b\";", [](const Lease& l) { return l.uid == "b"; }},
      {"uid \"\\x41\\n\\q\";", [](const Lease& l) { return l.uid == "A\nq"; }},
      {"hardware ethernet 2:0:0:0:0:9;",
       [](const Lease& l) { return l.hardware.ToString() == "02:00:00:00:00:09"; }},
      {"hardware ethernet;",
       [](const Lease& l) { return l.hardware.is_present() && l.hardware.octets().empty(); }},
      {"hardware token-ring 1;", [](const Lease& l) { return l.hardware.type() == 6; }},
      {"hardware fddi 1;", [](const Lease& l) { return l.hardware.type() == 8; }},
      {"hardware infiniband 20;", [](const Lease& l) { return l.hardware.type() == 32; }},
      {"hardware unknown-7 01:02;", [](const Lease& l) { return l.hardware.type() == 7; }},
      {"hardware ethernet 1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:10:11:12:13:14;",
       [](const Lease& l) { return l.hardware.octets().size() == 20; }},
      {"set e = %-5;", [](const Lease& l) { return l.rest == "set e = %-5;"; }},
      {"set e=FALSE;", [](const Lease& l) { return l.rest == "set e=FALSE;"; }},
      {"on commit { }", [](const Lease& l) { return l.rest == "on commit { }"; }},
      {"ENDS never; # a comment; }\n", [](const Lease& l) { return l.ends == kNever; }},
      {"ends 1 2026/11/23 19:30:00 -3600;", [](const Lease& l) { return l.ends == 1795458600; }},
  };
  for (const auto& row : rows) {
    const LeasesFile file = ReadLeases(WithFields(row.fields));
    EXPECT_EQ(Found(file), "") << row.fields;
    EXPECT_TRUE(row.holds(LeaseOf(file.database, "10.9.0.10"))) << row.fields;
    EXPECT_EQ(ReadLeases(Print(file.database)).database, file.database) << row.fields;
  }
}

// Each as dhcpd 4.4.3-P1 does with it.
TEST(Lease, IsDroppedForAFieldThatCannotBeRead) {
  for (const std::string_view fields : {
           "bogus thing;",
           "\"starts\" never;",
           "7;",
           ";",
           "timestamp 1 2030/11/23 19:30:00;",
           "starts",
           "starts never",
           "starts never never;",
           "ends 1 2026/11/23 19:30:00 extra;",
           "binding active;",
           "binding state;",
           "binding state frobnicated;",
           "binding state \"active\";",
           "binding state start;",
           "next state free;",
           "next binding state frob;",
           "rewind binding free;",
           "reserved",
           "reserved yes;",
           "abandoned 1;",
           "hardware ethernet 123:2;",
           "hardware ethernet 1:;",
           "hardware ethernet :1;",
           "hardware ethernet 0x1;",
           "hardware ethernet 1.2;",
           "hardware ethernet 02:00:00:00:01:0g;",
           "hardware ethernet \"\\001\";",
           "uid;",
           "uid \"\";",
           "uid 1:2:zz;",
           "uid 100;",
           "uid \"a\" \"b\";",
           "client-hostname;",
           "client-hostname \"a\"",
           "client-hostname a..b;",
           "client-hostname .a;",
           "client-hostname \"\\xg\";",
           "client-hostname \"\\39\";",
           "set;",
           "set x;",
           "set x =;",
           "set x = y;",
           "set x = null;",
           "set x = 1:2;",
           "set x = %;",
           "set x = %y;",
           "set 5 = true;",
           "set x = \"a\" \"b\";",
           "option;",
           "option { }",
           "option agent.circuit-id { \"x\"; }",
           "billing;",
           "billing group \"x\";",
           "billing class;",
           "billing class x;",
           "billing subclass \"x\";",
           "billing subclass \"x\" zz;",
           "class \"foo\";",
           "class;",
           "ddns-fwd-name;",
           "ddns-fwd-name x.y;",
           "on { }",
           "on startup { }",
           "on expiry;",
           "on expiry or { }",
           "{ }",
       }) {
    const LeasesFile file = ReadLeases("lease 10.9.0.10 { ends never; uid \"before\"; }\n" +
                                       WithFields(fields) + "lease 10.9.0.99 { ends never; }\n");
    EXPECT_EQ(Found(file), "bad-lease:2") << fields;
    EXPECT_EQ(LeaseOf(file.database, "10.9.0.10").uid, "before") << fields;
    EXPECT_EQ(file.database.size(), 2u) << fields << ": what follows is read again";
  }
}

TEST(Lease, IsKeptWithoutAFieldThatDhcpdLeavesOut) {
  for (const std::string_view fields : {
           "starts;",
           "starts 1 2026/11/23 19:30;",
           "starts 1 2026/13/23 19:30:00;",
           "starts tomorrow at noon;",
           "starts \"never\";",
           "hardware bogus 1:2;",
           "hardware unknown-256 1;",
           "hardware 1:2:3:4:5:6;",
           "hardware ethernet 1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:10:11:12:13:14:15;",
       }) {
    const LeasesFile file = ReadLeases(WithFields(fields));
    EXPECT_EQ(Found(file), "left-out:1") << fields;
    const Lease lease = LeaseOf(file.database, "10.9.0.10");
    EXPECT_EQ(lease.ends, kNever);
    EXPECT_EQ(lease.starts, 0);
    EXPECT_FALSE(lease.hardware.is_present());
  }
}

TEST(Lease, IsDroppedForWhatIsLongerThanDhcpdReads) {
  const std::string longest(1499, 'a');
  EXPECT_EQ(Found(ReadLeases(WithFields("uid \"" + longest + "\";"))), "");
  EXPECT_EQ(Found(ReadLeases(WithFields("uid \"" + longest + "a\";"))), "bad-lease:1");
  EXPECT_EQ(Found(ReadLeases(WithFields("client-hostname " + longest + "a;"))), "bad-lease:1");
  std::string fields;
  while (fields.size() < (1 << 16)) fields += "set x = \"" + longest + "\";";
  EXPECT_EQ(Found(ReadLeases(WithFields(fields))), "too-much:1");
}

TEST(Lease, ShowsWhatIsWrongInVisibleLetters) {
  const LeasesFile file = ReadLeases(WithFields("hardware \"\x1b[31m\xfe\" 1;"));
  ASSERT_EQ(file.findings.kept().size(), 1u);
  EXPECT_EQ(file.findings.kept()[0].message,
            "lease 10.9.0.10: '\"\\x1b[31m\\xfe\"' is no type of hardware; it is left out");
}

}  // namespace
}  // namespace dhcpair::leases
