#include "dhcp/encode.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <utility>

#include "dhcp/codes.h"

namespace dhcpair::dhcp {
namespace {

constexpr std::size_t kPieceBytesMax = 255;
constexpr std::size_t kPieceHeadBytes = 2;
constexpr std::size_t kOverloadBytes = 3;
constexpr std::size_t kEndBytes = 1;
constexpr std::size_t kSnameOffset = kHeadBytes - kFileBytes - kSnameBytes;
constexpr std::size_t kFileOffset = kHeadBytes - kFileBytes;

// What an option takes in an area that is large enough.
std::size_t WireBytes(std::size_t size) {
  const std::size_t pieces = size == 0 ? 1 : (size + kPieceBytesMax - 1) / kPieceBytesMax;
  return size + pieces * kPieceHeadBytes;
}

// A part of the message that options can lie in; the END behind them is not counted.
struct Area {
  char* begin = nullptr;
  std::size_t capacity = 0;
  std::size_t used = 0;

  void PutPiece(std::uint8_t code, std::string_view bytes) {
    char* const at = begin + used;
    at[0] = static_cast<char>(code);
    at[1] = static_cast<char>(bytes.size());
    bytes.copy(at + kPieceHeadBytes, bytes.size());
    used += kPieceHeadBytes + bytes.size();
  }

  // As much as fits of the value in pieces; what is left of it.
  std::string_view PutPieces(std::uint8_t code, std::string_view bytes, std::size_t limit) {
    while (!bytes.empty() && used + kPieceHeadBytes < limit) {
      const std::size_t size =
          std::min({bytes.size(), kPieceBytesMax, limit - used - kPieceHeadBytes});
      PutPiece(code, bytes.substr(0, size));
      bytes.remove_prefix(size);
    }
    return bytes;
  }
};

// The areas in the order in which a receiver reads them.
class Areas {
 public:
  Areas(Area main, Area file, Area sname) : areas_{main, file, sname} {}

  // False when there is no room; then nothing was written.
  bool Put(const Option& option, bool is_last) {
    // Room is kept for option 52 as long as something can still spill over.
    const std::size_t size = option.bytes.size();
    const bool can_spill = areas_[1].capacity + areas_[2].capacity > 0;
    const std::size_t kept = can_spill ? kOverloadBytes : 0;
    const bool fits_at_the_end =
        is_last && overload() == 0 && areas_[0].used + WireBytes(size) <= areas_[0].capacity;
    const std::size_t main_limit = fits_at_the_end ? areas_[0].capacity : areas_[0].capacity - kept;
    if (size <= kPieceBytesMax) {
      for (Area& area : areas_) {
        const std::size_t limit = &area == &areas_[0] ? main_limit : area.capacity;
        if (area.used + kPieceHeadBytes + size <= limit) {
          area.PutPiece(option.code, option.bytes);
          return true;
        }
      }
    }
    return PutInPieces(option, main_limit);
  }

  // The value of option 52; 0 for none.
  std::uint8_t overload() const {
    return static_cast<std::uint8_t>((areas_[1].used > 0 ? 1 : 0) | (areas_[2].used > 0 ? 2 : 0));
  }

  // Ends the areas; how far the first one reaches, with option 52.
  std::size_t Finish() {
    if (const char value = static_cast<char>(overload()); value != 0) {
      areas_[0].PutPiece(code::kOverload, {&value, 1});
    }
    for (const Area& field : std::span(areas_).subspan(1)) {
      if (field.used > 0) field.begin[field.used] = static_cast<char>(code::kEnd);
    }
    return areas_[0].used;
  }

 private:
  bool PutInPieces(const Option& option, std::size_t main_limit) {
    const std::array<Area, 3> before = areas_;
    std::string_view rest = areas_[0].PutPieces(option.code, option.bytes, main_limit);
    for (Area& field : std::span(areas_).subspan(1)) {
      rest = field.PutPieces(option.code, rest, field.capacity);
    }
    if (rest.empty() && !option.bytes.empty()) return true;
    for (std::size_t n = 0; n < areas_.size(); ++n) {
      const Area& area = areas_[n];
      std::memset(area.begin + before[n].used, code::kPad, area.used - before[n].used);
    }
    areas_ = before;
    return false;
  }

