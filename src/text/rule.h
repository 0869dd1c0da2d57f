#pragma once

#include <string_view>

namespace dhcpair::text {

enum class Severity {
  kAdvice,   ///< Worth knowing; shown on request, never changes an exit code.
  kWarning,  ///< Works, but hurts sooner or later.
  kError,    ///< Does not work.
};

/// One thing that can be found wrong. Every finding names its rule, and every rule is one row of a
/// table that the registry of `lint` reads, so there is no finding whose id is not explained.
///
/// Ids are slugs of lower-case words, the first of which is the family: `pair-` for pair.yaml,
/// `template-` for templates, `conf-` for what dhcpd rejects in a dhcpd.conf, `dhcpd-` for what the
/// installed dhcpd says, and the subjects of what dhcpd accepts: `failover-`, `pool-`, `node-`,
/// `host-` and so on. An id is never renamed and never used again for something else.
struct Rule {
  std::string_view id;
  Severity severity;
  /// One sentence for lists of rules: what is wrong, in general.
  std::string_view summary;
  /// The codes of the same mistakes in the table of failover mistakes, with blanks between them:
  /// "FO001", "FO007 FO008".
  std::string_view alias = {};
  /// What it is where both nodes of a pair are checked together.
  Severity in_pair = severity;
};

}  // namespace dhcpair::text
