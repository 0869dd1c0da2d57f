#include "pair/values.h"

#include <gtest/gtest.h>

#include <optional>

namespace dhcpair::pair {
namespace {

struct NumberRow {
  const char* text;
  std::optional<std::int64_t> value;
  NumberError error = NumberError::kNotDecimal;
};

TEST(ParseNumber, TakesDecimalDigitsAndNothingElse) {
  constexpr NumberRow kRows[] = {
      {"0", 0},
      {"7", 7},
      {"1000000000000", 1'000'000'000'000},
      {"1000000000001", {}, NumberError::kOutOfRange},
      {"99999999999999999999", {}, NumberError::kOutOfRange},
      {"-1", {}, NumberError::kOutOfRange},
      {"-", {}, NumberError::kNotDecimal},
      {"+1", {}, NumberError::kNotDecimal},
      {"", {}, NumberError::kNotDecimal},
      {" 1", {}, NumberError::kNotDecimal},
      {"1 ", {}, NumberError::kNotDecimal},
      {"1.0", {}, NumberError::kNotDecimal},
      {"1e3", {}, NumberError::kNotDecimal},
      {"1_000", {}, NumberError::kNotDecimal},
      {"0x10", {}, NumberError::kNotDecimal},
      {"010", {}, NumberError::kLooksOctal},
      {"00", {}, NumberError::kLooksOctal},
      {"0o10", {}, NumberError::kLooksOctal},
      {"yes", {}, NumberError::kLooksBoolean},
      {"NO", {}, NumberError::kLooksBoolean},
      {"True", {}, NumberError::kLooksBoolean},
      {"off", {}, NumberError::kLooksBoolean},
      {"y", {}, NumberError::kLooksBoolean},
  };
  for (const NumberRow& row : kRows) {
    const auto number = ParseNumber(row.text);
    ASSERT_EQ(number.has_value(), row.value.has_value()) << row.text;
    if (row.value) {
      EXPECT_EQ(*number, *row.value) << row.text;
    } else {
      EXPECT_EQ(number.error(), row.error) << row.text;
    }
  }
}

TEST(ParseSeconds, TakesOneUnit) {
  constexpr NumberRow kRows[] = {
      {"1800", 1800},
      {"45s", 45},
      {"30m", 1800},
      {"2h", 7200},
      {"1d", 86400},
      {"0", 0},
      {"0s", 0},
      {"s", {}, NumberError::kNotDecimal},
      {"", {}, NumberError::kNotDecimal},
      {"1w", {}, NumberError::kNotDecimal},
      {"1M", {}, NumberError::kNotDecimal},
      {"1 m", {}, NumberError::kNotDecimal},
      {"1h30m", {}, NumberError::kNotDecimal},
      {"1.5h", {}, NumberError::kNotDecimal},
      {"-5m", {}, NumberError::kOutOfRange},
      {"030m", {}, NumberError::kLooksOctal},
      {"off", {}, NumberError::kLooksBoolean},
  };
  for (const NumberRow& row : kRows) {
    const auto seconds = ParseSeconds(row.text);
    ASSERT_EQ(seconds.has_value(), row.value.has_value()) << row.text;
    if (row.value) {
      EXPECT_EQ(seconds->count(), *row.value) << row.text;
    } else {
      EXPECT_EQ(seconds.error(), row.error) << row.text;
    }
  }
}

std::string Octets(int count, const std::string& octet) {
  std::string text;
  for (int i = 0; i < count; ++i) text += (i == 0 ? "" : ":") + octet;
  return text;
}

TEST(Hba, IsThirtyTwoOctets) {
  const auto hba = Hba::Parse("FF:0:a:" + Octets(29, "00"));
  ASSERT_TRUE(hba);
  EXPECT_EQ(hba->ToString(), "ff:00:0a:" + Octets(29, "00"));
  EXPECT_EQ(hba->octets()[2], 0x0a);
}

TEST(Hba, AnythingElseIsRefused) {
  for (const std::string& text :
       {std::string(), Octets(31, "ff"), Octets(33, "ff"), Octets(32, "fff"), Octets(32, "fg"),
        Octets(32, ""), Octets(32, "ff") + ":", ":" + Octets(32, "ff"), Octets(32, "0x1"),
        std::string(64, 'f'), Octets(32, "-1")}) {
    EXPECT_FALSE(Hba::Parse(text)) << text;
  }
}

TEST(PeerName, IsWhatDhcpdReadsBackFromQuotes) {
  for (const std::string& text :
       {std::string("dhcp-failover"), std::string("a b"), std::string(PeerName::kBytesMax, 'x')}) {
    ASSERT_TRUE(PeerName::Parse(text)) << text;
    EXPECT_EQ(PeerName::Parse(text)->text(), text);
  }
  for (const std::string& text : {std::string(), std::string("a\"b"), std::string("a\\b"),
                                  std::string("a\nb"), std::string("caf\xc3\xa9"),
                                  std::string("\x7f"), std::string(PeerName::kBytesMax + 1, 'x')}) {
    EXPECT_FALSE(PeerName::Parse(text)) << text;
  }
}

TEST(NodePath, MeansNothingToAShell) {
  for (const char* text : {"/a", "/etc/dhcpd.conf", "/var/db/x_y+z,1@2=3:4-5/f", "/a.."}) {
    EXPECT_TRUE(NodePath::Parse(text)) << text;
  }
  for (const char* text :
       {"",       "a",       "./a",  "~/a",   "/",     "/a/",         "//a",  "/a//b",
        "/a/./b", "/a/../b", "/..",  "/a b",  "/a\tb", "/a;b",        "/a'b", "/a\"b",
        "/a$b",   "/a`b",    "/a*b", "/a\\b", "/a\nb", "/caf\xc3\xa9"}) {
    EXPECT_FALSE(NodePath::Parse(text)) << text;
  }
  EXPECT_FALSE(NodePath::Parse("/" + std::string(1023, 'a')));
  EXPECT_TRUE(NodePath::Parse("/" + std::string(1022, 'a')));
}

TEST(NodePath, KnowsItsFolder) {
  EXPECT_EQ(NodePath::Parse("/etc/dhcp/dhcpd.conf")->folder(), "/etc/dhcp");
  EXPECT_EQ(NodePath::Parse("/dhcpd.conf")->folder(), "/");
}

TEST(Secret, IsOneWordOfBase64) {
  for (const char* text : {"c2VjcmV0", "c2VjcmV0\n", " YQ== ", "YWI=", "+/+/"}) {
    EXPECT_TRUE(Secret::Parse(text)) << text;
  }
  for (const char* text : {"", " \n", "YQ", "YQ=", "====", "Y===", "a b c d", "c2Vj\ncmV0",
                           "YQ==\"", "c2Vj;", "=YQ="}) {
    EXPECT_FALSE(Secret::Parse(text)) << text;
  }
}

TEST(SshDestination, IsNeverAnOption) {
  for (const char* text :
       {"gw1", "root@192.168.13.6", "admin@gw1.example.org", "a_b", "fe80::1%em0"}) {
    EXPECT_TRUE(IsSshDestination(text)) << text;
  }
  for (const char* text : {"", "-v", "-oProxyCommand=x", "root@-v", "@gw1", "root@", "a b", "a;b",
                           "$(x)", "a\nb", "a/b", "gw1:22", "root@192.168.13.6:2222"}) {
    EXPECT_FALSE(IsSshDestination(text)) << text;
  }
  EXPECT_FALSE(IsSshDestination(std::string(256, 'a')));
}

TEST(InterfaceName, FitsEverySupportedSystem) {
  for (const char* text : {"em0", "eth0.100", "br-lan", "vlan_10", "vtnet0:1", "123456789012345"}) {
    EXPECT_TRUE(IsInterfaceName(text)) << text;
  }
  for (const char* text : {"", "-f", "1234567890123456", "a b", "a;b", "a/b", "\xc3\xa9"}) {
    EXPECT_FALSE(IsInterfaceName(text)) << text;
  }
}

TEST(KeyName, NeedsNoQuotesInDhcpdConf) {
  for (const char* text : {"k", "dhcpair-omapi", "a.b_c9"}) EXPECT_TRUE(IsKeyName(text)) << text;
  for (const char* text : {"", "9a", "-a", "a b", "a;b", "\"a\""}) {
    EXPECT_FALSE(IsKeyName(text)) << text;
  }
  EXPECT_FALSE(IsKeyName(std::string(64, 'a')));
}

TEST(ParseMode, TakesPermissionsOnly) {
  EXPECT_EQ(ParseMode("0644"), 0644);
  EXPECT_EQ(ParseMode("640"), 0640);
  EXPECT_EQ(ParseMode("000"), 0);
  for (const char* text :
       {"", "44", "00644", "0888", "4755", "1777", "rw-r--r--", "-644", "0x1ff"}) {
    EXPECT_FALSE(ParseMode(text)) << text;
  }
}

}  // namespace
}  // namespace dhcpair::pair
