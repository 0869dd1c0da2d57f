#include "generate/starter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "generate/builtin_templates.h"
#include "generate/template.h"
#include "generate/yaml_text.h"

namespace dhcpair::generate {
namespace {

std::string PlainText(const std::string& text) { return text; }

// `write` is how the language of the file writes a text.
Vocabulary StarterVocabulary(const StarterFacts& facts, std::string (*write)(const std::string&)) {
  std::vector<std::string> interfaces;
  interfaces.reserve(facts.interfaces.size());
  for (const std::string& interface : facts.interfaces) interfaces.push_back(write(interface));
  Vocabulary words;
  words.values = {
      {"pair", write(facts.pair_name)},
      {"primary", facts.primary.ToString()},
      {"secondary", facts.secondary.ToString()},
      {"primary-host", write(facts.primary_host)},
      {"secondary-host", write(facts.secondary_host)},
      {"port", std::to_string(facts.port)},
      {"mclt", std::to_string(facts.mclt_seconds)},
      {"split", std::to_string(facts.split)},
      {"platform", facts.platform},
      {"interfaces", fmt::format("{}", fmt::join(interfaces, ", "))},
      {"subnet", facts.subnet.network().ToString()},
      {"netmask", facts.subnet.netmask().ToString()},
      {"first", facts.range.first.ToString()},
      {"last", facts.range.last.ToString()},
      {"router", facts.router.ToString()},
  };
  words.flags = {{"has-platform", !facts.platform.empty()},
                 {"has-interfaces", !facts.interfaces.empty()}};
  return words;
}

std::string RenderBuiltin(std::string_view name, const Vocabulary& words) {
  const auto builtin = std::ranges::find(BuiltinTemplates(), name, &BuiltinTemplate::name);
  assert(builtin != BuiltinTemplates().end());
  text::Diagnostics diagnostics;
  const auto rendered = Render(
      std::make_shared<const text::SourceFile>(std::string(name), std::string(builtin->text)),
      words, {}, diagnostics);
  // Our own template and our own names: a test renders every one of them.
  assert(rendered.has_value());
  return *rendered;
}

}  // namespace

StarterFiles PrintStarter(const StarterFacts& facts) {
  return {RenderBuiltin("init/pair.yaml.mustache", StarterVocabulary(facts, YamlText)),
          RenderBuiltin("init/dhcpd.master.mustache", StarterVocabulary(facts, PlainText))};
}

std::optional<AddressRange> ChooseRange(const base::Prefix& subnet,
                                        const std::vector<base::Ipv4Address>& taken) {
  const std::uint64_t network = subnet.network().value();
  const std::uint64_t broadcast = subnet.broadcast().value();
  if (broadcast - network < 7) return std::nullopt;
  const std::uint64_t middle = network + (broadcast - network + 1) / 2;
  // The upper half by custom, then the lower one; within a half what lies above the last address
  // that is taken there, else what lies below the first.
  for (const auto& [low, high] : {std::pair{middle, broadcast - 1}, {network + 1, middle - 1}}) {
    std::uint64_t above = low;
    std::uint64_t below = high;
    for (const base::Ipv4Address address : taken) {
      const std::uint64_t value = address.value();
      if (value < low || value > high) continue;
      above = std::max(above, value + 1);
      below = std::min(below, value - 1);
    }
    // One address cannot be shared out between two servers.
    const std::uint64_t size_min = std::max<std::uint64_t>(2, (high - low + 1) / 2);
    const auto range = [](std::uint64_t first, std::uint64_t last) {
      return AddressRange{base::Ipv4Address(static_cast<std::uint32_t>(first)),
                          base::Ipv4Address(static_cast<std::uint32_t>(last))};
    };
    if (above <= high && high - above + 1 >= size_min) return range(above, high);
    if (below >= low && below - low + 1 >= size_min) return range(low, below);
  }
  return std::nullopt;
}

}  // namespace dhcpair::generate
