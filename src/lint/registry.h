#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "text/rule.h"

namespace dhcpair::lint {

/// All rules of all rooms, family by family.
std::vector<const text::Rule*> AllRules();

/// What a word stands for: one rule by its id, all rules of an alias ("FP205"), or those whose ids
/// begin alike ("conf-"); case does not matter. Fails with "there is no rule 'x'; did you mean
/// 'y'?".
std::expected<std::vector<const text::Rule*>, std::string> FindRules(std::string_view word);

}  // namespace dhcpair::lint
