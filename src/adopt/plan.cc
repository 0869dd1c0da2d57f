#include "adopt/plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "adopt/compare.h"
#include "adopt/pair_yaml.h"
#include "adopt/pools.h"
#include "lint/adopt_rules.h"
#include "text/utf8.h"

namespace dhcpair::adopt {
namespace {

// A name for a copy beside the pair file: what stands behind the last slash, in plain characters.
std::string PlainName(const std::string& path) {
  std::string name = path.substr(path.rfind('/') + 1);
  std::ranges::replace_if(
      name,
      [](char c) {
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 std::string_view("._-").contains(c));
      },
      '_');
  if (name.starts_with('.') || name.starts_with('-')) name[0] = '_';
  return name;
}

// Whether a pair file can name a local file so.
bool IsNameable(const std::string& path) {
  const bool has_controls = std::ranges::any_of(path, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
  return !path.empty() && !has_controls && !text::FindInvalidUtf8(path);
}

class Planner {
 public:
  Planner(std::vector<Source> sources, const Given& given, text::Diagnostics& diagnostics)
      : sources_(std::move(sources)), given_(given), diagnostics_(diagnostics) {}

  std::optional<Plan> Make() {
    if (!ReadHalves()) return std::nullopt;
    const auto settings = Settle(halves_, given_, diagnostics_);
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      auto shared = Share(i);
      if (shared) shared_.push_back(*std::move(shared));
    }
    if (diagnostics_.has_errors()) return std::nullopt;
    if (shared_.size() == 2 && !AreAlike()) return std::move(plan_);
    PairText pair{
        .settings = *settings, .files = {}, .master_path = {}, .sources = {}, .comments = {}};
    for (std::size_t i = 0; i < halves_.size(); ++i) {
      pair.sources.push_back(sources_[i].model.files.front().source->name());
      pair.comments.insert(pair.comments.end(), shared_[i].comments.begin(),
                           shared_[i].comments.end());
      if (halves_[i].peer) {
        pair.settings.node(halves_[i].peer->role).extra += shared_[i].extra;
      }
    }
    AddFiles(pair);
    return std::move(plan_);
  }

 private:
  // The primary's half comes first, whatever the order in which the files were named.
  bool ReadHalves() {
    for (const Source& source : sources_) {
      const conf::Model& model = source.model;
      Half half{.model = &model, .peer = {}, .statements = {}};
      if (model.peers.size() > 1) {
        diagnostics_.Add({&lint::adopt_rules::kSeveralPeers,
                          model.LocationOf(model.peers[1].origin),
                          "this is a second failover relationship, and a pair file holds one",
                          {{"the first one is here", model.LocationOf(model.peers[0].origin)}}});
      } else if (!model.peers.empty()) {
        half.peer = ReadPeer(model, model.peers.front(), diagnostics_);
      }
      half.statements = ReadNodeStatements(model, diagnostics_);
      halves_.push_back(std::move(half));
    }
    if (diagnostics_.has_errors()) return false;
    if (halves_.size() == 2) {
      CheckMirror(halves_[0], halves_[1], diagnostics_);
      if (diagnostics_.has_errors()) return false;
      if (halves_[0].peer->role == pair::Role::kSecondary) {
        std::swap(halves_[0], halves_[1]);
        std::ranges::reverse(order_);
      }
    }
    return true;
  }

  const Source& SourceOf(std::size_t half) const {
    return sources_[sources_.size() == 2 ? order_[half] : half];
  }

  std::string PeerName() const {
    if (halves_.front().peer) return halves_.front().peer->name;
    return given_.pair_name.value_or("dhcp-failover");
  }

  std::optional<SharedFiles> Share(std::size_t index) {
    const Half& half = halves_[index];
    const conf::Model& model = *half.model;
    PoolEdits pools = PlanPools(model, PeerName(), diagnostics_);
    if (pools.pools_in_failover == 0) {
      diagnostics_.Add({&lint::adopt_rules::kNoPool, text::WholeFile(model.files.front().source),
                        "there is no range of addresses that could take part in failover, and "
                        "dhcpd takes no failover peer that no pool names"});
    }
    std::vector<conf::Origin> removed = half.statements.removed;
    if (half.peer) removed.push_back(half.peer->peer->declaration);
    return ShareFiles(SourceOf(index), removed, std::move(pools), diagnostics_);
  }

  bool AreAlike() {
    Comparison comparison = Compare(shared_[0], shared_[1]);
    const text::SourcePtr& other = halves_[1].model->files.front().source;
    if (comparison.differences.empty()) {
      if (comparison.is_equal) return true;
      diagnostics_.Add({.rule = &lint::adopt_rules::kHalvesDiffer,
                        .at = text::WholeFile(other),
                        .message = "only comments and spacing differ from the primary's file; the "
                                   "primary's are kept",
                        .raised = text::Severity::kWarning});
      return true;
    }
    diagnostics_.Add({&lint::adopt_rules::kHalvesDiffer, text::WholeFile(other),
                      fmt::format("what both nodes share is not the same here and in '{}'; decide "
                                  "which is right, make both files alike and adopt them again",
                                  halves_[0].model->files.front().source->name())});
    plan_.differences = std::move(comparison.differences);
    return false;
  }

  void AddFiles(PairText& pair) {
    plan_.files.push_back({std::string(kPairName), 0644, ""});
    const std::vector<SharedText>& files = shared_.front().files;
    const SharedText& master = files.front();
    AddCopy(master, std::string(kMasterName));
    const bool is_users_own = Platform().user != "root";
    for (const SharedText& file : std::span(files).subspan(1)) {
      const int mode = !file.has_secrets() ? 0644 : is_users_own ? 0640 : 0600;
      if (file.is_changed() || !IsNameable(file.from)) {
        const std::string name = FreeName(PlainName(file.path));
        AddCopy(file, name);
        pair.files.push_back({name, file.path, mode});
      } else {
        pair.files.push_back({file.from, file.path, mode});
      }
    }
    pair.master_path = MasterPath(files);
    for (const SecretFile& secret : SecretFiles(pair.settings)) {
      plan_.files.push_back({secret.name, 0600, secret.secret});
    }
    plan_.files.front().contents = PrintPairYaml(pair);
  }

  void AddCopy(const SharedText& file, const std::string& name) {
    plan_.files.push_back({name, file.has_secrets() ? 0600 : 0644, file.Text()});
    names_.insert(name);
    if (!file.is_changed()) return;
    plan_.changes.push_back({file.source->name(), file.ShownBefore(), name, file.ShownAfter()});
  }

  std::string FreeName(const std::string& wanted) const {
    std::string name = wanted;
    for (int i = 2; names_.contains(name); ++i) name = fmt::format("{}-{}", i, wanted);
    return name;
  }

  const pair::Platform& Platform() const {
    const pair::Platform* const named = pair::FindPlatform(given_.platform);
    return named == nullptr ? pair::GenericPlatform() : *named;
  }

  // Where the master lies on the nodes, if not where the platform has it: it may have been there
  // already, or something else that it includes may be.
  std::string MasterPath(const std::vector<SharedText>& files) const {
    const std::string_view usual = Platform().master;
    const std::string& before = files.front().path;
    if (!before.empty()) return before == usual ? "" : before;
    if (std::ranges::find(files, usual, &SharedText::path) == files.end()) return "";
    return fmt::format("{}dhcpd.adopted", usual.substr(0, usual.rfind('/') + 1));
  }

  const std::vector<Source> sources_;
  const Given& given_;
  text::Diagnostics& diagnostics_;
  std::vector<Half> halves_;
  std::array<std::size_t, 2> order_{0, 1};
  std::vector<SharedFiles> shared_;
  std::set<std::string> names_{std::string(kPairName), "omapi.secret", "omapi.primary.secret",
                               "omapi.secondary.secret"};
  Plan plan_;
};

}  // namespace

std::optional<Plan> PlanAdoption(std::vector<Source> sources, const Given& given,
                                 text::Diagnostics& diagnostics) {
  return Planner(std::move(sources), given, diagnostics).Make();
}

}  // namespace dhcpair::adopt
