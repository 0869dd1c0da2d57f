#pragma once

#include <expected>
#include <span>
#include <string>
#include <unordered_set>

#include "text/diagnostic.h"
#include "text/rule.h"

namespace dhcpair::lint {

/// The rules that a run speaks of: by itself all of them.
class Selection {
 public:
  /// Each text is a list of what FindRules knows, with commas. Where nothing is selected all are;
  /// what is ignored is left out. Fails with what is wrong: an unknown word, or a rule that
  /// cannot be ignored.
  static std::expected<Selection, std::string> Parse(std::span<const std::string> selected,
                                                     std::span<const std::string> ignored);

  /// What cannot be ignored always belongs to it.
  bool Has(const text::Rule& rule) const;

 private:
  using Rules = std::unordered_set<const text::Rule*>;

  Rules selected_;
  Rules ignored_;
};

/// Why a rule cannot be ignored, as a sentence: "'conf-syntax' cannot be ignored: dhcpd ...".
std::string WhyNotIgnored(std::string_view word, const text::Rule& rule);

/// How a run judges what it found.
struct Judgement {
  const Selection& selection;
  bool is_pair = false;    ///< Both nodes are checked: what it is for a pair counts.
  bool is_strict = false;  ///< Warnings are errors.
};

/// The findings that belong to the selection, each with the severity that it has here.
text::Diagnostics Judged(const text::Diagnostics& found, const Judgement& judgement);

}  // namespace dhcpair::lint
