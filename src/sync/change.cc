#include "sync/change.h"

#include <fmt/core.h>

#include <algorithm>

#include "conf/conf.h"
#include "conf/keyword.h"
#include "lint/includes.h"
#include "text/utf8.h"

namespace dhcpair::sync {
namespace {

using conf::operator""_kw;
using pair::Role;

// More includes than these lead nowhere that matters.
constexpr std::size_t kFilesMax = 1000;

class FileSetLoader : public text::SourceLoader {
 public:
  explicit FileSetLoader(const FileSet& files) : files_(files) {}

  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t bytes_max) override {
    const auto file = files_.find(path);
    if (file == files_.end()) return std::make_shared<const text::SourceFile>(path, "");
    if (file->second.size() > bytes_max) return std::unexpected(text::LoadError::kTooLarge);
    return std::make_shared<const text::SourceFile>(path, file->second);
  }

 private:
  const FileSet& files_;
};

std::vector<AddressSpan> SpansOf(const std::vector<const conf::Model*>& models) {
  std::vector<AddressSpan> spans;
  for (const conf::Model* model : models) {
    for (const conf::Pool& pool : model->pools) {
      for (const conf::Range& range : pool.ranges) spans.push_back({range.first, range.last});
    }
  }
  std::ranges::sort(spans, {}, &AddressSpan::first);
  std::vector<AddressSpan> merged;
  for (const AddressSpan& span : spans) {
    // 64 bits, for the address behind 255.255.255.255.
    if (!merged.empty() && span.first.value() <= std::uint64_t{merged.back().last.value()} + 1) {
      merged.back().last = std::max(merged.back().last, span.last);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

std::string AddressText(const conf::PeerStatement* statement) {
  if (statement == nullptr) return "none";
  return statement->address.address ? statement->address.address->ToString()
                                    : text::Visible(statement->address.name);
}

std::string PortText(const conf::PeerStatement* statement) {
  // What dhcpd takes where none is written; those of both sides are the same.
  constexpr long kDefaultPort = 647;
  return fmt::format("{}", statement == nullptr ? kDefaultPort : statement->number);
}

// One thing about a peer whose change is a joint one.
struct PeerTrait {
  std::string_view words;
  std::string (*read)(const conf::Peer& peer);
};

constexpr std::array kTraits{
    PeerTrait{"peer name", [](const conf::Peer& peer) { return text::Visible(peer.name); }},
    PeerTrait{"role",
              [](const conf::Peer& peer) {
                return std::string(peer.is_secondary ? "secondary" : "primary");
              }},
    PeerTrait{"failover address",
              [](const conf::Peer& peer) { return AddressText(peer.Last("address"_kw)); }},
    PeerTrait{"partner's address",
              [](const conf::Peer& peer) { return AddressText(peer.Last("address"_kw, true)); }},
    PeerTrait{"failover port",
              [](const conf::Peer& peer) { return PortText(peer.Last("port"_kw)); }},
    PeerTrait{"partner's port",
              [](const conf::Peer& peer) { return PortText(peer.Last("port"_kw, true)); }},
};

std::string WhyJoint(Role role, const conf::Model& before, const conf::Model& after) {
  if (before.peers.empty() && after.peers.empty()) return "";
  if (before.peers.empty()) return fmt::format("the {} gets failover", Name(role));
  if (after.peers.empty()) return fmt::format("the {} loses failover", Name(role));
  for (const PeerTrait& trait : kTraits) {
    const std::string old_text = trait.read(before.peers.front());
    const std::string new_text = trait.read(after.peers.front());
    if (old_text == new_text) continue;
    return fmt::format("the {}'s {} changes from {} to {}", Name(role), trait.words, old_text,
                       new_text);
  }
  return "";
}

std::optional<long> McltOf(const conf::Model& model) {
  if (model.peers.empty()) return std::nullopt;
  const conf::PeerStatement* statement = model.peers.front().Last("mclt"_kw);
  if (statement == nullptr) return std::nullopt;
  return statement->number;
}

}  // namespace

conf::Model ReadNodeModel(const FileSet& files, const std::string& conf_path) {
  FileSetLoader loader(files);
  const auto conf = files.find(conf_path);
  text::Diagnostics ignored;  // What runs on a node may have its faults; lint looks at the new.
  return conf::Read(loader,
                    std::make_shared<const text::SourceFile>(
                        conf_path, conf == files.end() ? std::string() : conf->second),
                    ignored);
}

std::vector<std::string> MissingIncludes(const FileSet& files, const std::string& conf_path) {
  std::vector<std::string> missing;
  std::vector<std::string> reached{conf_path};
  for (std::size_t i = 0; i < reached.size() && i < kFilesMax; ++i) {
    const auto file = files.find(reached[i]);
    if (file == files.end()) {
      if (i > 0) missing.push_back(reached[i]);
      continue;
    }
    for (const lint::Include& include : lint::FindIncludes(file->second)) {
      if (std::ranges::find(reached, include.path) == reached.end()) {
        reached.push_back(include.path);
      }
    }
  }
  return missing;
}

std::vector<AddressSpan> LostAddresses(const conf::Model& before,
                                       const std::vector<const conf::Model*>& after) {
  const std::vector<AddressSpan> kept = SpansOf(after);
  std::vector<AddressSpan> lost;
  for (const AddressSpan& span : SpansOf({&before})) {
    std::uint64_t next = span.first.value();
    const std::uint64_t end = std::uint64_t{span.last.value()} + 1;
    const auto add = [&](std::uint64_t to) {
      if (next < to) {
        lost.push_back({base::Ipv4Address(static_cast<std::uint32_t>(next)),
                        base::Ipv4Address(static_cast<std::uint32_t>(to - 1))});
      }
    };
    for (const AddressSpan& keep : kept) {
      if (keep.last.value() < next) continue;
      if (keep.first.value() >= end) break;
      add(keep.first.value());
      next = std::max(next, std::uint64_t{keep.last.value()} + 1);
    }
    add(end);
  }
  return lost;
}

ChangeKind KindOfChange(const PerRole<const conf::Model*>& before,
                        const PerRole<const conf::Model*>& after) {
  for (const Role role : kBothRoles) {
    if (before[role] == nullptr || after[role] == nullptr) continue;
    std::string why = WhyJoint(role, *before[role], *after[role]);
    if (!why.empty()) return {ChangeClass::kJoint, std::move(why)};
  }
  return {};
}

std::optional<McltChange> FindMcltChange(const conf::Model& primary_before,
                                         const conf::Model& primary_after) {
  const std::optional<long> before = McltOf(primary_before);
  const std::optional<long> after = McltOf(primary_after);
  if (!before || !after || *before == *after) return std::nullopt;
  return McltChange{*before, *after};
}

}  // namespace dhcpair::sync
