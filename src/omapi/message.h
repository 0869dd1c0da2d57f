#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "omapi/ops.h"

namespace dhcpair::omapi {

/// What a message may measure. The protocol itself knows 64 KiB a name and 4 GiB a value; the
/// largest object that dhcpd publishes takes less than one KiB.
inline constexpr std::size_t kNameBytesMax = 255;
inline constexpr std::size_t kValueBytesMax = 16 << 10;
inline constexpr std::size_t kValuesMax = 128;  ///< Of one list.
inline constexpr std::size_t kSignatureBytesMax = 64;
inline constexpr std::size_t kMessageBytesMax = 64 << 10;
inline constexpr std::size_t kHeaderBytes = 24;
/// The largest header a connection may announce: what goes beyond the known 24 bytes is skipped.
inline constexpr std::size_t kHeaderBytesMax = 256;

/// A name with its value. Values carry no type: what they are is known by the name.
struct Value {
  std::string name;
  std::string bytes;

  friend bool operator==(const Value&, const Value&) = default;
};
using Values = std::vector<Value>;

Value TextValue(std::string_view name, std::string_view text);
Value NumberValue(std::string_view name, std::uint32_t number);

/// The bytes of the value of this name, or nothing where there is none or more than one.
std::optional<std::string_view> Find(const Values& values, std::string_view name);
/// The same as a number, or nothing where it is not of four bytes.
std::optional<std::uint32_t> FindNumber(const Values& values, std::string_view name);

/// One message of either side.
struct Message {
  std::uint32_t authid = 0;  ///< The handle of the opened authenticator; 0 unsigned.
  Op op = Op::kStatus;
  std::uint32_t handle = 0;  ///< Of an object; 0 if none.
  std::uint32_t id = 0;      ///< Chosen by the sender.
  std::uint32_t rid = 0;     ///< The id of the request that this answers.
  std::string surplus = {};  ///< Header bytes beyond the 24, as the connection announced them.
  Values message_values = {};
  Values object_values = {};
  std::string signature = {};

  friend bool operator==(const Message&, const Message&) = default;
};

/// The message on the wire; beyond the limits above it is a broken promise of ours.
std::string Encode(const Message& message);

/// Why bytes are no message.
enum class DecodeError : std::uint8_t {
  kIncomplete,  ///< So far it may become one: more bytes are to come.
  kUnknownOp,
  kTooLarge,  ///< A name, a value, a list, the signature or the whole is beyond its limit.
};

/// The message at the start of a stream.
struct Decoded {
  Message message;
  std::size_t bytes;  ///< How many it took.
};

/// Reads the message at the start of `stream` on a connection with headers of `header_bytes` (24 to
/// kHeaderBytesMax). Total: any bytes give a message or an error.
[[nodiscard]] std::expected<Decoded, DecodeError> Decode(std::string_view stream,
                                                         std::size_t header_bytes = kHeaderBytes);

/// What both sides say first: the version, always 100, and the size of their headers.
std::string Hello();

/// Reads the other side's; the size of its headers.
enum class HelloError : std::uint8_t { kIncomplete, kNotOmapi };
[[nodiscard]] std::expected<std::size_t, HelloError> ReadHello(std::string_view stream);
inline constexpr std::size_t kHelloBytes = 8;

}  // namespace dhcpair::omapi
