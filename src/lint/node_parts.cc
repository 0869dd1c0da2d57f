#include "lint/node_parts.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace dhcpair::lint {

using conf::Index;
using conf::Origin;

namespace {

// Which files both nodes have in the same words. What is declared there needs no comparing.
class Twins {
 public:
  Twins(const conf::Model& model, const conf::Model& other) {
    const Texts here = TextsOf(model);
    const Texts there = TextsOf(other);
    for (const auto& file : model.files) {
      const std::string_view text = file.source->contents();
      const auto found = there.find(text);
      is_twin_.push_back(here.at(text) == 1 && found != there.end() && found->second == 1);
    }
  }

  bool Has(const Origin& origin) const { return is_twin_[origin.file]; }
  bool has_any() const { return std::ranges::find(is_twin_, true) != is_twin_.end(); }

 private:
  // How often a file is read. One that is included in a block means what the block makes of it, so
  // it counts as read several times.
  using Texts = std::unordered_map<std::string_view, int>;

  static Texts TextsOf(const conf::Model& model) {
    Texts texts;
    for (const auto& file : model.files) ++texts[file.source->contents()];
    for (std::size_t at = 1; at < model.scopes.size(); ++at) {
      const conf::Scope& scope = model.scopes[at];
      const Index parent = scope.parent.value_or(0);
      const bool is_included = parent != 0 && model.scopes[parent].origin.file != scope.origin.file;
      if (is_included) texts[model.files[scope.origin.file].source->contents()] += 2;
    }
    return texts;
  }

  std::vector<bool> is_twin_;
};

class PartList {
 public:
  PartList(const Node& node, const std::vector<Relation>& relations, const conf::Model& other)
      : model_(node.model),
        twins_(node.model, other),
        is_of_third_party_(node.model.networks.size()) {
    for (const conf::Pool& pool : model_.pools) {
      if (!pool.peer || relations[*pool.peer].bond != Bond::kThirdParty) continue;
      is_of_third_party_[pool.network] = true;
    }
  }

  std::vector<Part> Run() && {
    AddOptions();
    AddNetworks();
    AddClasses();
    for (Index at = 0; at < model_.hosts.size(); ++at) {
      const conf::Host& host = model_.hosts[at];
      Add(host.origin, {.kind = PartKind::kHost, .name = host.name, .index = at});
    }
    std::ranges::sort(parts_, {}, [](const Part& part) {
      return std::tuple_cat(part.Key(), std::tie(part.index));
    });
    return std::move(parts_);
  }

 private:
  void AddOptions() {
    for (Index at = 0; at < model_.options.size(); ++at) {
      const auto& option = model_.options[at];
      Add(option.origin,
          {.kind = PartKind::kOption, .name = option.name, .detail = option.space, .index = at});
    }
  }

  void AddNetworks() {
    for (Index at = 0; at < model_.subnets.size(); ++at) {
      const conf::Subnet& subnet = model_.subnets[at];
      if (is_of_third_party_[subnet.network]) continue;
      const std::uint64_t number = std::uint64_t{subnet.number.value()} << 32 | subnet.mask.value();
      Add(subnet.origin, {.kind = PartKind::kSubnet, .number = number, .index = at});
    }
    for (Index at = 0; at < model_.networks.size(); ++at) {
      const conf::Network& network = model_.networks[at];
      if (network.name.empty() || is_of_third_party_[at]) continue;
      Add(network.origin, {.kind = PartKind::kNetwork, .name = network.name, .index = at});
    }
  }

  void AddClasses() {
    std::map<std::string_view, std::uint64_t> counts;
    for (Index at = 0; at < model_.classes.size(); ++at) {
      const conf::Class& one = model_.classes[at];
      Add(one.origin,
          {.kind = PartKind::kClass, .name = one.name, .number = counts[one.name]++, .index = at});
    }
    for (Index at = 0; at < model_.subclasses.size(); ++at) {
      const conf::Subclass& one = model_.subclasses[at];
      Add(one.origin,
          {.kind = PartKind::kSubclass, .name = one.class_name, .detail = one.data, .index = at});
    }
  }

  void Add(const Origin& origin, const Part& part) {
    if (!twins_.Has(origin)) parts_.push_back(part);
  }

  const conf::Model& model_;
  const Twins twins_;
  std::vector<bool> is_of_third_party_;  // By network.
  std::vector<Part> parts_;
};

}  // namespace

std::vector<Part> PartsOf(const Node& node, const std::vector<Relation>& relations,
                          const conf::Model& other) {
  return PartList(node, relations, other).Run();
}

bool ShareAFile(const conf::Model& model, const conf::Model& other) {
  return Twins(model, other).has_any();
}

std::string Describe(const conf::Model& model, const Part& part) {
  switch (part.kind) {
    case PartKind::kOption:
      return fmt::format("declaration of option '{}.{}'", part.detail, part.name);
    case PartKind::kSubnet:
      return fmt::format("subnet {}", model.subnets[part.index].number.ToString());
    case PartKind::kNetwork:
      return fmt::format("shared-network '{}'", part.name);
    case PartKind::kClass:
      return fmt::format("class '{}'", part.name);
    case PartKind::kSubclass:
      return fmt::format("subclass of '{}' with this value", part.name);
    case PartKind::kHost:
      return fmt::format("host '{}'", part.name);
  }
  return "";
}

text::Location PlaceOf(const conf::Model& model, const Part& part) {
  switch (part.kind) {
    case PartKind::kOption:
      return model.LocationOf(model.options[part.index].origin);
    case PartKind::kSubnet:
      return model.LocationOf(model.subnets[part.index].origin);
    case PartKind::kNetwork:
      return model.LocationOf(model.networks[part.index].origin);
    case PartKind::kClass:
      return model.LocationOf(model.classes[part.index].origin);
    case PartKind::kSubclass:
      return model.LocationOf(model.subclasses[part.index].origin);
    case PartKind::kHost:
      return model.LocationOf(model.hosts[part.index].origin);
  }
  return {};
}

}  // namespace dhcpair::lint
