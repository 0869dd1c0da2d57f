#include "text/quote.h"

#include <gtest/gtest.h>

#include <string_view>

namespace dhcpair::text {
namespace {

using namespace std::string_view_literals;

TEST(Quote, EscapesWhatDhcpdWouldReadOtherwise) {
  EXPECT_EQ(Quote(""), R"("")");
  EXPECT_EQ(Quote("pxe linux.0"), R"("pxe linux.0")");
  EXPECT_EQ(Quote("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(Quote("a\0\x7f\xff\n"sv), R"("a\000\177\377\012")");
}

}  // namespace
}  // namespace dhcpair::text
