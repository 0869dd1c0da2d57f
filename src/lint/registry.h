#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "text/rule.h"

namespace dhcpair::lint {

/// What is looked at in one go. Each finds what those before it find, and more.
enum class Context {
  kFile,          ///< A dhcpd.conf alone.
  kNodes,         ///< Those of both nodes of a pair.
  kPair,          ///< A pair.yaml, and what is generated from it.
  kPairAndDhcpd,  ///< That, and a dhcpd has its say.
  kAdoption,      ///< What a dhcpd.conf becomes; `adopt` alone looks at that, and lint never does.
};

/// All rules of all rooms, family by family.
std::vector<const text::Rule*> AllRules();

/// What a word stands for: one rule by its id, all rules of an alias ("FP205"), or those whose ids
/// begin alike ("host-", "host-*"); case does not matter. Fails with "there is no rule 'x'; did you
/// mean 'y'?".
std::expected<std::vector<const text::Rule*>, std::string> FindRules(std::string_view word);

/// Whether a check of this kind can find it broken at all.
bool Speaks(const text::Rule& rule, Context context);

/// Whether it may be passed over. What keeps dhcpd from starting, or us from reading on, may not;
/// nor may what only `adopt` speaks of, which passes over nothing.
bool CanBeIgnored(const text::Rule& rule);

}  // namespace dhcpair::lint
