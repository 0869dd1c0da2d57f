#include "pair/scalars.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "pair/rules.h"
#include "text/suggest.h"

namespace dhcpair::pair {
namespace {

// The scalar of a field, or nothing after reporting that it is none.
const YamlNode* Scalar(const Field* field, Reporter& reporter) {
  if (field == nullptr) return nullptr;
  if (field->value->kind == YamlNode::Kind::kScalar) return field->value;
  ReportWrongType(*field, *field->value, reporter);
  return nullptr;
}

void ReportOctal(const Field& field, Reporter& reporter) {
  const std::string& text = field.value->text;
  std::string decimal = text.substr(std::min(text.find_first_not_of("0o"), text.size()));
  if (decimal.empty()) decimal = "0";
  std::string message = fmt::format(
      "'{}' has a leading zero, which many programs read as octal; "
      "write {}",
      text, decimal);
  std::int64_t octal = 0;
  const auto [end, error] =
      std::from_chars(decimal.data(), decimal.data() + decimal.size(), octal, 8);
  const bool is_octal = error == std::errc() && end == decimal.data() + decimal.size();
  if (is_octal && std::to_string(octal) != decimal) message += fmt::format(", or {}", octal);
  reporter.Report(rules::kOctalNumber, field.value->span, std::move(message));
}

void ReportNumber(const Field& field, NumberError error, const text::Rule& not_decimal,
                  Reporter& reporter) {
  const Key& key = *field.key;
  const YamlNode& value = *field.value;
  switch (error) {
    case NumberError::kLooksOctal:
      return ReportOctal(field, reporter);
    case NumberError::kLooksBoolean:
      return reporter.Report(rules::kBooleanNumber, value.span,
                             fmt::format("'{}' takes {}, and '{}' is a boolean to YAML", key.name,
                                         Takes(key), value.text));
    case NumberError::kNotDecimal:
      return reporter.Report(
          not_decimal, value.span,
          fmt::format("'{}' takes {}, not '{}'", key.name, Takes(key), value.text));
    case NumberError::kOutOfRange:
      return reporter.Report(
          rules::kOutOfRange, value.span,
          fmt::format("'{}' takes {}; '{}' is outside", key.name, Takes(key), value.text));
  }
}

bool IsQuoted(const Field& field, Reporter& reporter) {
  if (!field.value->quoted) return false;
  reporter.Report(
      rules::kWrongType, field.value->span,
      fmt::format("'{}' takes {}: write it without quotes", field.key->name, Takes(*field.key)));
  return true;
}

// Reports "'TEXT' is not absolute ..." for a text that a value type refused.
void ReportText(const text::Rule& rule, const Field& field, const YamlNode& value,
                std::string_view what, Reporter& reporter) {
  reporter.Report(rule, value.span,
                  fmt::format("'{}' of '{}' {}", value.text, field.key->name, what));
}

bool HasControlCharacters(std::string_view text, std::string_view allowed) {
  return std::ranges::any_of(text, [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 || byte == 0x7f) && !allowed.contains(c);
  });
}

// The items of a list of scalars; reports the items that are none.
std::optional<std::vector<const YamlNode*>> Words(const Field* field, Reporter& reporter) {
  if (field == nullptr) return std::nullopt;
  if (field->value->kind != YamlNode::Kind::kList) {
    ReportWrongType(*field, *field->value, reporter);
    return std::nullopt;
  }
  std::vector<const YamlNode*> words;
  for (const YamlNode& item : field->value->items) {
    if (item.kind == YamlNode::Kind::kScalar) {
      words.push_back(&item);
    } else {
      ReportWrongType(*field, item, reporter);
    }
  }
  return words;
}

}  // namespace

std::optional<int> ReadInteger(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr || IsQuoted(*field, reporter)) return std::nullopt;
  const auto number = ParseNumber(value->text);
  if (!number) {
    ReportNumber(*field, number.error(), rules::kBadNumber, reporter);
    return std::nullopt;
  }
  if (*number < field->key->min || *number > field->key->max) {
    ReportNumber(*field, NumberError::kOutOfRange, rules::kBadNumber, reporter);
    return std::nullopt;
  }
  return static_cast<int>(*number);
}

std::optional<Seconds> ReadSeconds(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  const auto seconds = ParseSeconds(value->text);
  if (!seconds) {
    ReportNumber(*field, seconds.error(), rules::kBadDuration, reporter);
    return std::nullopt;
  }
  if (seconds->count() < field->key->min || seconds->count() > field->key->max) {
    ReportNumber(*field, NumberError::kOutOfRange, rules::kBadDuration, reporter);
    return std::nullopt;
  }
  return *seconds;
}

std::optional<base::Ipv4Address> ReadAddress(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  const auto address = base::Ipv4Address::Parse(value->text);
  if (!address) {
    ReportText(rules::kBadAddress, *field, *value, Describe(address.error()), reporter);
    return std::nullopt;
  }
  if (!address->is_host_address()) {
    ReportText(rules::kBadAddress, *field, *value, "is no address that a host can have", reporter);
    return std::nullopt;
  }
  return *address;
}