  std::array<Area, 3> areas_;
};

void Put16(char* at, std::uint16_t value) {
  at[0] = static_cast<char>(value >> 8);
  at[1] = static_cast<char>(value & 0xff);
}

void Put32(char* at, std::uint32_t value) {
  Put16(at, static_cast<std::uint16_t>(value >> 16));
  Put16(at + 2, static_cast<std::uint16_t>(value & 0xffff));
}

// The head in the order of RFC 2131, figure 1, over octets that are 0.
void WriteHead(const Head& head, char* at) {
  at[0] = static_cast<char>(head.op);
  at[1] = static_cast<char>(head.htype);
  at[2] = static_cast<char>(head.hlen);
  at[3] = static_cast<char>(head.hops);
  Put32(at + 4, head.xid);
  Put16(at + 8, head.secs);
  Put16(at + 10, head.flags);
  Put32(at + 12, head.ciaddr.value());
  Put32(at + 16, head.yiaddr.value());
  Put32(at + 20, head.siaddr.value());
  Put32(at + 24, head.giaddr.value());
  std::memcpy(at + 28, head.chaddr.data(), kChaddrBytes);
  head.sname.copy(at + kSnameOffset, kSnameBytes);
  head.file.copy(at + kFileOffset, kFileBytes);
}

bool NamesFit(const Head& head) {
  return head.sname.size() <= kSnameBytes && head.file.size() <= kFileBytes;
}

// The area of a field: nothing when it is taken.
Area FieldArea(std::string_view text, std::size_t size, const Room& room, char* at) {
  const bool is_free = room.may_overload && text.empty();
  return {at, is_free ? size - kEndBytes : 0};
}

// The relay agent's option and what it takes; 0 for none.
struct Agent {
  std::string_view bytes = {};
  std::size_t wire_bytes = 0;
};

Agent FindAgent(std::span<const Option> options) {
  const auto agent = std::ranges::find(options, code::kRelayAgentInformation, &Option::code);
  return agent == options.end() ? Agent{} : Agent{agent->bytes, WireBytes(agent->bytes.size())};
}

std::size_t LastBesidesAgent(std::span<const Option> options) {
  std::size_t last = options.size();
  for (std::size_t n = 0; n < options.size(); ++n) {
    const std::uint8_t code = options[n].code;
    assert(code != code::kPad && code != code::kEnd && code != code::kOverload);
    if (code != code::kRelayAgentInformation) last = n;
  }
  return last;
}

// Behind the options that are there; how far all of them reach then.
std::size_t PutAgent(const Agent& agent, char* options_begin, std::size_t used) {
  if (agent.wire_bytes == 0) return used;
  Area area{options_begin, used + agent.wire_bytes, used};
  if (agent.bytes.empty()) area.PutPiece(code::kRelayAgentInformation, agent.bytes);
  area.PutPieces(code::kRelayAgentInformation, agent.bytes, area.capacity);
  return area.used;
}

}  // namespace

std::expected<Encoded, EncodeError> Encode(const Head& head, std::span<const Option> options,
                                           const Room& room, std::span<char> buffer) {
  if (!NamesFit(head)) return std::unexpected(EncodeError::kNameTooLong);
  const std::size_t bytes_min = std::max(room.bytes_min, kMessageBytesMin);
  if (buffer.size() < bytes_min) return std::unexpected(EncodeError::kBufferTooSmall);

  Encoded result;
  Agent agent = FindAgent(options);
  if (agent.wire_bytes > buffer.size() - bytes_min) {
    result.left_out.set(code::kRelayAgentInformation);
    agent = {};
  }

  char* const options_begin = buffer.data() + kHeadBytes + kCookieBytes;
  const std::size_t end =
      std::min(std::max(room.bytes_max, kMessageBytesMin), buffer.size() - agent.wire_bytes);
  std::memset(buffer.data(), 0, std::max(end + agent.wire_bytes, bytes_min));
  WriteHead(head, buffer.data());
  kCookie.copy(buffer.data() + kHeadBytes, kCookieBytes);

  Areas areas({options_begin, end - kHeadBytes - kCookieBytes - kEndBytes},
              FieldArea(head.file, kFileBytes, room, buffer.data() + kFileOffset),
              FieldArea(head.sname, kSnameBytes, room, buffer.data() + kSnameOffset));
  const std::size_t last = LastBesidesAgent(options);
  for (std::size_t n = 0; n < options.size(); ++n) {
    if (options[n].code == code::kRelayAgentInformation) continue;
    if (!areas.Put(options[n], n == last)) result.left_out.set(options[n].code);
  }
  const std::size_t used = PutAgent(agent, options_begin, areas.Finish());
  options_begin[used] = static_cast<char>(code::kEnd);
  const std::size_t size = kHeadBytes + kCookieBytes + used + kEndBytes;
  result.bytes = {buffer.data(), std::max(size, bytes_min)};
  return result;
}

std::expected<std::string_view, EncodeError> EncodeBare(const Head& head,
                                                        std::string_view vendor_field,
                                                        std::span<char> buffer) {
  if (!NamesFit(head)) return std::unexpected(EncodeError::kNameTooLong);
  const std::size_t size = std::max(kHeadBytes + vendor_field.size(), kMessageBytesMin);
  if (buffer.size() < size) return std::unexpected(EncodeError::kBufferTooSmall);
  std::memset(buffer.data(), 0, size);
  WriteHead(head, buffer.data());
  vendor_field.copy(buffer.data() + kHeadBytes, vendor_field.size());
  return std::string_view(buffer.data(), size);
}

}  // namespace dhcpair::dhcp
