#include "lint/failover_numbers.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace dhcpair::lint {

using conf::Keyword;
using conf::PeerStatement;
using text::Rule;
using conf::operator""_kw;
using enum text::Severity;

namespace {

constexpr Rule kNumberWraps{"failover-number-wraps", kWarning,
                            "a number of a failover peer is negative or beyond 32 bits", "FP204"};
constexpr Rule kBadPort{"failover-bad-port", kWarning, "a failover port is not from 1 to 65535",
                        "FP211"};
constexpr Rule kOldPort{"failover-old-port", kAdvice,
                        "a failover port is 519 or 520, as in old examples", "FP212"};
constexpr Rule kPortIsOmapi{"failover-port-is-omapi", kWarning,
                            "failover and OMAPI would listen on the same port", "FP213"};
constexpr Rule kAutoPartnerDown{"failover-auto-partner-down-short", kWarning,
                                "a partner is taken for dead very soon", "FP214"};
constexpr Rule kPercent{"failover-percent-above-100", kWarning, "a share is above 100 per cent",
                        "FP215"};
constexpr Rule kBalanceOrder{"failover-balance-order", kWarning, "min-balance is above max-balance",
                             "FP215"};
constexpr Rule kZeroIsDefault{"failover-zero-is-default", kWarning,
                              "a limit is 0, which dhcpd takes for its default", "FP216"};
constexpr Rule kResponseDelayShort{"failover-response-delay-short", kWarning,
                                   "max-response-delay is below 3 seconds"};

constexpr auto kNumbers =
    std::to_array<Keyword>({"max-response-delay"_kw, "max-unacked-updates"_kw,
                            "max-lease-misbalance"_kw, "max-lease-ownership"_kw, "min-balance"_kw,
                            "max-balance"_kw, "auto-partner-down"_kw, "mclt"_kw, "load"_kw});

// What auto-partner-down must be at the very least: a restart of the partner takes no minute.
constexpr std::uint32_t kAutoPartnerDownMin = 60;
constexpr std::uint32_t kResponseDelayMin = 3;
constexpr std::uint64_t kPortMax = 65535;

class NumberCheck {
 public:
  NumberCheck(const PeerView& view, text::Diagnostics& diagnostics)
      : view_(view), diagnostics_(diagnostics) {}

  void Run() {
    for (const bool is_partners : {false, true}) CheckPort(is_partners);
    CheckOldPorts();
    CheckOmapiPort();
    for (const Keyword word : kNumbers) CheckRange(word);
    CheckResponseDelay();
    CheckAutoPartnerDown();
    for (const Keyword word : {"max-lease-misbalance"_kw, "max-lease-ownership"_kw}) {
      CheckPercent(word);
    }
    CheckBalance();
  }

 private:
  void CheckPort(bool is_partners) {
    const PeerStatement* const statement = view_.Find("port"_kw, is_partners);
    if (statement == nullptr) return;
    const PeerNumber number = view_.NumberOf(*statement);
    const bool is_port = !number.is_negative && number.digits >= 1 && number.digits <= kPortMax;
    if (is_port) return;
    Add(kBadPort, *statement,
        fmt::format("'{}' is no port, and dhcpd takes {} for it; ports go from 1 to 65535, and "
                    "those of failover are 647 and 847",
                    Text(number.span), view_.Port(is_partners)));
  }

  void CheckOldPorts() {
    for (const bool is_partners : {false, true}) {
      const PeerStatement* const statement = view_.Find("port"_kw, is_partners);
      if (statement == nullptr) continue;
      const PeerNumber number = view_.NumberOf(*statement);
      if (number.is_negative || (number.digits != 519 && number.digits != 520)) continue;
      Add(kOldPort, *statement,
          fmt::format("port {} is from old examples and works, but it was given to other services; "
                      "647 and 847 are those of failover, which firewalls and SELinux expect",
                      number.digits));
      return;
    }
  }

  void CheckOmapiPort() {
    const conf::Model& model = view_.model();
    const conf::Statement* const omapi = model.FindHere(0, "server", "omapi-port");
    if (omapi == nullptr) return;
    const auto octets = model.OctetsOf(omapi->value);
    if (!octets || octets->empty()) return;
    std::uint64_t omapi_port = 0;
    for (const char octet : *octets)
      omapi_port = omapi_port << 8 | static_cast<std::uint8_t>(octet);
    if (omapi_port != view_.Port(false)) return;
    const PeerStatement* const statement = view_.Find("port"_kw);
    text::Diagnostic finding{
        &kPortIsOmapi, statement == nullptr ? view_.LocationOfName() : view_.LocationOf(*statement),
        fmt::format("port {0} of failover{1} is 'omapi-port' too: OMAPI takes it, and without a "
                    "word dhcpd does not hear its partner there, so the nodes connect only when "
                    "this one calls; 647 is usual here and 7911 for OMAPI",
                    omapi_port, statement == nullptr ? ", dhcpd's default," : "")};
    finding.notes.push_back({"OMAPI", model.LocationOf(omapi->origin)});
    diagnostics_.Add(std::move(finding));
  }

