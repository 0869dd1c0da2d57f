#pragma once

#include <fmt/core.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "text/diagnostic.h"

namespace dhcpair::lint {

/// Keeps the first few findings of a kind and counts the others: two files that have little in
/// common differ in thousands of places, of which nobody reads more than some.
class FirstFew {
 public:
  /// `what` is how the others are counted: "3 more pools".
  FirstFew(std::size_t shown_max, std::string_view what) : shown_max_(shown_max), what_(what) {}

  void Add(text::Diagnostic finding) {
    ++count_;
    if (shown_.size() < shown_max_) shown_.push_back(std::move(finding));
  }

  /// Hands them on, the last one with the count of those that are left out.
  void Report(text::Diagnostics& diagnostics) && {
    if (count_ > shown_.size()) {
      shown_.back().notes.push_back(
          {fmt::format("and so it is with {} more {}", count_ - shown_.size(), what_),
           std::nullopt});
    }
    for (text::Diagnostic& finding : shown_) diagnostics.Add(std::move(finding));
  }

 private:
  const std::size_t shown_max_;
  const std::string_view what_;
  std::size_t count_ = 0;
  std::vector<text::Diagnostic> shown_;
};

}  // namespace dhcpair::lint
