#include "explain_language.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "base/name_index.h"
#include "conf/statements.h"
#include "dhcp/options.h"
#include "text/table.h"

namespace dhcpair {
namespace {

using conf::StatementDefinition;
using Json = nlohmann::ordered_json;

std::string ContextsOf(const StatementDefinition& statement) {
  std::string list;
  for (const conf::Context context : conf::AllContexts()) {
    if (!statement.contexts.Has(context)) continue;
    list += fmt::format("{}{}", list.empty() ? "" : ", ", Name(context));
  }
  return list.empty() ? "nowhere in a configuration of DHCPv4" : list;
}

// "range [dynamic-bootp] LOW [HIGH]"
std::string Written(const StatementDefinition& statement) {
  if (statement.argument.empty()) return std::string(statement.name);
  return fmt::format("{} {}", statement.name, statement.argument);
}

// A value of one part of a format.
std::string_view ExampleValue(char letter) {
  switch (letter) {
    case 'I':
      return "10.7.0.1";
    case '6':
      return "2001:db8::1";
    case 'f':
      return "true";
    case 't':
    case 'X':
      return "\"x\"";
    case 'U':
      return "agent";
    case 'k':
      return "k";
    default:
      return "5";
  }
}

std::string ExampleOf(const StatementDefinition& statement) {
  if (!statement.is_parameter()) return std::string(statement.example);
  if (statement.format.starts_with('N')) {
    const auto words = conf::Enumeration(statement.format.substr(1, statement.format.size() - 2));
    return fmt::format("{} {};", statement.name, words.front());
  }
  return fmt::format("{} {};", statement.name, ExampleValue(statement.format[0]));
}

std::string Describe(const StatementDefinition& statement) {
  std::string page =
      fmt::format("{};\n  stands in: {}\n", Written(statement), ContextsOf(statement));
  if (statement.is_global) page += "  counts: in the global scope only\n";
  if (!statement.standard.empty()) page += fmt::format("  default: {}\n", statement.standard);
  const std::string example = ExampleOf(statement);
  if (!example.empty()) page += fmt::format("  example: {}\n", example);
  if (statement.family == conf::Family::kV6) page += "  DHCPv6 only\n";
  return page;
}

std::string_view ValueOf(char letter) {
  switch (letter) {
    case 'I':
      return "IPv4 address or host name";
    case '6':
      return "IPv6 address";
    case 'L':
      return "number of 32 bits";
    case 'l':
      return "signed number of 32 bits";
    case 'S':
      return "number of 16 bits";
    case 's':
      return "signed number of 16 bits";
    case 'B':
      return "number of 8 bits";
    case 'b':
      return "signed number of 8 bits";
    case 'T':
      return "seconds or infinite";
    case 'f':
      return "true or false";
    case 't':
      return "text";
    case 'd':
      return "domain name";
    case 'D':
      return "domain names in quotation marks";
    case 'Z':
      return "nothing";
    default:
      return "text or octets with colons";
  }
}

// "IPv4 address or host name, number of 8 bits; repeated with commas"
std::string ValuesOf(std::string_view format) {
  std::string values;
  bool repeats = false;
  for (std::size_t at = 0; at < format.size(); ++at) {
    const char letter = format[at];
    repeats = repeats || letter == 'A' || letter == 'a';
    if (std::string_view("Aaoc").contains(letter)) continue;
    if (!values.empty()) values += ", ";
    values += ValueOf(letter);
    if (letter == 'N' || letter == 'E') at = std::min(format.find('.', at), format.size());
  }
  return repeats ? values + "; several have commas between them" : values;
}

std::string Describe(const dhcp::OptionDefinition& option) {
  const std::string space = option.space == "dhcp" ? "" : fmt::format("{}.", option.space);
  return fmt::format("option {}{} VALUE;\n  option {} of the space {}\n  value: {}\n", space,
                     option.name, option.code, option.space, ValuesOf(option.format));
}

}  // namespace

std::optional<std::string> DescribeLanguage(std::string_view name) {
  std::string pages;
  for (const StatementDefinition& statement : conf::Statements()) {
    if (base::EqualsInAnyCase(statement.name, name)) pages += Describe(statement);
  }
  for (const dhcp::OptionDefinition& option : dhcp::Options()) {
    const bool is_it = base::EqualsInAnyCase(option.name, name) ||
                       base::EqualsInAnyCase(fmt::format("{}.{}", option.space, option.name), name);
    // Those of DHCPv6 share their names with others, and nobody here means them.
    if (is_it && !option.space.contains('6')) pages += Describe(option);
  }
  if (pages.empty()) return std::nullopt;
  return pages;
}

std::string ListStatements() {
  std::vector<std::vector<std::string>> rows;
  for (const StatementDefinition& statement : conf::Statements()) {
    rows.push_back({Written(statement), std::string(statement.standard), ContextsOf(statement)});
  }
  return text::FormatTable(rows);
}

Json StatementsJson() {
  Json all = Json::array();
  for (const StatementDefinition& statement : conf::Statements()) {
    Json contexts = Json::array();
    for (const conf::Context context : conf::AllContexts()) {
      if (statement.contexts.Has(context)) contexts.push_back(Name(context));
    }
    all.push_back({{"name", statement.name},
                   {"argument", statement.argument},
                   {"contexts", std::move(contexts)},
                   {"family", statement.family == conf::Family::kBoth ? "both"
                              : statement.family == conf::Family::kV4 ? "v4"
                                                                      : "v6"},
                   {"default", statement.standard},
                   {"global", statement.is_global},
                   {"example", ExampleOf(statement)}});
  }
  return all;
}

}  // namespace dhcpair
