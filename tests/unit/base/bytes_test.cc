#include "base/bytes.h"

#include <gtest/gtest.h>

namespace dhcpair::base {
namespace {

using namespace std::string_view_literals;

TEST(Reader, ReadsFieldsInBigEndianOrder) {
  Reader reader("\x01\x02\x03\xff\x04\x05\x06 rest"sv);

  EXPECT_EQ(reader.U8(), 0x01);
  EXPECT_EQ(reader.U16(), 0x0203);
  EXPECT_EQ(reader.U32(), 0xff040506u);
  EXPECT_EQ(reader.Bytes(5), " rest");
  EXPECT_TRUE(reader.AtEnd());
}

TEST(Reader, StaysFailedAfterAShortReadAndMovesNoFurther) {
  Reader reader("\x01\x02\x03"sv);

  EXPECT_EQ(reader.U32(), 0u);
  EXPECT_TRUE(reader.failed());
  EXPECT_EQ(reader.U8(), 0) << "one byte is there, but the one asked for before was not";
  EXPECT_EQ(reader.Bytes(1), "");
  EXPECT_EQ(reader.remaining(), 3u);
  EXPECT_FALSE(reader.AtEnd());
}

TEST(Reader, TakesNoBytesForAnAbsurdCount) {
  Reader reader("abc");
  EXPECT_EQ(reader.Bytes(~std::size_t{0}), "");
  EXPECT_TRUE(reader.failed());
}

TEST(Reader, IsAtTheEndOfNothing) {
  Reader reader("");
  EXPECT_TRUE(reader.AtEnd());
  EXPECT_EQ(reader.U8(), 0);
  EXPECT_FALSE(reader.AtEnd()) << "nothing was there to be read";
}

TEST(Writer, WritesWhatReaderReads) {
  Writer writer;
  writer.U8(0xfe);
  writer.U16(0x0102);
  writer.U32(0x80000001);
  writer.Bytes("x\0y"sv);
  EXPECT_EQ(writer.bytes(), "\xfe\x01\x02\x80\x00\x00\x01x\0y"sv);

  const std::string bytes = writer.Take();
  Reader reader(bytes);
  EXPECT_EQ(reader.U8(), 0xfe);
  EXPECT_EQ(reader.U16(), 0x0102);
  EXPECT_EQ(reader.U32(), 0x80000001u);
}

}  // namespace
}  // namespace dhcpair::base
