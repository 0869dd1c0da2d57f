#include "sync/boot_text.h"

#include <algorithm>

namespace dhcpair::sync {
namespace {

constexpr std::string_view kBegin = "# dhcpair: begin (dhcpair push --install writes this)\n";
constexpr std::string_view kEnd = "# dhcpair: end\n";
// The service of OpenBSD's isc-dhcp-server package.
constexpr std::string_view kPackageFlags = "isc_dhcpd_flags";
constexpr std::string_view kPackageService = "isc_dhcpd";

struct Block {
  std::size_t begin;
  std::size_t end;
};

std::optional<Block> FindBlock(std::string_view file) {
  const auto at_line_start = [&](std::string_view mark, std::size_t from) {
    std::size_t at = file.find(mark, from);
    while (at != std::string_view::npos && at > 0 && file[at - 1] != '\n') {
      at = file.find(mark, at + 1);
    }
    return at;
  };
  const std::size_t begin = at_line_start(kBegin, 0);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = at_line_start(kEnd, begin + kBegin.size());
  if (end == std::string_view::npos) return std::nullopt;
  return Block{begin, end + kEnd.size()};
}

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool IsNameChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view Unquoted(std::string_view value) {
  const bool is_quoted =
      value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0];
  return is_quoted ? value.substr(1, value.size() - 2) : value;
}

std::optional<BootSetting> ReadSetting(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == 0 || equals == std::string_view::npos) return std::nullopt;
  const std::string_view name = line.substr(0, equals);
  if (!std::ranges::all_of(name, IsNameChar)) return std::nullopt;
  const std::string_view written = line.substr(equals + 1);
  const std::string_view value = Unquoted(written);
  if (value.find_first_of("\"'\\$`#\t\r") != std::string_view::npos) return std::nullopt;
  // Without quotes a shell ends the value at a blank.
  if (value.size() == written.size() && value.find_first_of(" ;&|<>()") != std::string_view::npos) {
    return std::nullopt;
  }
  return BootSetting{std::string(name), std::string(value)};
}

// Puts the line in the place of the first of its name, which becomes the only one.
void SetLine(std::vector<std::string>& lines, const std::string& name, const std::string& value) {
  const std::string start = name + "=";
  const auto is_its = [&](const std::string& line) { return line.starts_with(start); };
  const auto first = std::ranges::find_if(lines, is_its);
  if (first == lines.end()) {
    lines.push_back(start + value);
    return;
  }
  *first = start + value;
  lines.erase(std::remove_if(first + 1, lines.end(), is_its), lines.end());
}

bool HasWord(std::string_view words, std::string_view word) {
  return (" " + std::string(words) + " ").contains(" " + std::string(word) + " ");
}

void Enable(std::vector<std::string>& lines) {
  constexpr std::string_view kStart = "pkg_scripts=";
  // Of several lines the last counts.
  const auto last =
      std::ranges::find_if(lines.rbegin(), lines.rend(),
                           [&](const std::string& line) { return line.starts_with(kStart); });
  const std::string present(
      last == lines.rend() ? "" : Unquoted(std::string_view(*last).substr(kStart.size())));
  if (HasWord(present, kPackageService)) return;
  SetLine(lines, "pkg_scripts",
          present + (present.empty() ? "" : " ") + std::string(kPackageService));
}

}  // namespace

std::string WithMarkedBlock(std::string_view file, std::string_view piece) {
  std::string block(kBegin);
  block += piece;
  if (!piece.empty() && !piece.ends_with('\n')) block += '\n';
  block += kEnd;
  if (const auto old = FindBlock(file)) {
    return std::string(file.substr(0, old->begin)) + block + std::string(file.substr(old->end));
  }
  std::string text(file);
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  return text + block;
}

std::string WithoutMarkedBlock(std::string_view file) {
  const auto block = FindBlock(file);
  if (!block) return std::string(file);
  return std::string(file.substr(0, block->begin)) + std::string(file.substr(block->end));
}

std::optional<std::vector<BootSetting>> BootSettings(std::string_view piece) {
  std::vector<BootSetting> settings;
  for (const std::string& line : LinesOf(piece)) {
    if (line.empty() || line.starts_with('#')) continue;
    auto setting = ReadSetting(line);
    if (!setting) return std::nullopt;
    settings.push_back(*std::move(setting));
  }
  if (settings.empty()) return std::nullopt;
  return settings;
}

std::string WithRcctlLines(std::string_view file, std::span<const BootSetting> settings) {
  std::vector<std::string> lines = LinesOf(file);
  for (const BootSetting& setting : settings) {
    SetLine(lines, setting.name, setting.value);
    if (setting.name == kPackageFlags && setting.value != "NO") Enable(lines);
  }
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace dhcpair::sync