std::optional<PeerName> ReadName(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  auto name = PeerName::Parse(value->text);
  if (!name) {
    ReportText(rules::kBadName, *field, *value, name.error(), reporter);
    return std::nullopt;
  }
  return *std::move(name);
}

std::optional<std::string> ReadKeyName(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  if (!IsKeyName(value->text)) {
    ReportText(rules::kBadName, *field, *value,
               "is no key name: a letter, then letters, digits and . _ -", reporter);
    return std::nullopt;
  }
  return value->text;
}

std::optional<std::string> ReadHost(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  if (!IsSshDestination(value->text)) {
    ReportText(rules::kBadHost, *field, *value,
               value->text.contains(':')
                   ? "is no ssh destination such as root@192.168.13.6; the port goes into 'ssh: "
                     "{port: 22}'"
                   : "is no ssh destination such as root@192.168.13.6 or an alias",
               reporter);
    return std::nullopt;
  }
  return value->text;
}

std::optional<Hba> ReadHba(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  const auto hba = Hba::Parse(value->text);
  if (!hba) {
    ReportText(rules::kBadHba, *field, *value, hba.error(), reporter);
    return std::nullopt;
  }
  return *hba;
}

std::optional<NodePath> ReadNodePath(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  auto path = NodePath::Parse(value->text);
  if (!path) {
    ReportText(rules::kBadPath, *field, *value, path.error(), reporter);
    return std::nullopt;
  }
  return *std::move(path);
}

std::optional<std::vector<NodePath>> ReadNodePaths(const Field* field, Reporter& reporter) {
  const auto words = Words(field, reporter);
  if (!words) return std::nullopt;
  std::vector<NodePath> paths;
  for (const YamlNode* const word : *words) {
    auto path = NodePath::Parse(word->text);
    if (path) {
      paths.push_back(*std::move(path));
    } else {
      ReportText(rules::kBadPath, *field, *word, path.error(), reporter);
    }
  }
  return paths;
}

std::optional<std::string> ReadLocalPath(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  if (value->text.empty() || value->text.contains('\0') || HasControlCharacters(value->text, "")) {
    ReportText(rules::kBadPath, *field, *value, "is no path", reporter);
    return std::nullopt;
  }
  if (value->text.starts_with('/')) return value->text;
  const std::string& pair_file = reporter.source()->name();
  const auto slash = pair_file.rfind('/');
  return slash == std::string::npos ? value->text : pair_file.substr(0, slash + 1) + value->text;
}

std::optional<int> ReadMode(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  const auto mode = ParseMode(value->text);
  if (!mode) {
    ReportText(rules::kBadMode, *field, *value,
               "is no file mode of three or four octal digits such as 0644", reporter);
    return std::nullopt;
  }
  return *mode;
}

std::optional<std::string> ReadLines(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  if (HasControlCharacters(value->text, "\n\t")) {
    reporter.Report(
        rules::kBadText, value->span,
        fmt::format("'{}' has a control character other than tab and newline", field->key->name));
    return std::nullopt;
  }
  std::string lines = value->text;
  if (!lines.empty() && !lines.ends_with('\n')) lines += '\n';
  return lines;
}

std::optional<std::string> ReadCommand(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  const bool says_nothing = value->text.find_first_not_of(' ') == std::string::npos;
  if (says_nothing || HasControlCharacters(value->text, "")) {
    ReportText(rules::kBadText, *field, *value, "is not one line for a shell", reporter);
    return std::nullopt;
  }
  return value->text;
}

std::optional<std::string> ReadWord(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  const bool is_word = !value->text.empty() && !value->text.starts_with('-') &&
                       !value->text.contains(' ') && !HasControlCharacters(value->text, "");
  if (!is_word) {
    ReportText(rules::kBadText, *field, *value, "is not one word", reporter);
    return std::nullopt;
  }
  return value->text;
}

std::optional<std::string_view> ReadChoice(const Field* field, Reporter& reporter) {
  const YamlNode* const value = Scalar(field, reporter);
  if (value == nullptr) return std::nullopt;
  const auto choices = Choices(*field->key);
  const auto found = std::ranges::find(choices, value->text);
  if (found != choices.end()) return *found;
  std::string what = fmt::format("is not {}", Takes(*field->key));
  if (const auto meant = text::DidYouMean(value->text, choices)) {
    what += fmt::format("; did you mean '{}'?", *meant);
  }
  ReportText(rules::kUnknownChoice, *field, *value, what, reporter);
  return std::nullopt;
}

std::optional<std::vector<std::string>> ReadInterfaces(const Field* field, Reporter& reporter) {
  const auto words = Words(field, reporter);
  if (!words) return std::nullopt;
  std::vector<std::string> interfaces;
  for (const YamlNode* const word : *words) {
    if (!IsInterfaceName(word->text)) {
      ReportText(rules::kBadInterface, *field, *word, "is no interface name such as em0", reporter);
    } else if (std::ranges::find(interfaces, word->text) != interfaces.end()) {
      ReportText(rules::kBadInterface, *field, *word, "is listed twice", reporter);
    } else {
      interfaces.push_back(word->text);
    }
  }
  return interfaces;
}

}  // namespace dhcpair::pair
