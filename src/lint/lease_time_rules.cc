#include "lint/lease_time_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "lint/number_text.h"
#include "lint/settings.h"

namespace dhcpair::lint {
namespace {

using conf::Index;
using conf::Statement;
using text::Rule;
using enum text::Severity;

constexpr Rule kDefaultAboveMax{"lease-time-default-above-max", kWarning,
                                "default-lease-time is longer than max-lease-time", "FP225"};
constexpr Rule kMinAboveMax{"lease-time-min-above-max", kWarning,
                            "min-lease-time is longer than max-lease-time", "FP225"};
constexpr Rule kDefaultBelowMin{"lease-time-default-below-min", kWarning,
                                "default-lease-time is shorter than min-lease-time", "FP225"};
constexpr Rule kOctal{"lease-time-octal", kWarning,
                      "a time has a leading zero, which dhcpd reads as octal", "FP227"};
constexpr Rule kNegative{"lease-time-negative", kWarning,
                         "a time is negative, which dhcpd reads as a huge one", "FP227"};
constexpr Rule kTooLarge{"lease-time-too-large", kWarning,
                         "a time has more than 32 bits, of which dhcpd keeps the lower ones",
                         "FP227"};
constexpr Rule kZero{"lease-time-zero", kWarning, "a lease time is 0"};

// What dhcpd takes where nothing is set, in seconds.
constexpr std::uint32_t kImpliedMax = 86400;
constexpr std::uint32_t kImpliedMin = 300;

// Everything that is a time which a client's lease is made from.
constexpr auto kTimes = std::to_array<OptionName>({{"server", "default-lease-time"},
                                                   {"server", "max-lease-time"},
                                                   {"server", "min-lease-time"},
                                                   {"server", "abandon-lease-time"},
                                                   {"server", "dynamic-bootp-lease-length"},
                                                   {"dhcp", "dhcp-lease-time"},
                                                   {"dhcp", "dhcp-renewal-time"},
                                                   {"dhcp", "dhcp-rebinding-time"}});

// Places in the list of what is asked for.
enum : std::size_t { kUsual, kMax, kMin };

struct Times {
  Setting usual;
  Setting max;
  Setting min;
};

class LeaseTimeChecker {
 public:
  LeaseTimeChecker(const conf::Model& model, text::Diagnostics& diagnostics)
      : model_(model),
        diagnostics_(diagnostics),
        settings_(model, {{"server", "default-lease-time"},
                          {"server", "max-lease-time"},
                          {"server", "min-lease-time"}}) {}

  void Check() {
    // What stands side by side must agree, and so must what meets in a pool by inheritance. What
    // meets only in scopes from which no lease is given need not.
    for (const Index scope : settings_.scopes()) {
      Compare(
          {settings_.Own(scope, kUsual), settings_.Own(scope, kMax), settings_.Own(scope, kMin)});
    }
    for (const conf::Pool& pool : model_.pools) {
      const Times times{settings_.In(pool.scope, kUsual), settings_.In(pool.scope, kMax),
                        settings_.In(pool.scope, kMin)};
      Compare(times);
      CompareWithImplied(times);
    }
    ForEachStatement(model_, [&](const Statement& statement) { CheckNumber(statement); });
  }

 private:
  std::optional<std::uint32_t> NumberOf(const Setting& setting) const {
    if (setting.statement == nullptr) return std::nullopt;
    return model_.NumberOf(setting.statement->value);
  }

  void Compare(const Times& times) {
    const auto usual = NumberOf(times.usual);
    const auto max = NumberOf(times.max);
    const auto min = NumberOf(times.min);
    // A 0 is a finding of its own.
    if (usual && max && *max != 0 && *usual > *max) {
      Report(kDefaultAboveMax, times.usual, "is above", times.max,
             "a client that asks for no time gets the maximum");
    }
    if (min && max && *max != 0 && *min > *max) {
      Report(kMinAboveMax, times.min, "is above", times.max,
             "the minimum wins, and the maximum never counts");
    }
    if (usual && min && *usual != 0 && *usual < *min) {
      Report(kDefaultBelowMin, times.usual, "is below", times.min,
             "every client gets at least the minimum");
    }
  }

  // dhcpd has a maximum and a minimum even where the file has none.
  void CompareWithImplied(const Times& times) {
    const auto usual = NumberOf(times.usual);
    if (!usual || *usual == 0) return;
    const bool is_raised_again = NumberOf(times.min).value_or(0) >= *usual;
    if (IsUnset(times.max) && *usual > kImpliedMax && !times.min.depends && !is_raised_again) {
      ReportImplied(kDefaultAboveMax, times.usual,
                    fmt::format("above the maximum of {} seconds that dhcpd has where no "
                                "max-lease-time is set: a client gets the maximum",
                                kImpliedMax));
    }
    if (!IsUnset(times.min) || times.max.depends) return;
    const std::uint32_t min = std::min(kImpliedMin, NumberOf(times.max).value_or(kImpliedMax));
    if (*usual < min) {
      ReportImplied(kDefaultBelowMin, times.usual,
                    fmt::format("below the minimum of {} seconds that dhcpd has here as no "
                                "min-lease-time is set: a client gets the minimum",
                                min));
    }
  }

