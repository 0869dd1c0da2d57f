#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace dhcpair {

/// What there is to know of a statement or an option of dhcpd.conf: how it is written, where it may
/// stand, what counts where nothing is said. Absent where there is none of this name.
std::optional<std::string> DescribeLanguage(std::string_view name);

/// All statements, one line each.
std::string ListStatements();
/// The same as an array of objects: name, argument, contexts, family, default, example.
nlohmann::ordered_json StatementsJson();

}  // namespace dhcpair
