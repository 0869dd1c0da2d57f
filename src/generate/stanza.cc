#include "generate/stanza.h"

#include <fmt/core.h>

namespace dhcpair::generate {
namespace {

using pair::Node;

// The lines in the order of the manual's example.
class StanzaPrinter {
 public:
  explicit StanzaPrinter(const pair::PeerName& name) {
    text_ = fmt::format("failover peer \"{}\" {{\n", name.text());
  }

  std::string Primary(const pair::PrimaryNode& own, const Node& partner) {
    Word("primary");
    Common(own.node, partner);
    Number("mclt", own.mclt.count());
    if (const auto* hba = std::get_if<pair::Hba>(&own.balance)) {
      text_ += fmt::format("  hba {};\n", hba->ToString());
    } else {
      Number("split", std::get<pair::Split>(own.balance).buckets);
    }
    return std::move(text_) + "}";
  }

  std::string Secondary(const pair::SecondaryNode& own, const Node& partner) {
    Word("secondary");
    Common(own.node, partner);
    return std::move(text_) + "}";
  }

 private:
  void Word(std::string_view word) { text_ += fmt::format("  {};\n", word); }
  void Number(std::string_view name, std::int64_t value) {
    text_ += fmt::format("  {} {};\n", name, value);
  }
  void Number(std::string_view name, const std::optional<int>& value) {
    if (value) Number(name, std::int64_t{*value});
  }
  void Number(std::string_view name, const std::optional<pair::Seconds>& value) {
    if (value) Number(name, std::int64_t{value->count()});
  }

  void Common(const Node& own, const Node& partner) {
    text_ += fmt::format("  address {};\n", own.address.ToString());
    Number("port", std::int64_t{own.port});
    text_ += fmt::format("  peer address {};\n", partner.address.ToString());
    Number("peer port", std::int64_t{partner.port});
    const pair::FailoverTuning& tuning = own.tuning;
    Number("max-response-delay", std::int64_t{tuning.max_response_delay.count()});
    Number("max-unacked-updates", std::int64_t{tuning.max_unacked_updates});
    Number("load balance max seconds", std::int64_t{tuning.load_balance_max.count()});
    Number("auto-partner-down", tuning.auto_partner_down);
    Number("max-lease-misbalance", tuning.max_lease_misbalance);
    Number("max-lease-ownership", tuning.max_lease_ownership);
    Number("min-balance", tuning.min_balance);
    Number("max-balance", tuning.max_balance);
  }

  std::string text_;
};

}  // namespace

std::string PrintStanza(const pair::Pair& pair, pair::Role role) {
  StanzaPrinter printer(pair.name);
  return role == pair::Role::kPrimary ? printer.Primary(pair.primary, pair.secondary.node)
                                      : printer.Secondary(pair.secondary, pair.primary.node);
}

}  // namespace dhcpair::generate
