#include "omapi/failover_object.h"

#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::omapi {
namespace {

using failover::State;

Values GoodValues() {
  return {TextValue("name", "p"),
          TextValue("partner-address", "garbage!"),
          TextValue("local-address", ""),
          NumberValue("mclt", 60),
          NumberValue("partner-state", 2),
          NumberValue("local-state", 254),
          NumberValue("partner-stos", 1700000000),
          NumberValue("local-stos", 0),
          NumberValue("last-packet-sent", 0)};
}

TEST(FailoverObject, IsReadFromTheNamedAttributes) {
  const auto object = ReadFailoverObject(GoodValues(), "p");
  ASSERT_TRUE(object);
  EXPECT_EQ(object->local_state, State::kRecoverWait);
  EXPECT_EQ(object->local_stos, std::nullopt) << "0 is no time";
  EXPECT_EQ(object->partner_state, State::kNormal);
  EXPECT_EQ(object->partner_stos, 1700000000);
  EXPECT_EQ(object->mclt, 60u);
}

TEST(FailoverObject, DoesNotDependOnTheAddressesWhichAreGarbage) {
  Values other = GoodValues();
  other[1].bytes = "\x01\x02";
  other[2].bytes = "anything else";
  EXPECT_EQ(ReadFailoverObject(other, "p"), ReadFailoverObject(GoodValues(), "p"));
}

TEST(FailoverObject, NeedsEveryAttributeOnceAndOfFourBytes) {
  for (const char* const name :
       {"name", "mclt", "partner-state", "local-state", "partner-stos", "local-stos"}) {
    Values missing = GoodValues();
    std::erase_if(missing, [&](const Value& value) { return value.name == name; });
    EXPECT_EQ(ReadFailoverObject(missing, "p"), std::nullopt) << "without " << name;

    Values twice = GoodValues();
    for (const Value& value : GoodValues()) {
      if (value.name == name) twice.push_back(value);
    }
    EXPECT_EQ(ReadFailoverObject(twice, "p"), std::nullopt) << "twice " << name;

    Values longer = GoodValues();
    for (Value& value : longer) {
      if (value.name == name) value.bytes += '\0';
    }
    EXPECT_EQ(ReadFailoverObject(longer, "p"), std::nullopt) << "a byte more in " << name;
  }
}

TEST(FailoverObject, OfAnotherPeerIsNotOurs) {
  EXPECT_EQ(ReadFailoverObject(GoodValues(), "q"), std::nullopt);
  EXPECT_EQ(ReadFailoverObject(GoodValues(), ""), std::nullopt);
  EXPECT_EQ(ReadFailoverObject({}, "p"), std::nullopt);
}

TEST(FailoverObject, HasOnlyStatesOfTheTable) {
  for (const char* const name : {"local-state", "partner-state"}) {
    for (const std::uint32_t number : {12u, 77u, 253u, 258u, 0xffffffffu}) {
      Values values = GoodValues();
      for (Value& value : values) {
        if (value.name == name) value = NumberValue(name, number);
      }
      EXPECT_EQ(ReadFailoverObject(values, "p"), std::nullopt) << name << " " << number;
    }
  }
}

}  // namespace
}  // namespace dhcpair::omapi
