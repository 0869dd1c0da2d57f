#include "dhcp/values.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/named.h"

namespace dhcpair::dhcp {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using base::Ipv4Address;

TEST(Numbers, AreOfExactlyTheirSize) {
  EXPECT_EQ(ReadU8("\xff"sv), 255);
  EXPECT_EQ(ReadU16("\x01\x02"sv), 0x0102);
  EXPECT_EQ(ReadU32("\xff\xff\xff\xfe"sv), 0xfffffffe);
  for (const std::string_view wrong : {""sv, "\0\0"sv, "\0\0\0"sv, "\0\0\0\0"sv}) {
    EXPECT_EQ(ReadU8(wrong), std::nullopt);
  }
  for (const std::string_view wrong : {""sv, "\0"sv, "\0\0\0"sv}) {
    EXPECT_EQ(ReadU16(wrong), std::nullopt);
  }
  for (const std::string_view wrong : {""sv, "\0\0\0"sv, "\0\0\0\0\0"sv}) {
    EXPECT_EQ(ReadU32(wrong), std::nullopt);
    EXPECT_EQ(ReadAddress(wrong), std::nullopt);
    EXPECT_EQ(ReadAddresses(wrong), std::nullopt);
  }
  EXPECT_EQ(ReadAddress("\x0a\0\0\x01"sv), Ipv4Address(0x0a000001));
  EXPECT_EQ(ReadAddress("\x0a\0\0\x01\x0a\0\0\x02"sv), std::nullopt);
  EXPECT_EQ(ReadAddresses("\x0a\0\0\x01\x0a\0\0\x02"sv),
            (std::vector{Ipv4Address(0x0a000001), Ipv4Address(0x0a000002)}));
}

TEST(Text, LosesTheNulsBehindIt) {
  EXPECT_EQ(ReadText("host\0\0"sv), "host");
  EXPECT_EQ(ReadText("ho\0st"sv), "ho\0st"sv);
  EXPECT_EQ(ReadText("\0"sv), "");
  EXPECT_EQ(ReadText(""sv), "");
}

using Names = std::optional<std::vector<std::string>>;

struct NamesRow : test::Named {
  std::string bytes;
  Names names;
};

class DomainNames : public testing::TestWithParam<NamesRow> {};

TEST_P(DomainNames, AreReadWholeOrNotAtAll) {
  EXPECT_EQ(ReadDomainNames(GetParam().bytes), GetParam().names);
}

Names List(std::vector<std::string> names) { return names; }

// A name of labels of 63 octets, without the end.
std::string Labels(int count) {
  std::string name;
  for (int n = 0; n < count; ++n) name += '\x3f' + std::string(63, 'x');
  return name;
}

std::string Repeated(std::string_view bytes, std::size_t times) {
  std::string out;
  for (std::size_t n = 0; n < times; ++n) out += bytes;
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DomainNames,
    testing::Values(
        NamesRow{{"One"},
                 "\x01"
                 "a\x02xy\0"s,
                 List({"a.xy"})},
        NamesRow{{"Two"},
                 "\x01"
                 "a\0\x01"
                 "b\0"s,
                 List({"a", "b"})},
        // RFC 3397 section 2: the names of its example share their end.
        NamesRow{{"Compressed"},
                 "\x03"
                 "eng\x05"
                 "apple\x03"
                 "com\0\x09marketing\xc0\x04"s,
                 List({"eng.apple.com", "marketing.apple.com"})},
        NamesRow{{"PointerAlone"},
                 "\x01"
                 "a\0\xc0\0"s,
                 List({"a", "a"})},
        NamesRow{{"PointerToAPointer"},
                 "\x01"
                 "a\0\x01"
                 "b\xc0\0\x01"
                 "c\xc0\x03"s,
                 List({"a", "b.a", "c.b.a"})},
        NamesRow{{"Root"}, "\0"s, List({"."})},
        NamesRow{{"LongestName"},
                 Labels(3) + "\x3d" + std::string(61, 'y') + "\0"s,
                 List({std::string(63, 'x') + "." + std::string(63, 'x') + "." +
                       std::string(63, 'x') + "." + std::string(61, 'y')})},
        NamesRow{
            {"AsManyAsMayBe"}, Repeated("\0"sv, 128), List(std::vector<std::string>(128, "."))},
        NamesRow{{"Nothing"}, "", {}},
        NamesRow{{"NoEnd"},
                 "\x01"
                 "a",
                 {}},
        NamesRow{{"LabelBeyondTheEnd"},
                 "\x05"
                 "ab",
                 {}},
        NamesRow{{"LengthAlone"}, "\x05", {}},
        NamesRow{{"SecondWithoutEnd"},
                 "\x01"
                 "a\0\x01"s,
                 {}},
        NamesRow{{"LabelOf64"}, "\x40" + std::string(64, 'x') + "\0"s, {}},
        NamesRow{{"OtherKindOfLabel"}, "\x80\0"s, {}},
        NamesRow{{"HalfAPointer"},
                 "\x01"
                 "a\0\xc0"s,
                 {}},
        NamesRow{{"PointerToItself"}, "\xc0\0"s, {}},
        NamesRow{{"PointerIntoItsOwnName"},
                 "\x01"
                 "a\xc0\0"s,
                 {}},
        NamesRow{{"PointersInACircle"}, "\xc0\x02\xc0\0"s, {}},
        NamesRow{{"PointerForward"},
                 "\xc0\x03\0\x01"
                 "a\0"s,
                 {}},
        NamesRow{{"PointerBeyondTheEnd"},
                 "\x01"
                 "a\0\xff\xff"s,
                 {}},
        NamesRow{{"NameTooLong"}, Labels(3) + "\x3e" + std::string(62, 'y') + "\0"s, {}},
        NamesRow{{"NameTooLongByAPointer"}, Labels(3) + "\0"s + Labels(1) + "\xc0\0"s, {}},
        NamesRow{{"OneTooMany"}, Repeated("\0"sv, 129), {}},
        NamesRow{{"DotInALabel"},
                 "\x03"
                 "a.b\0"s,
                 {}},
        NamesRow{{"BlankInALabel"},
                 "\x03"
                 "a b\0"s,
                 {}},
        NamesRow{{"NulInALabel"},
                 "\x02"
                 "a\0\0"s,
                 {}},
        NamesRow{{"ControlInALabel"},
                 "\x02"
                 "a\x1b\0"s,
                 {}},
        NamesRow{{"PlainText"}, "example.org", {}}),
    [](const auto& row) { return row.param.name; });

struct RoutesRow : test::Named {
  std::string_view bytes;
  std::optional<std::vector<ClasslessRoute>> routes;
};

class ClasslessRoutes : public testing::TestWithParam<RoutesRow> {};

TEST_P(ClasslessRoutes, AreReadWholeOrNotAtAll) {
  EXPECT_EQ(ReadClasslessRoutes(GetParam().bytes), GetParam().routes);
}

std::optional<std::vector<ClasslessRoute>> Route(std::uint32_t destination, int width,
                                                 std::uint32_t router) {
  return std::vector{ClasslessRoute{Ipv4Address(destination), width, Ipv4Address(router)}};
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ClasslessRoutes,
    // The descriptors of RFC 3442's table come first.
    testing::Values(
        RoutesRow{{"Default"}, "\0\x0a\0\0\x01"sv, Route(0, 0, 0x0a000001)},
        RoutesRow{{"Width8"}, "\x08\x0a\x0a\0\0\x01"sv, Route(0x0a000000, 8, 0x0a000001)},
        RoutesRow{{"Width17"}, "\x11\x0a\x11\x80\x0a\0\0\x01"sv, Route(0x0a118000, 17, 0x0a000001)},
        RoutesRow{
            {"Width32"}, "\x20\x0a\xc6\x7a\x2f\x0a\0\0\x01"sv, Route(0x0ac67a2f, 32, 0x0a000001)},
        RoutesRow{
            {"BitsBeyondTheWidth"}, "\x09\x0a\xff\x0a\0\0\x01"sv, Route(0x0a800000, 9, 0x0a000001)},
        RoutesRow{{"OnTheLink"}, "\x08\x0a\0\0\0\0"sv, Route(0x0a000000, 8, 0)},
        RoutesRow{{"Nothing"}, ""sv, {}}, RoutesRow{{"WidthAlone"}, "\x08"sv, {}},
        RoutesRow{{"NoRouter"}, "\x08\x0a"sv, {}},
        RoutesRow{{"ShortRouter"}, "\x08\x0a\x0a\0\0"sv, {}},
        RoutesRow{{"ShortDestination"}, "\x20\x0a\0\0"sv, {}},
        RoutesRow{{"Width33"}, "\x21\x0a\0\0\x01\0\x0a\0\0\x01"sv, {}},
        RoutesRow{{"Width255"}, "\xff\x0a\0\0\x01\x0a\0\0\x01"sv, {}},
        RoutesRow{{"SecondCutOff"}, "\0\x0a\0\0\x01\x08\x0a"sv, {}}),
    [](const auto& row) { return row.param.name; });

TEST(ClientIdentifier, IsTakenApart) {
  const auto ethernet = ReadClientIdentifier("\x01\x02\0\0\0\0\x01"sv);
  ASSERT_TRUE(ethernet.has_value());
  EXPECT_EQ(ethernet->type, 1);
  EXPECT_EQ(ethernet->iaid, std::nullopt);
  EXPECT_EQ(ethernet->rest, "\x02\0\0\0\0\x01"sv);
  const auto node = ReadClientIdentifier("\xff\0\0\0\x07\0\x03\0\x01x"sv);
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(node->iaid, 7U);
  EXPECT_EQ(node->rest, "\0\x03\0\x01x"sv);
  // dhcpd takes one octet, though RFC 2132 wants two.
  EXPECT_EQ(ReadClientIdentifier("\0"sv)->rest, "");
  for (const std::string_view wrong : {""sv, "\xff"sv, "\xff\0\0\x07"sv, "\xff\0\0\0\x07"sv}) {
    EXPECT_FALSE(ReadClientIdentifier(wrong).has_value());
  }
}

TEST(UserClasses, AreReadWholeOrNotAtAll) {
  EXPECT_EQ(ReadUserClasses("\x01"
                            "a\x02"
                            "bc"sv),
            (std::vector{"a"sv, "bc"sv}));
  for (const std::string_view wrong : {""sv, "\0"sv, "\x01"sv,
                                       "\x01"
                                       "a\0"sv,
                                       "\x01"
                                       "a\x02"
                                       "b"sv,
                                       "iPXE"sv}) {
    EXPECT_FALSE(ReadUserClasses(wrong).has_value()) << wrong;
  }
}

TEST(VendorData, AreReadWholeOrNotAtAll) {
  EXPECT_EQ(ReadVendorData("\0\0\x09\xbf\x02xy\0\0\0\x09\0"sv),
            (std::vector{VendorData{2495, "xy"}, VendorData{9, ""}}));
  for (const std::string_view wrong :
       {""sv, "\0\0\0"sv, "\0\0\x09\xbf"sv, "\0\0\x09\xbf\x03xy"sv, "\0\0\x09\xbf\x01x\0"sv}) {
    EXPECT_FALSE(ReadVendorData(wrong).has_value());
  }
}

}  // namespace
}  // namespace dhcpair::dhcp
