#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "conf/parse.h"

namespace dhcpair::conf {

/// The name of an option and the format of its value.
struct OptionName {
  std::string_view space;                  ///< In lower case.
  std::string_view name;                   ///< In lower case.
  std::string_view written;                ///< The name as it stands in the file.
  text::Span span;                         ///< Of space and name.
  std::optional<std::string_view> format;  ///< Absent for one that is not known.
  std::uint32_t code = 0;
};

/// NAME or SPACE.NAME. One that is not known is reported, or handed on when it may be about to be
/// defined.
enum class MayBeNew { kNo, kYes };
std::optional<OptionName> ParseOptionName(Parse& parse, MayBeNew may_be_new);

/// "unknown option 'routres'", and what was probably meant.
std::string UnknownOption(std::string_view space, std::string_view name);

bool IsOptionSpace(const Known& known, std::string_view name);

/// A value of this format (dhcp::OptionDefinition::format), up to its ';': the octets that go on
/// the wire, or an expression with names in it that are looked up later. A domain name comes as RFC
/// 1035 writes it, an enumerator as its place in the list of its words, `ignore` for a flag as 2.
std::optional<ExpressionId> ParseOptionData(Parse& parse, std::string_view format);

struct OptionValue {
  ExpressionId value;
  Origin origin;
};

/// When dhcpd executes a statement: all of the global scope once when it starts, too.
enum class Executed { kAtStart, kForClients };

/// Such a value, or '=' and an expression; and the ';'. Absent where something was reported: it is
/// wrong, or, with ";;", an empty value on which dhcpd crashes when it is executed.
std::optional<OptionValue> ParseOptionValue(Parse& parse, std::string_view format,
                                            Executed executed);

}  // namespace dhcpair::conf