  static bool IsUnset(const Setting& setting) {
    return setting.statement == nullptr && !setting.depends;
  }

  // As it is written, unless that is a long expression.
  std::string Quoted(const Setting& setting) const {
    constexpr std::size_t kLong = 20;
    const std::string_view written = model_.TextOf(setting.statement->value_origin);
    return written.size() < kLong
               ? fmt::format("'{} {}'", setting.statement->name, written)
               : fmt::format("'{} {}'", setting.statement->name, NumberOf(setting).value_or(0));
  }

  // Points at the inner one of the two: there it went wrong. Says so once, however many pools
  // inherit it.
  void Report(const Rule& rule, const Setting& one, std::string_view relation, const Setting& other,
              std::string_view effect) {
    const bool is_other_inner = one.scope != other.scope && model_.IsInside(other.scope, one.scope);
    const Statement& inner = is_other_inner ? *other.statement : *one.statement;
    const Statement& outer = is_other_inner ? *one.statement : *other.statement;
    if (!reported_.insert({&rule, &inner, &outer}).second) return;
    diagnostics_.Add(
        {&rule,
         model_.LocationOf(inner.origin),
         fmt::format("{} {} {}: {}", Quoted(one), relation, Quoted(other), effect),
         {{fmt::format("{} is set here", outer.name), model_.LocationOf(outer.origin)}}});
  }

  void ReportImplied(const Rule& rule, const Setting& one, std::string_view what) {
    if (!reported_.insert({&rule, one.statement, nullptr}).second) return;
    diagnostics_.Add({&rule, model_.LocationOf(one.statement->origin),
                      fmt::format("{} is {}", Quoted(one), what)});
  }

  void CheckNumber(const Statement& statement) {
    if (!IsLeaseTime(statement)) return;
    const std::string_view written = model_.TextOf(statement.value_origin);
    const auto read = model_.NumberOf(statement.value);
    if (!read) return;
    switch (Reading(written)) {
      case NumberText::kPlain:
        CheckZero(statement, *read);
        break;
      case NumberText::kOctal:
        Add(kOctal, statement,
            fmt::format("dhcpd reads '{}' as octal, {} seconds; write it without the leading zero",
                        written, *read));
        break;
      case NumberText::kNegative:
        Add(kNegative, statement,
            fmt::format("dhcpd reads '{}' as {} seconds; write the number that is meant", written,
                        *read));
        break;
      case NumberText::kTooLarge:
        Add(kTooLarge, statement,
            fmt::format("'{}' does not fit into 32 bits, and dhcpd makes {} seconds of it", written,
                        *read));
        break;
      case NumberText::kOther:
        break;
    }
  }

  void CheckZero(const Statement& statement, std::uint32_t read) {
    if (read != 0 || statement.space != "server") return;
    if (statement.name == "default-lease-time") {
      Add(kZero, statement,
          "a default-lease-time of 0 gives every client the minimum: min-lease-time, or 300 "
          "seconds where it is not set");
    } else if (statement.name == "max-lease-time") {
      Add(kZero, statement,
          "a max-lease-time of 0 makes leases that end at once; leave it out for dhcpd's own "
          "maximum of a day");
    }
  }

  void Add(const Rule& rule, const Statement& statement, std::string message) {
    diagnostics_.Add({&rule, model_.LocationOf(statement.value_origin), std::move(message)});
  }

  struct Reported {
    const Rule* rule;
    const Statement* inner;
    const Statement* outer;
    auto operator<=>(const Reported&) const = default;
  };

  const conf::Model& model_;
  text::Diagnostics& diagnostics_;
  const Settings settings_;
  std::set<Reported> reported_;
};

}  // namespace

bool IsLeaseTime(const Statement& statement) {
  return std::ranges::any_of(
      kTimes, [&](const OptionName& time) { return statement.Sets(time.space, time.name); });
}

void CheckLeaseTimes(const conf::Model& model, text::Diagnostics& diagnostics) {
  LeaseTimeChecker(model, diagnostics).Check();
}

std::span<const Rule* const> LeaseTimeRules() {
  static constexpr std::array kAll{
      &kDefaultAboveMax, &kMinAboveMax, &kDefaultBelowMin, &kOctal, &kNegative, &kTooLarge, &kZero};
  return kAll;
}

}  // namespace dhcpair::lint
