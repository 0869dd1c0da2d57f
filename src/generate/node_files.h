#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generate/template_set.h"
#include "pair/pair.h"
#include "text/diagnostic.h"

namespace dhcpair::generate {

/// One file of a node.
struct NodeFile {
  std::string name;        ///< In out/ROLE/.
  std::string belongs_in;  ///< The path on the node; of a fragment, the file it is a piece of.
  bool is_fragment;        ///< A piece of a boot file, never the whole of it.
  int mode;                ///< Permissions, here and on the node.
  std::string contents;
};

/// Everything that dhcpair writes for the node of this role: dhcpd.conf first, the file with the
/// OMAPI key where there is one, then the boot fragments of its platform. The same pair file and
/// templates give the same bytes. Reports what is wrong with a template and returns nothing then.
std::optional<std::vector<NodeFile>> GenerateNode(const pair::Pair& pair, pair::Role role,
                                                  const TemplateSet& templates,
                                                  text::Diagnostics& diagnostics);

/// The name of dhcpd.conf in out/ROLE/.
inline constexpr std::string_view kConfName = "dhcpd.conf";
/// The name of the file with the OMAPI key in out/ROLE/.
inline constexpr std::string_view kOmapiKeyName = "dhcpd.omapi-key";

}  // namespace dhcpair::generate
