#include "lint/rules.h"

#include <array>
#include <vector>

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

constexpr Rule kIgnoreBadComment{"ignore-bad-comment", kWarning,
                                 "a comment for dhcpair does not say what it should"};
constexpr Rule kIgnoreWithoutReason{"ignore-without-reason", kWarning,
                                    "a comment ignores a rule and does not say why"};
constexpr Rule kIgnoreUnknownRule{"ignore-unknown-rule", kWarning,
                                  "a comment ignores a rule that there is not"};
constexpr Rule kIgnoreOfError{"ignore-of-error", kWarning,
                              "a comment ignores what keeps dhcpd from starting"};
constexpr Rule kIgnoreUnused{"ignore-unused", kWarning,
                             "a comment ignores a rule that finds nothing wrong there"};

constexpr std::array kOfIncludes{&kUnlistedInclude, &kTooManyIncludes};
constexpr std::array kOfDhcpd{&kDhcpdRejects, &kDhcpdWarns, &kDhcpdFailed, &kDhcpdConfined};
constexpr std::array kOfIgnoring{&kIgnoreBadComment, &kIgnoreWithoutReason, &kIgnoreUnknownRule,
                                 &kIgnoreOfError, &kIgnoreUnused};

std::span<const Rule* const> OfIncludes() { return kOfIncludes; }
std::span<const Rule* const> OfDhcpd() { return kOfDhcpd; }
std::span<const Rule* const> OfIgnoring() { return kOfIgnoring; }

std::span<const Rule* const> All() {
  static const std::vector<const Rule*> kAll = [] {
    std::vector<const Rule*> all;
    for (const auto family : {OfIncludes(), OfDhcpd(), OfIgnoring()}) {
      all.insert(all.end(), family.begin(), family.end());
    }
    return all;
  }();
  return kAll;
}

}  // namespace dhcpair::lint::rules
