#include "lint/rules.h"

#include <array>

namespace dhcpair::lint::rules {

using text::Rule;
using enum text::Severity;

constexpr Rule kUnlistedInclude{"conf-unlisted-include", kError,
                                "an included file is neither shared nor declared unmanaged"};
constexpr Rule kTooManyIncludes{"conf-too-many-includes", kError,
                                "more files are included than can be checked"};
constexpr Rule kDhcpdRejects{"dhcpd-rejects", kError, "the installed dhcpd rejects this"};
constexpr Rule kDhcpdWarns{"dhcpd-warns", kWarning, "the installed dhcpd warns of this"};
constexpr Rule kDhcpdFailed{"dhcpd-failed", kError, "dhcpd -t could not finish its check"};
constexpr Rule kDhcpdConfined{"dhcpd-confined", kWarning,
                              "this machine does not let dhcpd read the files to be checked"};

std::span<const Rule* const> All() {
  static constexpr std::array kAll{
      &kUnlistedInclude, &kTooManyIncludes, &kDhcpdRejects,
      &kDhcpdWarns,      &kDhcpdFailed,     &kDhcpdConfined,
  };
  return kAll;
}

}  // namespace dhcpair::lint::rules