  void CheckRange(Keyword word) {
    const PeerStatement* const statement = view_.Find(word);
    if (statement == nullptr) return;
    const PeerNumber number = view_.NumberOf(*statement);
    if (!number.is_kept()) {
      Add(kNumberWraps, *statement,
          fmt::format("'{}' does not fit into the 32 bits that dhcpd has for '{}', which wraps to "
                      "some other number without a word; {}",
                      Text(number.span), WordsOf(word), Usual(word)));
    } else if (number.digits == 0 && DefaultOf(word) != 0) {
      const std::uint32_t value = DefaultOf(word);
      Add(kZeroIsDefault, *statement,
          fmt::format("dhcpd takes a '{0}' of 0 for its default, which is {1}; write the number "
                      "that is meant",
                      WordsOf(word), value),
          text::Fix{fmt::format("write '{} {};'", WordsOf(word), value),
                    {{{Source(), number.span}, std::to_string(value)}}});
    }
  }

  void CheckResponseDelay() {
    const PeerStatement* const statement = view_.Find("max-response-delay"_kw);
    if (statement == nullptr) return;
    const PeerNumber number = view_.NumberOf(*statement);
    if (!number.is_kept() || number.digits == 0 || number.digits >= kResponseDelayMin) return;
    Add(kResponseDelayShort, *statement,
        fmt::format(
            "the partner sends a CONTACT every third of this time, which dhcpd rounds down "
            "to 0 seconds: it floods the link without a pause; {} at the least, 60 is usual",
            kResponseDelayMin));
  }

  void CheckAutoPartnerDown() {
    const PeerStatement* const statement = view_.Find("auto-partner-down"_kw);
    const std::uint32_t seconds = view_.Value("auto-partner-down"_kw).value_or(0);
    if (statement == nullptr || seconds == 0) return;
    const std::uint32_t mclt = view_.is_secondary() ? 0 : view_.Value("mclt"_kw).value_or(0);
    const std::uint32_t least = std::max(mclt, kAutoPartnerDownMin);
    if (seconds >= least) return;
    Add(kAutoPartnerDown, *statement,
        fmt::format("after {} s without contact this node takes its partner for dead{}; if only "
                    "the network between them failed, both give out the same addresses; leave it "
                    "out, or set it well above the longest outage",
                    seconds,
                    seconds < mclt ? fmt::format(", sooner than the mclt of {} s", mclt) : ""));
  }

  void CheckPercent(Keyword word) {
    const PeerStatement* const statement = view_.Find(word);
    const std::uint32_t percent = view_.Value(word).value_or(0);
    if (statement == nullptr || percent <= 100) return;
    Add(kPercent, *statement,
        fmt::format("{} is a share of the pool, 0 to 100 per cent; dhcpd takes {}, which is no "
                    "limit at all; its default is {}",
                    WordsOf(word), percent, DefaultOf(word)));
  }

  void CheckBalance() {
    const PeerStatement* const min = view_.Find("min-balance"_kw);
    const PeerStatement* const max = view_.Find("max-balance"_kw);
    const auto least = view_.Value("min-balance"_kw);
    const auto most = view_.Value("max-balance"_kw);
    if (!least || !most || *least <= *most) return;
    const PeerStatement& statement = min == nullptr ? *max : *min;
    text::Diagnostic finding{
        &kBalanceOrder, view_.LocationOf(statement),
        fmt::format("min-balance is {} s{}, above max-balance, which is {} s{}; for dhcpd the "
                    "minimum wins, so that max-balance says nothing; min-balance is the shorter "
                    "time",
                    *least, min == nullptr ? " by default" : "", *most,
                    max == nullptr ? " by default" : "")};
    if (min != nullptr && max != nullptr) {
      finding.notes.push_back({"max-balance", view_.LocationOf(*max)});
    }
    diagnostics_.Add(std::move(finding));
  }

  static std::string Usual(Keyword word) {
    if (word == "mclt"_kw) return "600 to 7200 seconds are usual";
    if (word == "load"_kw) return "3 seconds are usual";
    if (word == "auto-partner-down"_kw) return "leave it out, or give seconds";
    return fmt::format("dhcpd's default is {}", DefaultOf(word));
  }

  std::string_view Text(text::Span span) const { return Source()->Text(span); }
  const text::SourcePtr& Source() const {
    return view_.model().files[view_.peer().declaration.file].source;
  }

  void Add(const Rule& rule, const PeerStatement& statement, std::string message,
           std::optional<text::Fix> fix = {}) {
    diagnostics_.Add({.rule = &rule,
                      .at = view_.LocationOf(statement),
                      .message = std::move(message),
                      .fix = std::move(fix)});
  }

  const PeerView& view_;
  text::Diagnostics& diagnostics_;
};

}  // namespace

void CheckFailoverNumbers(const PeerView& view, text::Diagnostics& diagnostics) {
  NumberCheck(view, diagnostics).Run();
}

std::span<const Rule* const> FailoverNumberRules() {
  static constexpr std::array kAll{
      &kNumberWraps, &kBadPort,      &kOldPort,       &kPortIsOmapi,        &kAutoPartnerDown,
      &kPercent,     &kBalanceOrder, &kZeroIsDefault, &kResponseDelayShort,
  };
  return kAll;
}

}  // namespace dhcpair::lint
