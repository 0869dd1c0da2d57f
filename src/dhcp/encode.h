#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

#include "dhcp/message.h"

namespace dhcpair::dhcp {

/// What a message may take.
struct Room {
  /// Head and options without option 82, in octets. By default what every client must take: a
  /// datagram of 576 octets (RFC 2131 section 2). Less than kMessageBytesMin is taken for that.
  std::size_t bytes_max = 576 - kUdpOverheadBytes;
  /// Whether options may go into `file` and `sname` where the head leaves them empty.
  bool may_overload = true;
  /// Shorter messages are filled up with PAD, as dhcpd does.
  std::size_t bytes_min = kMessageBytesMin;
};

/// What became of it.
struct Encoded {
  std::string_view bytes;  ///< The message, at the start of the caller's buffer.
  CodeSet left_out = {};   ///< Options for which there was no room; the others are in it whole.
};

/// Why nothing was written.
enum class EncodeError : std::uint8_t {
  kNameTooLong,     ///< `sname` or `file` do not fit into their fields.
  kBufferTooSmall,  ///< The buffer cannot hold an empty message and what it is filled up with.
};

/// Writes a message with its cookie into `buffer`. Options go out in the order given, whole where
/// they fit: behind the head, else into `file`, else into `sname` (option 52 then says so). What is
/// longer than 255 octets, or fits nowhere whole, goes in pieces (RFC 3396). The relay agent's
/// option 82 stands last, wherever it was in `options`, and may go beyond bytes_max, as the agent
/// takes it out again (RFC 3046 section 2.1); it is left out only when the buffer ends. Codes must
/// differ; PAD, END and 52 are not among them.
[[nodiscard]] std::expected<Encoded, EncodeError> Encode(const Head& head,
                                                         std::span<const Option> options,
                                                         const Room& room, std::span<char> buffer);

/// Writes a BOOTP message without options of ours: the head, the vendor field as it is, and PAD up
/// to 300 octets.
[[nodiscard]] std::expected<std::string_view, EncodeError> EncodeBare(const Head& head,
                                                                      std::string_view vendor_field,
                                                                      std::span<char> buffer);

}  // namespace dhcpair::dhcp
