#include "dhcp/option_set.h"

#include <cassert>

#include "dhcp/codes.h"

namespace dhcpair::dhcp {
namespace {

constexpr std::uint8_t ByteAt(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

// Calls `add` with the code, the offset and the size of each piece in the part.
template <typename AddPiece>
ReadEnd EachPiece(std::string_view datagram, std::size_t offset, std::size_t size, AddPiece add) {
  const std::size_t end = offset + size;
  while (offset < end) {
    const std::uint8_t code = ByteAt(datagram, offset++);
    if (code == code::kPad) continue;
    if (code == code::kEnd) return ReadEnd::kWhole;
    if (offset == end) return ReadEnd::kTruncated;
    const std::size_t length = ByteAt(datagram, offset++);
    if (length > end - offset) return ReadEnd::kTruncated;
    // Some clients send an empty host name, which no standard allows; dhcpd takes it for none.
    if (code != code::kHostName || length > 0) add(code, offset, length);
    offset += length;
  }
  return ReadEnd::kWhole;
}

}  // namespace

OptionReader::OptionReader(std::string_view datagram, OptionSet& set) : set_(set) {
  assert(datagram.size() <= OptionSet::kDatagramBytesMax);
  set_.datagram_ = datagram;
}

ReadEnd OptionReader::Read(std::size_t offset, std::size_t size) {
  assert(offset + size <= set_.datagram_.size());
  parts_.at(parts_count_++) = {offset, size};
  return EachPiece(
      set_.datagram_, offset, size,
      [this](std::uint8_t code, std::size_t at, std::size_t length) { Add(code, at, length); });
}

void OptionReader::Add(std::uint8_t code, std::size_t offset, std::size_t size) {
  OptionSet::Place& place = set_.places_[code];
  if (set_.has_[code]) {
    set_.in_pieces_.set(code);
    // No overflow: all pieces lie in one datagram.
    place.size = static_cast<std::uint16_t>(place.size + size);
    return;
  }
  set_.has_.set(code);
  place = {static_cast<std::uint16_t>(offset), static_cast<std::uint16_t>(size)};
  set_.order_[set_.size_++] = code;
}

void OptionReader::Join() {
  if (set_.in_pieces_.none()) return;
  std::size_t bytes = 0;
  for (std::size_t n = 0; n < set_.size_; ++n) {
    OptionSet::Place& place = set_.places_[set_.order_[n]];
    if (!set_.in_pieces_[set_.order_[n]]) continue;
    place.offset = static_cast<std::uint16_t>(bytes);
    bytes += place.size;
    place.size = 0;
  }
  // One further pass over all, however many pieces there are: what they cost stays in proportion
  // to the datagram.
  set_.joined_.resize(bytes);
  for (std::size_t n = 0; n < parts_count_; ++n) JoinPart(parts_[n]);
}

void OptionReader::JoinPart(Part part) {
  EachPiece(set_.datagram_, part.offset, part.size,
            [this](std::uint8_t code, std::size_t at, std::size_t length) {
              if (!set_.in_pieces_[code]) return;
              OptionSet::Place& place = set_.places_[code];
              set_.datagram_.copy(set_.joined_.data() + place.offset + place.size, length, at);
              place.size = static_cast<std::uint16_t>(place.size + length);
            });
}

std::optional<Option> SubOptions::Next() {
  if (rest_.empty()) return std::nullopt;
  if (rest_.size() < 2 || ByteAt(rest_, 1) > rest_.size() - 2) {
    is_malformed_ = true;
    return std::nullopt;
  }
  const Option option{ByteAt(rest_, 0), rest_.substr(2, ByteAt(rest_, 1))};
  rest_.remove_prefix(2 + option.bytes.size());
  return option;
}

std::optional<std::string_view> FindSubOption(std::string_view bytes, std::uint8_t code) {
  for (SubOptions rest(bytes); const auto option = rest.Next();) {
    if (option->code == code) return option->bytes;
  }
  return std::nullopt;
}

}  // namespace dhcpair::dhcp
