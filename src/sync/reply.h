#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dhcpair::sync {

/// One thing that a node says in its answer: a line "NAME VALUE", or a block of bytes.
struct ReplyItem {
  std::string_view name;
  std::string_view value;
};

/// What a step wrote between its two lines with the caller's nonce. Refers to the text that it was
/// read from. Either the step was done, or `failure` names why not.
struct Reply {
  static constexpr std::size_t kItemsMax = 200'000;

  std::vector<ReplyItem> items;
  /// The kind and the message of a step that failed.
  std::optional<ReplyItem> failure;

  /// The last value of this name, or nothing.
  std::optional<std::string_view> Find(std::string_view name) const;
  /// The same as a number from 0 on; nothing for anything else.
  std::optional<std::int64_t> FindNumber(std::string_view name) const;
};

/// Why an answer cannot be used.
enum class ReplyError : std::uint8_t {
  kNotThere,  ///< No line with our nonce: the shell or a banner said something else.
  kCutOff,    ///< It begins and does not end.
  kMalformed,
};

/// Reads a step's answer out of all that came back. What stands before its first line is a banner
/// and what stands behind its last one a logout message; both are passed over.
[[nodiscard]] std::expected<Reply, ReplyError> ReadReply(std::string_view text,
                                                         std::string_view nonce);

}  // namespace dhcpair::sync
