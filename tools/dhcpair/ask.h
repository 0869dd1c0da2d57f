#pragma once

#include <string_view>

namespace dhcpair {

enum class Reply { kYes, kNo, kNobodyThere };

/// Asks on the terminal; only "y" and "yes" are kYes. kNobodyThere where standard input is no
/// terminal: the caller says which option would have answered.
Reply Ask(std::string_view question);

}  // namespace dhcpair
