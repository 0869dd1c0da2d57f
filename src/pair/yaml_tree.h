#pragma once

#include <optional>
#include <string>
#include <vector>

#include "text/diagnostic.h"
#include "text/source_file.h"

namespace dhcpair::pair {

struct YamlEntry;

/// One value of a YAML document with its place. Scalars keep their text as written: whether "yes"
/// is a word or a boolean is for the key to say.
struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };

  // Not inline: what they start is a vector of a type that is not complete here.
  YamlNode();
  YamlNode(Kind the_kind, text::Span the_span);

  Kind kind = Kind::kNull;
  text::Span span;
  bool quoted = false;  ///< A scalar in quotes or a block scalar.
  std::string text;     ///< A scalar's text.
  std::vector<YamlNode> items;
  std::vector<YamlEntry> entries;  ///< A map's, in order, duplicates included.
};

struct YamlEntry {
  YamlNode key;
  YamlNode value;
};

/// Reads the one document of a pair file. Reports what no pair file may have (not UTF-8, not YAML,
/// aliases, tags, a second document, nothing at all) and returns nothing when there is no map to go
/// on with.
std::optional<YamlNode> ReadYaml(const text::SourcePtr& source, text::Diagnostics& diagnostics);

/// "a list", "a mapping", "a word", "nothing".
std::string_view Describe(YamlNode::Kind kind);

}  // namespace dhcpair::pair
