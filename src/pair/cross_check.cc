#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>

#include "pair/rules.h"
#include "pair/settings.h"

namespace dhcpair::pair {
namespace {

// dhcpd's own balance times where none are given (dhcpd.conf(5), seconds).
constexpr Seconds kMinBalanceDefault{60};
constexpr Seconds kMaxBalanceDefault{3600};

// Where a key was given that the node obeys: in the node, else in the shared section, else the
// node itself stands for it.
text::Span PlaceOf(std::string_view key, const Section& node, const Section& shared) {
  if (const Field* field = node.Find(key)) return field->value->span;
  if (const Field* field = shared.Find(key)) return field->value->span;
  return node.at();
}

class CrossChecker {
 public:
  CrossChecker(const Pair& pair, const PairSections& sections, Reporter& reporter)
      : pair_(pair), sections_(sections), reporter_(reporter) {}

  void Check() {
    CheckAddresses();
    for (const Role role : kBothRoles) {
      CheckPorts(role);
      CheckBalance(role);
      CheckFilesApart(role);
      CheckConfinement(role);
      CheckLoadBalance(role);
    }
  }

 private:
  void CheckAddresses() {
    if (pair_.primary.node.address != pair_.secondary.node.address) return;
    reporter_.Report(
        rules::kSameAddress, sections_.secondary.Find("address")->value->span,
        fmt::format("both nodes have the address {}; each needs its own, and never one that moves "
                    "between them (CARP, VRRP)",
                    pair_.primary.node.address.ToString()),
        {reporter_.NoteAt(sections_.primary.Find("address")->value->span,
                          "the primary's is here")});
  }

  void CheckPorts(Role role) {
    const Node& node = pair_.node(role);
    const Section& section = sections_.node(role);
    const text::Span at = PlaceOf("port", section, sections_.failover);
    if (node.omapi && node.omapi->port == node.port) {
      reporter_.Report(rules::kPortClash, at,
                       fmt::format("failover and OMAPI of the {} both want port {}; give 'omapi' "
                                   "another one, 7911 is usual",
                                   Name(role), node.port));
    }
    if (node.platform->confinement != Confinement::kSelinux) return;
    // What the targeted policy labels dhcpd_port_t.
    constexpr std::array kAllowed{547, 548, 647, 847, 7911};
    if (std::ranges::find(kAllowed, node.port) != kAllowed.end()) return;
    reporter_.Report(rules::kSelinuxPort, at,
                     fmt::format("SELinux does not let dhcpd use port {}; take 647 or 847, or run "
                                 "on each node: semanage port -a -t dhcpd_port_t -p tcp {}",
                                 node.port, node.port));
  }

  void CheckBalance(Role role) {
    const FailoverTuning& tuning = pair_.node(role).tuning;
    if (!tuning.min_balance && !tuning.max_balance) return;
    const Seconds min = tuning.min_balance.value_or(kMinBalanceDefault);
    const Seconds max = tuning.max_balance.value_or(kMaxBalanceDefault);
    if (min <= max) return;
    const std::string_view given = tuning.min_balance ? "min-balance" : "max-balance";
    reporter_.Report(rules::kBalanceOrder, PlaceOf(given, sections_.node(role), sections_.failover),
                     fmt::format("'min-balance' ({} s{}) is above 'max-balance' ({} s{})",
                                 min.count(), tuning.min_balance ? "" : " by default", max.count(),
                                 tuning.max_balance ? "" : " by default"));
  }

  // No two files of ours at one path.
  void CheckFilesApart(Role role) {
    const Node& node = pair_.node(role);
    std::map<std::string, std::string> taken;
    const auto take = [&](const std::string& path, const std::string& what) {
      const auto [known, is_new] = taken.try_emplace(path, what);
      if (is_new) return;
      reporter_.Report(rules::kSameFile, PlaceOf("paths", sections_.node(role), sections_.top),
                       fmt::format("on the {}, {} and {} would both be '{}'", Name(role),
                                   known->second, what, path));
    };
    take(node.paths.conf.text(), "dhcpd.conf");
    take(node.paths.master.text(), "the master");
    take(node.paths.leases.text(), "the leases file");
    take(node.paths.pid.text(), "the pid file");
    take(node.paths.dhcpd.text(), "dhcpd itself");
    if (node.omapi) take(node.omapi_key_path(), "the OMAPI key");
    for (const SharedFile& file : pair_.files) take(file.to.text(), "'" + file.from + "'");
  }

  void CheckConfinement(Role role) {
    const Node& node = pair_.node(role);
    const text::Span at = PlaceOf("paths", sections_.node(role), sections_.top);
    std::vector<const NodePath*> read{&node.paths.master};
    for (const SharedFile& file : pair_.files) read.push_back(&file.to);
    for (const NodePath* const path : read) {
      if (node.platform->confinement == Confinement::kAppArmor &&
          !path->text().starts_with("/etc/dhcp/")) {
        reporter_.Report(rules::kApparmorPath, at,
                         fmt::format("on the {}, AppArmor lets dhcpd read /etc/dhcp/ only, and "
                                     "'{}' lies elsewhere",
                                     Name(role), path->text()));
      }
      if (node.platform->name == "freebsd" && path->folder() != node.paths.master.folder()) {
        reporter_.Report(rules::kChrootPath, at,
                         fmt::format("on the {}, a chrooted dhcpd gets the files of one folder "
                                     "only ({}), and '{}' lies elsewhere",
                                     Name(role), node.paths.master.folder(), path->text()));
      }
    }
  }

  void CheckLoadBalance(Role role) {
    if (pair_.node(role).tuning.load_balance_max.count() != 0) return;
    reporter_.Report(rules::kLoadBalanceOff,
                     PlaceOf("load-balance-max", sections_.node(role), sections_.failover),
                     "0 switches load balancing off: both nodes answer every client; 3 is usual");
  }

  const Pair& pair_;
  const PairSections& sections_;
  Reporter& reporter_;
};

}  // namespace

void CrossCheck(const Pair& pair, const PairSections& sections, Reporter& reporter) {
  CrossChecker(pair, sections, reporter).Check();
}

}  // namespace dhcpair::pair
