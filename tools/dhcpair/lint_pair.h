#pragma once

#include <optional>
#include <string>

#include "common.h"
#include "conf/model.h"
#include "lint/staging.h"
#include "lint/suppressions.h"
#include "lint_check.h"
#include "lint_report.h"
#include "pair/pair.h"

namespace dhcpair {

/// Checks one pair: its file, what is generated from it, and each node's dhcpd.conf with all that
/// it includes.
class LintPairCheck {
 public:
  LintPairCheck(const LintSetup& setup, text::SourceLoader& loader, LintReport& report,
                lint::Suppressions& suppressions)
      : setup_(setup), loader_(loader), report_(report), suppressions_(suppressions) {}

  /// Fills the report; a Pair comes back when its file has no errors.
  std::optional<pair::Pair> Run();
  /// How much was looked at.
  lint::Context context() const {
    return nodes_asked_ == 2 ? lint::Context::kPairAndDhcpd : lint::Context::kPair;
  }

 private:
  void CheckNodes(const pair::Pair& pair, const GeneratedPair& generated);
  conf::Model ReadNode(const pair::Pair& pair, pair::Role role,
                       const std::vector<generate::NodeFile>& files,
                       const std::vector<lint::SharedSource>& shared);
  conf::Model ReadStaged(const lint::Staging& staging, text::Diagnostics& found);
  std::vector<lint::SharedSource> SharedSources(const pair::Pair& pair);

  const LintSetup& setup_;
  text::SourceLoader& loader_;
  LintReport& report_;
  lint::Suppressions& suppressions_;
  int nodes_asked_ = 0;
};

}  // namespace dhcpair
