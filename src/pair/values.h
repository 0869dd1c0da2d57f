#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace dhcpair::pair {

using Seconds = std::chrono::seconds;

/// Why a text is no number.
enum class NumberError {
  kNotDecimal,
  kLooksOctal,    ///< A leading zero: 010 is 8 to some programs and 10 to others.
  kLooksBoolean,  ///< yes, no, on, off, true, false
  kOutOfRange,    ///< A number, but below 0 or too large for any key.
};

/// Reads decimal digits and nothing else: no sign, no 0x, no blanks, no leading zero.
[[nodiscard]] std::expected<std::int64_t, NumberError> ParseNumber(std::string_view text);

/// Reads decimal digits with at most one unit: s, m, h or d.
[[nodiscard]] std::expected<Seconds, NumberError> ParseSeconds(std::string_view text);

/// The name of the failover relationship. The protocol compares it byte by byte, and dhcpd.conf
/// holds it in quotes.
class PeerName {
 public:
  static constexpr std::size_t kBytesMax = 128;
  /// Fails on anything but 1 to 128 printable ASCII characters without quotes and backslashes.
  [[nodiscard]] static std::expected<PeerName, std::string> Parse(std::string_view text);
  const std::string& text() const { return text_; }

 private:
  explicit PeerName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// Share of the hash buckets that the primary serves, 0 to 256 (RFC 3074; 128 is half).
struct Split {
  int buckets = 128;
};

/// The hash bucket assignment itself: a bit for each of the 256 buckets that the primary serves
/// (RFC 3074 section 6, dhcpd.conf(5) "hba").
class Hba {
 public:
  /// Reads 32 octets "ff:ff:...", each of one or two hexadecimal digits.
  [[nodiscard]] static std::expected<Hba, std::string> Parse(std::string_view text);
  /// As dhcpd.conf has it: two lower-case digits an octet, colons between.
  std::string ToString() const;
  const std::array<std::uint8_t, 32>& octets() const { return octets_; }

 private:
  std::array<std::uint8_t, 32> octets_ = {};
};

/// A path on a node: absolute, and of characters that mean nothing to a shell or to dhcpd.conf.
class NodePath {
 public:
  /// Fails with the end of a sentence: "is not absolute".
  [[nodiscard]] static std::expected<NodePath, std::string> Parse(std::string_view text);
  const std::string& text() const { return text_; }
  /// The folder that holds it: "/etc/dhcp" of "/etc/dhcp/dhcpd.conf".
  std::string folder() const;
  friend bool operator==(const NodePath&, const NodePath&) = default;

 private:
  explicit NodePath(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// An OMAPI secret in base64. Prints as itself only where asked to by name.
class Secret {
 public:
  /// Fails on anything but one word of padded base64 (RFC 4648 section 4) that is not empty.
  [[nodiscard]] static std::expected<Secret, std::string> Parse(std::string_view text);
  const std::string& reveal() const { return base64_; }

 private:
  explicit Secret(std::string base64) : base64_(std::move(base64)) {}
  std::string base64_;
};

/// Whether the text is the name of a network interface as all supported systems allow it.
bool IsInterfaceName(std::string_view text);

/// Whether the text is the name of a key that dhcpd.conf takes without quotes.
bool IsKeyName(std::string_view text);

/// Whether the text can be handed to ssh as a destination: [user@]host, never an option.
bool IsSshDestination(std::string_view text);

/// The value of a file mode: three or four octal digits with no bits but rwx for user, group and
/// others. "0644", "640".
[[nodiscard]] std::expected<int, NumberError> ParseMode(std::string_view text);

}  // namespace dhcpair::pair
