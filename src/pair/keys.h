#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dhcpair::pair {

/// The sections of a pair file in which keys stand.
enum class Place : std::uint8_t {
  kTop,
  kNode,  ///< `primary:` or `secondary:`
  kFailover,
  kPaths,
  kService,
  kOmapi,
  kSsh,
  kPlan,
  kFile,  ///< One item of `files:`
};

/// What a value looks like.
enum class ValueKind : std::uint8_t {
  kInteger,
  kSeconds,    ///< 1800, 30m, 1h
  kAddress,    ///< IPv4 literal
  kName,       ///< A failover peer's or a key's name
  kHost,       ///< ssh destination
  kHba,        ///< 32 octets in hexadecimal
  kLocalPath,  ///< A file here, relative to the pair file
  kNodePath,   ///< An absolute path on a node
  kMode,       ///< 0644
  kLines,      ///< Raw text of several lines
  kCommand,    ///< A line for a shell on the node
  kWord,
  kChoice,     ///< One of a fixed list
  kSection,    ///< A mapping with keys of its own
  kWords,      ///< A list of words
  kNodePaths,  ///< A list of absolute paths
  kFiles,      ///< A list of {from, to, mode}
};

/// One key of a pair file.
struct Key {
  std::string_view name;
  std::uint16_t places;  ///< A bit for each Place.
  ValueKind kind;
  std::int64_t min = 0;  ///< Of integers and of seconds.
  std::int64_t max = 0;
  std::string_view default_text = {};  ///< What holds when it is absent; empty: nothing.
  bool required = false;

  bool IsIn(Place place) const { return (places >> static_cast<int>(place) & 1) != 0; }
};

/// The longest time that any key takes, in seconds: a year, so that no sum of dhcpd's 32-bit times
/// can wrap.
inline constexpr std::int64_t kSecondsMax = 31'536'000;

/// All keys, in the order in which the manual and the schema list them. A name may have a row for
/// each section in which it means something else (`port`).
std::span<const Key> Keys();

/// The key of this name in a section, or nullptr.
const Key* FindKey(std::string_view name, Place place);

/// The section where a key of this name may stand, or nullptr where it is unknown everywhere.
const Key* FindKeyAnywhere(std::string_view name);

/// The names of all keys that may stand in a section.
std::vector<std::string_view> KeyNames(Place place);

/// How a section is called in messages: "'failover:'", "a node", "the top level".
std::string_view Describe(Place place);

/// What the key takes, as in "'port' takes ...": "a number from 1 to 65535".
std::string Takes(const Key& key);

/// The values of a key of kind kChoice.
std::span<const std::string_view> Choices(const Key& key);

}  // namespace dhcpair::pair
