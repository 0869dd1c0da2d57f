#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dhcpair::dhcp {

/// Some of the codes of options.
using CodeSet = std::bitset<256>;

/// An option with its value.
struct Option {
  std::uint8_t code = 0;
  std::string_view bytes = {};

  friend bool operator==(const Option&, const Option&) = default;
};

/// The options of one datagram: an index over bytes that must outlive it, found by their code in
/// one step. It allocates only for values that came in several pieces, which are joined in the
/// order in which they came (RFC 3396, which dhcpd applies to every option).
class OptionSet {
 public:
  /// Of what a datagram may measure.
  static constexpr std::size_t kDatagramBytesMax = 0xffff;

  // Written out, so that making one does not clear the tables: what has_ does not name is not read.
  // NOLINTNEXTLINE(modernize-use-equals-default)
  OptionSet() {}

  /// The value, whole; nothing when the option did not come. An empty one did come.
  std::optional<std::string_view> Find(std::uint8_t code) const {
    if (!has_[code]) return std::nullopt;
    return Value(code);
  }
  bool Has(std::uint8_t code) const { return has_[code]; }

  /// How many there are.
  std::size_t size() const { return size_; }
  /// The n-th, in the order in which their first pieces came.
  Option operator[](std::size_t n) const { return {order_[n], Value(order_[n])}; }

 private:
  friend class OptionReader;

  struct Place {
    std::uint16_t offset;
    std::uint16_t size;
  };

  std::string_view Value(std::uint8_t code) const {
    const std::string_view from = in_pieces_[code] ? std::string_view(joined_) : datagram_;
    return from.substr(places_[code].offset, places_[code].size);
  }

  std::string_view datagram_ = {};
  CodeSet has_ = {};
  CodeSet in_pieces_ = {};
  std::size_t size_ = 0;
  std::array<Place, 256> places_;
  std::array<std::uint8_t, 254> order_;
  std::string joined_ = {};
};

/// How far the options of a part of a datagram could be read.
enum class ReadEnd : std::uint8_t {
  kWhole,      ///< To END, or to the last byte.
  kTruncated,  ///< To an option that has no length, or runs past the end of the part.
};

/// Fills a set from the parts of a datagram, in their order.
class OptionReader {
 public:
  /// The datagram may have kDatagramBytesMax.
  OptionReader(std::string_view datagram, OptionSet& set);

  /// Reads the part of `size` bytes at `offset`. What came before an option that is cut off stays.
  ReadEnd Read(std::size_t offset, std::size_t size);

  /// Joins what came in pieces: needed before a value is asked for, and again behind a further
  /// part.
  void Join();

 private:
  struct Part {
    std::size_t offset;
    std::size_t size;
  };

  void Add(std::uint8_t code, std::size_t offset, std::size_t size);
  void JoinPart(Part part);

  OptionSet& set_;
  std::array<Part, 3> parts_{};
  std::size_t parts_count_ = 0;
};

/// The sub-options of an encapsulated option such as 82 or 43, one after the other (RFC 3046: no
/// padding, no end). For a loop:
///   for (SubOptions rest(bytes); const auto option = rest.Next();) ...
class SubOptions {
 public:
  explicit SubOptions(std::string_view bytes) : rest_(bytes) {}

  /// The next; nothing at the end, or where one is cut off.
  std::optional<Option> Next();
  /// Whether what is left begins with one that is cut off.
  bool is_malformed() const { return is_malformed_; }

 private:
  std::string_view rest_;
  bool is_malformed_ = false;
};

/// The value of the first sub-option of this code.
std::optional<std::string_view> FindSubOption(std::string_view bytes, std::uint8_t code);

}  // namespace dhcpair::dhcp
