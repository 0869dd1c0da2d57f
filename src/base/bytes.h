#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace dhcpair::base {

/// Reads big-endian fields in order from bytes that must outlive it. The first short read sets
/// failed(); every later read gives nothing and moves nothing, so that a decoder checks once, after
/// its last field.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t U8() { return static_cast<std::uint8_t>(Number(1)); }
  std::uint16_t U16() { return static_cast<std::uint16_t>(Number(2)); }
  std::uint32_t U32() { return Number(4); }
  /// The next `count` bytes; none after a short read.
  std::string_view Bytes(std::size_t count);

  bool failed() const { return failed_; }
  bool AtEnd() const { return !failed_ && rest_.empty(); }
  /// How many bytes were not read yet.
  std::size_t remaining() const { return rest_.size(); }

 private:
  std::uint32_t Number(std::size_t bytes);

  std::string_view rest_;
  bool failed_ = false;
};

/// Writes big-endian fields one after the other.
class Writer {
 public:
  void U8(std::uint8_t value) { Number(value, 1); }
  void U16(std::uint16_t value) { Number(value, 2); }
  void U32(std::uint32_t value) { Number(value, 4); }
  void Bytes(std::string_view bytes) { bytes_ += bytes; }

  const std::string& bytes() const { return bytes_; }
  std::string Take() { return std::move(bytes_); }

 private:
  void Number(std::uint32_t value, int bytes);

  std::string bytes_;
};

}  // namespace dhcpair::base
